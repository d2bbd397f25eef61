#include "engine/dns_setup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace mailassay::engine {
namespace {

TEST(RefuseOutputs, protects_inputs_under_any_name) {
  const test::TemporaryDirectory folder;
  const std::string mail = folder.write("mail", "x");
  const std::string dns = folder.write("dns", "x");
  std::filesystem::create_symlink(mail, folder / "link");
  std::filesystem::create_hard_link(dns, folder / "hard");
  ScanOptions options;
  options.paths = {mail, "-"};
  options.dns_files = {dns};
  for (const std::string& output : {mail, dns, folder / "link", folder / "hard"}) {
    const auto refused = refuse_outputs(options, {folder / "new", output});
    ASSERT_TRUE(refused) << output;
    EXPECT_TRUE(refused->is_output);
    EXPECT_EQ(refused->what, output + ": is an input and cannot be written");
  }
  EXPECT_FALSE(refuse_outputs(options, {folder / "new", "-", folder / "other"}));
}

TEST(RefuseOutputs, keeps_outputs_apart) {
  const test::TemporaryDirectory folder;
  const std::string old = folder.write("old", "x");
  std::filesystem::create_symlink(old, folder / "link");
  const ScanOptions options;
  EXPECT_TRUE(refuse_outputs(options, {"-", "-"}));
  EXPECT_TRUE(refuse_outputs(options, {folder / "new", folder / "new"}));
  EXPECT_TRUE(refuse_outputs(options, {old, folder / "new", folder / "link"}));
  EXPECT_FALSE(refuse_outputs(options, {"/dev/null", "/dev/null"}));
}

TEST(IsSpecialFile, is_true_for_devices_and_folders) {
  const test::TemporaryDirectory folder;
  EXPECT_TRUE(is_special_file("/dev/null"));
  EXPECT_TRUE(is_special_file(folder.path()));
  EXPECT_FALSE(is_special_file(folder.write("file", "")));
  EXPECT_FALSE(is_special_file(folder / "absent"));
}

}  // namespace
}  // namespace mailassay::engine
