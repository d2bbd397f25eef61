// What a text looks like: two texts of one skeleton are hard to tell apart. UTS #39 section 4, by
// ICU, without regard to case.
#ifndef MAILASSAY_VERDICT_SKELETON_H
#define MAILASSAY_VERDICT_SKELETON_H

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace mailassay::impersonation {

/// Threads: const members from any thread.
class Skeletons {
 public:
  /// Octets of a text that are looked at; names are far below it.
  static constexpr std::size_t kMostOctets = 256;

  Skeletons();
  ~Skeletons();
  Skeletons(Skeletons&&) noexcept;
  Skeletons& operator=(Skeletons&&) noexcept;

  /// The skeleton of valid UTF-8; of anything else the octets themselves.
  std::string of(std::string_view text) const;

  /// The same with `i` as `l`: a capital I looks like that, and domains have no case.
  std::string of_any_case(std::string_view text) const;

 private:
  struct Checker;
  std::string of_any_script(std::string_view text) const;

  std::unique_ptr<Checker> checker_;
  std::array<std::string, 128> ascii_;  ///< of each ASCII character, which covers nearly all mail
};

}  // namespace mailassay::impersonation

#endif  // MAILASSAY_VERDICT_SKELETON_H
