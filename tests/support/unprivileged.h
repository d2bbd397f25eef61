// Makes file permissions count in a scope, also where the tests are run by root.
#ifndef MAILASSAY_TESTS_SUPPORT_UNPRIVILEGED_H
#define MAILASSAY_TESTS_SUPPORT_UNPRIVILEGED_H

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace mailassay::test {

class Unprivileged {
 public:
  /// `visible` is a directory that stays readable.
  explicit Unprivileged(const std::filesystem::path& visible) : was_(::geteuid()) {
    ::chmod(visible.c_str(), 0755);
    constexpr uid_t kNobody = 65534;
    if (was_ == 0 && ::seteuid(kNobody) != 0) ADD_FAILURE() << "cannot give root up";
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (was_ == 0 && ::seteuid(was_) != 0) ADD_FAILURE() << "cannot become root again";
  }

 private:
  uid_t was_;
};

}  // namespace mailassay::test

#endif  // MAILASSAY_TESTS_SUPPORT_UNPRIVILEGED_H
