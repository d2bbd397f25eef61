// The members of containers for the one who reads them; a thread of its own unpacks ahead.
//
//   unpacker.start(file, head);
//   while (auto member = unpacker.next_member()) { unpacker.read(...) ...; unpacker.leave(); }
//   unpacker.counts()
//
// The thread lives as long as the unpacker and works through one file after the other. It ends
// within a block's work when the unpacker goes, and its reading of a silent pipe by `stop`.
#ifndef MAILASSAY_IO_UNPACKER_H
#define MAILASSAY_IO_UNPACKER_H

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "io/file_reader.h"
#include "io/member_channel.h"
#include "io/octet_stream.h"
#include "mailassay/problem.h"
#include "mailassay/records.h"

namespace mailassay::io {

/// As a stream it is the member at hand.
///
/// Threads: one at a time; read_bytes() from any.
class Unpacker final : public OctetStream {
 public:
  /// `stop` ends the waiting for a silent pipe, as the end of the unpacker does.
  Unpacker(UnpackLimits limits, RecordFields fields, std::stop_token stop);
  ~Unpacker() override;

  /// Begins a file. `head`: what was read of it already, if it is none that can be read again.
  ///
  /// Demands: the file before was worked through or abandoned.
  void start(FileReader&& file, std::string head);

  /// Goes to the next member; empty at the end of the file, or when `stop` was requested.
  std::optional<Member> next_member();

  Result<std::size_t, IoError> read(std::span<char> buffer) override;
  bool error_follows() const noexcept override { return error_follows_; }
  /// Exact as soon as the member's end is at hand.
  std::optional<std::uint64_t> size() const noexcept override;

  struct Left {
    std::uint64_t size = 0;        ///< octets of the member, read or not
    std::optional<IoError> error;  ///< met in octets that were not read
  };
  /// Has done with the member at hand.
  Left leave();

  /// Lets go of the file, wherever it is.
  void abandon();

  /// Where its octets went: filled when next_member() has come to the end.
  const UnpackCounts& counts() const noexcept { return counts_; }
  /// What could not be read since the last call.
  std::vector<IoError> take_problems();

  /// Octets of the file, where they were known when it was opened.
  std::uint64_t file_bytes() const noexcept { return file_bytes_; }
  std::uint64_t read_bytes() const noexcept { return read_bytes_.load(std::memory_order_relaxed); }

 private:
  struct RequestStop {
    std::stop_source stop;
    void operator()() { stop.request_stop(); }
  };
  struct Job {
    FileReader file;
    std::string head;
  };
  void work(const std::stop_token& ended);
  void run(Job& job);
  Parcel::Event* event();
  void step();

  const UnpackLimits limits_;
  const RecordFields fields_;
  std::stop_source stop_;
  MemberChannel channel_;
  std::atomic<std::uint64_t> read_bytes_{0};

  // The side that reads.
  std::unique_ptr<Parcel> parcel_;
  std::size_t next_event_ = 0;
  std::uint64_t octets_taken_ = 0;  ///< of the octets event at hand
  std::uint64_t member_number_ = 0;
  std::uint64_t file_bytes_ = 0;
  bool in_member_ = false;
  bool error_follows_ = false;
  std::optional<std::uint64_t> declared_size_;
  std::uint64_t member_taken_ = 0;
  UnpackCounts counts_;
  std::vector<IoError> problems_;

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Job> job_;  // guarded by mutex_
  bool busy_ = false;       // guarded by mutex_
  std::stop_callback<RequestStop> stop_with_;
  std::jthread thread_;  ///< the last member: it ends before the rest goes
};

}  // namespace mailassay::io

#endif  // MAILASSAY_IO_UNPACKER_H
