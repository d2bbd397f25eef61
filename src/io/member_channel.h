// What a thread that unpacks hands to the thread that reads: members and their octets, in order,
// through a bounded queue of blocks that are used again and again.
//
// A parcel holds many small members or a piece of a large one, so that the two threads meet once
// for each block and not once for each member.
#ifndef MAILASSAY_IO_MEMBER_CHANNEL_H
#define MAILASSAY_IO_MEMBER_CHANNEL_H

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "io/io_error.h"
#include "mailassay/dossier.h"

namespace mailassay::io {

/// Where the octets of a container went, beside those of the members that were handed on.
struct UnpackCounts {
  std::uint64_t size = 0;         ///< octets of the file itself
  std::uint64_t packed = 0;       ///< octets of containers, at every depth, that were read as such
  std::uint64_t unpacked = 0;     ///< octets that came out of them, at every depth
  std::uint64_t rejected = 0;     ///< octets of what could not be read
  std::uint64_t gap = 0;          ///< octets behind the ends of containers
  std::uint64_t passed_over = 0;  ///< octets of members passed over
  std::uint64_t hidden = 0;       ///< members whose name begins with a dot
  std::uint64_t links = 0;        ///< members that are symbolic or hard links
  std::uint64_t special = 0;      ///< members that are devices and the like
  std::uint64_t unfinished = 0;   ///< members in tmp of a Maildir
  bool failed = false;            ///< nothing of this is known
};

/// A member of a container, or the one file in a compressed one.
struct Member {
  std::string name;                      ///< with those of the containers around it; may be empty
  std::optional<std::uint64_t> size;     ///< octets, as far as known; may turn out wrong
  std::optional<MessageNote> note = {};  ///< what is to be said of each message in it
};

struct Parcel {
  struct Event {
    enum class Kind : std::uint8_t { begin, octets, end, problem, finished };
    Kind kind = Kind::octets;
    std::size_t begin = 0;   ///< of octets in the block
    std::uint64_t size = 0;  ///< octets: how many; end: of the whole member, given or not
    Member member;
    std::unique_ptr<IoError> error;  ///< problem; end: why the member ends too early
    UnpackCounts counts;             ///< finished
  };
  std::unique_ptr<char[]> block;
  std::size_t used = 0;
  std::vector<Event> events;
};

/// Threads: one that writes, one that reads.
class MemberChannel {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{256} * 1024;
  static constexpr std::size_t kQueued = 4;
  static constexpr std::size_t kMaxEvents = 1024;

  // The side that writes.

  void begin_member(Member member);
  /// Room for octets of the member begun; waits for it. Empty: nobody wants them.
  std::span<char> room();
  void add_octets(std::size_t count);
  /// `size`: octets of the member, those that nobody wanted too.
  void end_member(std::uint64_t size, std::optional<IoError> error);
  void add_problem(IoError error);
  void finish(const UnpackCounts& counts);
  /// True if the reader has gone, or has done with the member begun.
  bool is_unwanted() const noexcept { return closed_ || skipped_ == begun_; }
  bool is_closed() const noexcept { return closed_; }

  // The side that reads.

  /// The next parcel; null once `stop` is requested or the channel is closed.
  std::unique_ptr<Parcel> take(const std::stop_token& stop);
  void give_back(std::unique_ptr<Parcel> parcel);
  /// Octets of the `number`-th member (from 1) are no longer wanted.
  void skip(std::uint64_t number) noexcept { skipped_ = number; }
  void close();
  /// Makes a closed channel fit for another file.
  void reopen();

 private:
  Parcel& parcel();
  void add(Parcel::Event event);
  void send();

  std::unique_ptr<Parcel> filling_;
  std::atomic<std::uint64_t> begun_{0};
  std::atomic<std::uint64_t> skipped_{0};
  std::atomic<bool> closed_{false};

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::unique_ptr<Parcel>> queue_;   // guarded by mutex_
  std::vector<std::unique_ptr<Parcel>> empty_;  // guarded by mutex_
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_MEMBER_CHANNEL_H
