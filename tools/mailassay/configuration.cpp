#include "configuration.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/hasher.h"
#include "io/file_reader.h"

namespace mailassay::program {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
constexpr std::string_view kFlag = "--config";
// None is the name of a flag.
constexpr std::array<std::string_view, 8> kHeadings = {"own",    "receivers", "trust", "network",
                                                       "policy", "limits",    "rows",  "work"};

/// What is wrong, and where; without a place it is the file as a whole.
struct Fault {
  toml::source_position place;
  std::string what;
};

/// What the command line says of configuration.
struct Arguments {
  CLI::App* command = nullptr;  ///< null: none that is known
  std::set<std::string> given;  ///< long flags
  std::optional<std::string> file;
};

CLI::App* command_of(CLI::App& app, const std::string& name) {
  const auto found =
      app.get_subcommands([&name](CLI::App* command) { return command->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

Arguments read_arguments(CLI::App& app, std::span<const std::string> arguments) {
  Arguments read;
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const std::string& argument = arguments[i];
    if (!argument.starts_with("--")) {
      if (read.command == nullptr) read.command = command_of(app, argument);
      if (read.command == nullptr) return read;
      continue;
    }
    if (read.command == nullptr) continue;
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    read.given.insert(name);
    const CLI::Option* option = read.command->get_option_no_throw(name);
    if (option == nullptr || option->get_expected_min() == 0) continue;
    const bool is_next = equals == std::string::npos && i + 1 < arguments.size();
    if (name == kFlag) read.file = is_next ? arguments[i + 1] : argument.substr(equals + 1);
    if (is_next) ++i;
  }
  return read;
}

bool is_flag(const CLI::Option& option) { return option.get_expected_max() == 0; }

bool is_list(const CLI::Option& option) { return option.get_items_expected_max() > 1; }

bool is_number(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type == "N" || type.starts_with("UINT") || type.starts_with("INT");
}

/// Sizes, times and whatever else has a unit or a form: a number alone may be one of them.
bool may_be_number(const CLI::Option& option) {
  constexpr std::array<std::string_view, 5> kTexts = {"FILE", "DOMAIN", "LIST", "TEXT",
                                                      "ADDR[:PORT]"};
  const std::string type = option.get_type_name();
  return std::find(kTexts.begin(), kTexts.end(), type) == kTexts.end();
}

std::string_view wanted(const CLI::Option& option) {
  if (is_flag(option)) return "true or false";
  if (is_list(option)) return "a list of strings";
  if (is_number(option)) return "a number";
  if (option.get_type_name() == "SIZE") return "a size such as \"512M\"";
  if (option.get_type_name() == "TIME") return "a time such as \"2024-05-01T10:00:00Z\"";
  return may_be_number(option) ? "a string or a number" : "a string";
}

std::string text_of(const auto& value) {
  std::ostringstream out;
  out << value;
  return std::move(out).str();
}

/// One value as it would stand on the command line; empty if its type is another.
std::optional<std::string> word_of(const toml::node& node, const CLI::Option& option) {
  if (is_number(option) || may_be_number(option)) {
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
  }
  if (is_number(option)) return std::nullopt;
  if (option.get_type_name() == "TIME") {
    if (const auto* date = node.as_date()) return text_of(date->get());
    if (const auto* time = node.as_date_time()) return text_of(time->get());
  }
  const auto* text = node.as_string();
  return text != nullptr ? std::optional(text->get()) : std::nullopt;
}

/// The values as they would stand on the command line, none for a flag that is not set; empty if
/// the type is another.
std::optional<std::vector<std::string>> words_of(const toml::node& node,
                                                 const CLI::Option& option) {
  std::vector<std::string> words;
  if (is_flag(option)) {
    const auto* value = node.as_boolean();
    if (value == nullptr) return std::nullopt;
    if (value->get()) words.emplace_back("true");
    return words;
  }
  if (!is_list(option)) {
    auto word = word_of(node, option);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
    return words;
  }
  const toml::array* values = node.as_array();
  if (values == nullptr) return std::nullopt;
  for (const toml::node& value : *values) {
    auto word = word_of(value, option);
    if (!word) return std::nullopt;
    words.push_back(std::move(*word));
  }
  return words;
}

struct Entry {
  std::string key;
  toml::source_position place;
  const toml::node* value = nullptr;
};

void add_entries(const toml::table& table, std::vector<Entry>& entries) {
  for (const auto& [key, value] : table) {
    entries.push_back({std::string(key.str()), key.source().begin, &value});
  }
}

bool stands_before(const Entry& a, const Entry& b) {
  return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
}

CLI::Option* option_of(CLI::App& command, const std::string& key) {
  const std::string name = "--" + key;
  if (name == kFlag || name == "--help") return nullptr;
  return command.get_option_no_throw(name);
}

/// Keys of the file and of its headings, as they stand in it.
Result<std::vector<Entry>, Fault> entries_of(const toml::table& file, CLI::App& keys) {
  std::vector<Entry> top;
  add_entries(file, top);
  std::sort(top.begin(), top.end(), stands_before);
  std::vector<Entry> entries;
  for (Entry& entry : top) {
    const toml::table* table = entry.value->as_table();
    if (table == nullptr || option_of(keys, entry.key) != nullptr) {
      entries.push_back(std::move(entry));
    } else if (std::find(kHeadings.begin(), kHeadings.end(), entry.key) != kHeadings.end()) {
      add_entries(*table, entries);
    } else {
      return Unexpected(Fault{entry.place, fmt::format("[{}] is no heading; known are {}",
                                                       entry.key, fmt::join(kHeadings, ", "))});
    }
  }
  std::sort(entries.begin(), entries.end(), stands_before);
  return entries;
}

std::string unknown(CLI::App& keys, const std::string& key) {
  std::string other = key;
  std::replace(other.begin(), other.end(), '_', '-');
  std::transform(other.begin(), other.end(), other.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (option_of(keys, other) != nullptr) {
    return fmt::format("unknown key '{}'; did you mean '{}'?", key, other);
  }
  return fmt::format("unknown key '{}'; keys are the long flags of `mailassay scan --help`", key);
}

/// Checks every entry, and sets those that the command line leaves open.
std::optional<Fault> apply_entries(const std::vector<Entry>& entries, CLI::App& keys,
                                   const Arguments& arguments) {
  std::set<std::string> seen;
  for (const Entry& entry : entries) {
    CLI::Option* check = option_of(keys, entry.key);
    if (check == nullptr) return Fault{entry.place, unknown(keys, entry.key)};
    if (!seen.insert(entry.key).second) {
      return Fault{entry.place, fmt::format("'{}' is set twice", entry.key)};
    }
    const auto words = words_of(*entry.value, *check);
    if (!words) {
      return Fault{entry.value->source().begin,
                   fmt::format("'{}' takes {}", entry.key, wanted(*check))};
    }
    if (words->empty()) continue;
    try {
      check->add_result(*words)->run_callback();
    } catch (const CLI::ParseError& error) {
      return Fault{entry.value->source().begin, error.what()};
    }
    CLI::Option* option = option_of(*arguments.command, entry.key);
    if (option == nullptr || arguments.given.contains("--" + entry.key)) continue;
    option->add_result(*words)->run_callback();
  }
  return std::nullopt;
}

std::optional<Fault> apply_text(const std::string& text, CLI::App& keys,
                                const Arguments& arguments) {
  toml::table file;
  try {
    file = toml::parse(std::string_view(text), std::string_view(*arguments.file));
  } catch (const toml::parse_error& error) {
    return Fault{error.source().begin, std::string(error.description())};
  }
  const auto entries = entries_of(file, keys);
  if (!entries) return entries.error();
  return apply_entries(*entries, keys, arguments);
}

std::string sha256_of(std::string_view text) {
  crypto::Hasher hasher(crypto::HashAlgorithm::sha256);
  hasher.begin();
  hasher.update(text);
  const dkim::Digest digest = hasher.finish();
  std::string hex;
  for (const std::uint8_t octet : digest.octets) hex += fmt::format("{:02x}", octet);
  return hex;
}

}  // namespace

void add_config_flag(CLI::App& command) {
  command
      .add_option_function<std::string>(
          std::string(kFlag), [](const std::string&) {},  // apply_configuration() has read it
          "TOML file of flags of scan; those given here win. Without it none is read")
      ->type_name("FILE");
}

Result<Configuration, std::string> apply_configuration(CLI::App& app, CLI::App& keys,
                                                       std::span<const std::string> arguments) {
  const Arguments read = read_arguments(app, arguments);
  if (!read.file) return Configuration();
  const auto text = io::read_whole(*read.file, kMostBytes);
  if (!text) return Unexpected(io::to_text(text.error()));
  if (const auto fault = apply_text(*text, keys, read)) {
    return Unexpected(fmt::format("{}:{}:{}: {}", *read.file, fault->place.line,
                                  fault->place.column, fault->what));
  }
  return Configuration{sha256_of(*text)};
}

}  // namespace mailassay::program
