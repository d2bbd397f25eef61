// A value or the error that kept it from being made.
//
// The shape is a subset of std::expected (C++23), so that it can become an alias of it one day.
// Used for malformed input and for failures of the world; a protocol verdict is data, never an
// error.
#ifndef MAILASSAY_RESULT_H
#define MAILASSAY_RESULT_H

#include <type_traits>
#include <utility>
#include <variant>

namespace mailassay {

/// Wraps an error so that it converts to any Result with this error type.
template <typename E>
class Unexpected {
 public:
  explicit Unexpected(E error) : error_(std::move(error)) {}
  const E& error() const& noexcept { return error_; }
  E&& error() && noexcept { return std::move(error_); }

 private:
  E error_;
};

template <typename T, typename E>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Unexpected<E> error) : state_(std::in_place_index<1>, std::move(error).error()) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  /// Demands: has_value().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// Demands: !has_value().
  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, E> state_;
};

/// The value of an operation that yields nothing but may fail.
struct Done {};

}  // namespace mailassay

#endif  // MAILASSAY_RESULT_H
