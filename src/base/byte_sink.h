// Where octets go: a hash, a buffer, a row writer.
#ifndef MAILASSAY_BASE_BYTE_SINK_H
#define MAILASSAY_BASE_BYTE_SINK_H

#include <string>
#include <string_view>

namespace mailassay {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// The view is valid during the call only, unless the writer says more.
  virtual void write(std::string_view octets) = 0;
};

/// Collects what is written.
class StringSink final : public ByteSink {
 public:
  void write(std::string_view octets) override { text_.append(octets); }
  const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

}  // namespace mailassay

#endif  // MAILASSAY_BASE_BYTE_SINK_H
