#include "io/member_channel.h"

#include <utility>

namespace mailassay::io {
namespace {

/// Less room than this is not worth a read.
constexpr std::size_t kMinRoom = std::size_t{16} * 1024;

}  // namespace

Parcel& MemberChannel::parcel() {
  if (filling_) return *filling_;
  {
    const std::scoped_lock lock(mutex_);
    if (!empty_.empty()) {
      filling_ = std::move(empty_.back());
      empty_.pop_back();
    }
  }
  if (!filling_) {
    filling_ = std::make_unique<Parcel>();
    filling_->block.reset(new char[kBlockBytes]);
  }
  filling_->used = 0;
  filling_->events.clear();
  return *filling_;
}

void MemberChannel::send() {
  if (!filling_) return;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || queue_.size() < kQueued; });
  if (closed_) {
    filling_.reset();
    return;
  }
  queue_.push_back(std::move(filling_));
  lock.unlock();
  changed_.notify_all();
}

void MemberChannel::add(Parcel::Event event) {
  if (closed_) return;
  parcel().events.push_back(std::move(event));
  if (parcel().events.size() >= kMaxEvents) send();
}

void MemberChannel::begin_member(Member member) {
  ++begun_;
  Parcel::Event event;
  event.kind = Parcel::Event::Kind::begin;
  event.member = std::move(member);
  add(std::move(event));
}

std::span<char> MemberChannel::room() {
  if (is_unwanted()) return {};
  if (kBlockBytes - parcel().used < kMinRoom) send();
  if (is_unwanted()) return {};
  Parcel& at = parcel();
  return {at.block.get() + at.used, kBlockBytes - at.used};
}

void MemberChannel::add_octets(std::size_t count) {
  if (count == 0) return;
  Parcel& at = parcel();
  Parcel::Event event;
  event.begin = at.used;
  event.size = count;
  at.used += count;
  add(std::move(event));
}

void MemberChannel::end_member(std::uint64_t size, std::optional<IoError> error) {
  Parcel::Event event;
  event.kind = Parcel::Event::Kind::end;
  event.size = size;
  if (error) event.error = std::make_unique<IoError>(std::move(*error));
  add(std::move(event));
}

void MemberChannel::add_problem(IoError error) {
  Parcel::Event event;
  event.kind = Parcel::Event::Kind::problem;
  event.error = std::make_unique<IoError>(std::move(error));
  add(std::move(event));
}

void MemberChannel::finish(const UnpackCounts& counts) {
  Parcel::Event event;
  event.kind = Parcel::Event::Kind::finished;
  event.counts = counts;
  add(std::move(event));
  send();
}

std::unique_ptr<Parcel> MemberChannel::take(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  if (!changed_.wait(lock, stop, [this] { return closed_ || !queue_.empty(); })) return nullptr;
  if (closed_) return nullptr;
  std::unique_ptr<Parcel> first = std::move(queue_.front());
  queue_.pop_front();
  lock.unlock();
  changed_.notify_all();
  return first;
}

void MemberChannel::give_back(std::unique_ptr<Parcel> parcel) {
  const std::scoped_lock lock(mutex_);
  empty_.push_back(std::move(parcel));
}

void MemberChannel::close() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    queue_.clear();
  }
  changed_.notify_all();
}

void MemberChannel::reopen() {
  const std::scoped_lock lock(mutex_);
  queue_.clear();
  filling_.reset();
  closed_ = false;
  begun_ = 0;
  skipped_ = 0;
}

}  // namespace mailassay::io
