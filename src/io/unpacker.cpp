#include "io/unpacker.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <utility>

#include "io/unpacking.h"

namespace mailassay::io {

using Kind = Parcel::Event::Kind;

Unpacker::Unpacker(UnpackLimits limits, RecordFields fields, std::stop_token stop)
    : limits_(limits),
      fields_(std::move(fields)),
      stop_with_(std::move(stop), RequestStop{stop_}) {}

Unpacker::~Unpacker() {
  stop_.request_stop();
  channel_.close();
  thread_.request_stop();
}

void Unpacker::start(FileReader&& file, std::string head) {
  channel_.reopen();
  parcel_.reset();
  next_event_ = 0;
  octets_taken_ = 0;
  member_number_ = 0;
  in_member_ = false;
  counts_ = {};
  file_bytes_ = file.size().value_or(head.size());
  {
    const std::scoped_lock lock(mutex_);
    file.stop_by(stop_.get_token());
    job_.emplace(Job{std::move(file), std::move(head)});
    busy_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) {
    thread_ = std::jthread([this](const std::stop_token& ended) { work(ended); });
  }
}

void Unpacker::work(const std::stop_token& ended) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, ended, [this] { return job_.has_value(); })) {
    Job job = std::move(*job_);
    job_.reset();
    lock.unlock();
    run(job);
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

void Unpacker::run(Job& job) {
  try {
    Unpacking(channel_, limits_, fields_, stop_.get_token(), read_bytes_)
        .run(job.file, std::move(job.head));
  } catch (const std::exception& exception) {
    IoError error{0, job.file.path(), 0, std::string("cannot be unpacked: ") + exception.what()};
    error.reason = ProblemReason::needs_too_much_memory;
    channel_.add_problem(std::move(error));
    UnpackCounts counts;
    counts.failed = true;
    channel_.finish(counts);
  }
}

void Unpacker::abandon() {
  channel_.close();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !busy_; });
}

/// The event at hand, waited for; null when the reading was stopped.
Parcel::Event* Unpacker::event() {
  if (parcel_ && next_event_ == parcel_->events.size()) {
    channel_.give_back(std::move(parcel_));
    next_event_ = 0;
  }
  if (!parcel_) parcel_ = channel_.take(stop_.get_token());
  return parcel_ ? &parcel_->events[next_event_] : nullptr;
}

void Unpacker::step() {
  ++next_event_;
  octets_taken_ = 0;
}

std::optional<Member> Unpacker::next_member() {
  if (in_member_) leave();
  while (Parcel::Event* const at = event()) {
    switch (at->kind) {
      case Kind::begin: {
        Member member = std::move(at->member);
        ++member_number_;
        in_member_ = true;
        error_follows_ = false;
        declared_size_ = member.size;
        member_taken_ = 0;
        step();
        return member;
      }
      case Kind::problem:
        problems_.push_back(std::move(*at->error));
        break;
      case Kind::finished:
        counts_ = at->counts;
        step();
        return std::nullopt;
      case Kind::octets:
      case Kind::end:
        break;
    }
    step();
  }
  return std::nullopt;
}

Result<std::size_t, IoError> Unpacker::read(std::span<char> buffer) {
  std::size_t filled = 0;
  error_follows_ = false;
  while (filled < buffer.size()) {
    Parcel::Event* const at = event();
    if (at == nullptr)
      return Unexpected(IoError{ECANCELED, {}, member_taken_, "reading was stopped"});
    if (at->kind != Kind::octets) {
      if (!at->error) break;
      if (filled == 0) return Unexpected(std::move(*std::exchange(at->error, nullptr)));
      error_follows_ = true;
      break;
    }
    const std::uint64_t left = at->size - octets_taken_;
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size() - filled));
    std::memcpy(buffer.data() + filled, parcel_->block.get() + at->begin + octets_taken_, count);
    filled += count;
    octets_taken_ += count;
    member_taken_ += count;
    if (octets_taken_ == at->size) step();
  }
  return filled;
}

std::optional<std::uint64_t> Unpacker::size() const noexcept {
  if (!parcel_) return declared_size_;
  std::uint64_t known = member_taken_ - octets_taken_;
  for (std::size_t i = next_event_; i < parcel_->events.size(); ++i) {
    const Parcel::Event& event = parcel_->events[i];
    if (event.kind == Kind::end) return known;
    known += event.size;
  }
  return declared_size_;
}

Unpacker::Left Unpacker::leave() {
  Left left;
  channel_.skip(member_number_);
  while (Parcel::Event* const at = event()) {
    const bool ends = at->kind == Kind::end;
    if (ends) {
      left.size = at->size;
      if (at->error) left.error = std::move(*at->error);
    }
    step();
    if (ends) break;
  }
  in_member_ = false;
  return left;
}

std::vector<IoError> Unpacker::take_problems() { return std::exchange(problems_, {}); }

}  // namespace mailassay::io
