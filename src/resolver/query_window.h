// How many queries may be in flight: as many as the servers bear.
//
// It begins at the limit. Where more than a quarter of the queries of one period time out, it is
// halved; it grows back by one for every 16 answers. A socket buffer that runs over (DESIGN: 1,000
// in flight fell from 78,000 to 9,600 answers/s) so settles below the point where it does.
#ifndef MAILASSAY_RESOLVER_QUERY_WINDOW_H
#define MAILASSAY_RESOLVER_QUERY_WINDOW_H

#include <algorithm>
#include <cstddef>

namespace mailassay::resolver {

class QueryWindow {
 public:
  static constexpr std::size_t kFloor = 8;
  static constexpr std::size_t kPeriod = 32;  ///< queries that are judged together
  static constexpr std::size_t kAnswersPerStep = 16;

  explicit QueryWindow(std::size_t limit)
      : limit_(std::max<std::size_t>(limit, 1)), size_(limit_) {}

  std::size_t size() const noexcept { return size_; }

  void on_answer() noexcept {
    ++answers_;
    if (++since_step_ >= kAnswersPerStep) {
      since_step_ = 0;
      size_ = std::min(limit_, size_ + 1);
    }
    end_period();
  }
  void on_timeout() noexcept {
    ++timeouts_;
    end_period();
  }

 private:
  void end_period() noexcept {
    if (answers_ + timeouts_ < kPeriod) return;
    if (timeouts_ * 4 > answers_ + timeouts_) size_ = std::max(std::min(kFloor, limit_), size_ / 2);
    answers_ = 0;
    timeouts_ = 0;
  }

  std::size_t limit_;
  std::size_t size_;
  std::size_t answers_ = 0;
  std::size_t timeouts_ = 0;
  std::size_t since_step_ = 0;
};

}  // namespace mailassay::resolver

#endif  // MAILASSAY_RESOLVER_QUERY_WINDOW_H
