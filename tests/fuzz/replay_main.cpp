// Stands in for libFuzzer: replays a corpus folder, then copies of it with seeded changes.
//
// Usage: NAME_fuzz CORPUS [ROUNDS]
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr unsigned kSeed = 1;
constexpr std::size_t kMaxBytes = 8192;

std::vector<std::string> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry);
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const auto& path : paths) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    corpus.push_back(text.str());
  }
  return corpus;
}

void run(const std::string& input) {
  const std::vector<std::uint8_t> octets(input.begin(), input.end());
  LLVMFuzzerTestOneInput(octets.data(), octets.size());
}

/// One change: an octet, a piece left out, doubled, or taken from another input.
void change(std::string& input, const std::string& other, std::mt19937_64& random) {
  const auto below = [&random](std::size_t limit) {
    return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
  };
  const std::size_t at = below(input.size() + 1);
  switch (below(5)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(below(256));
      break;
    case 1:
      input.insert(at, 1,
                   "\r\n\t :>\xEF"
                   "F="[below(9)]);
      break;
    case 2:
      input.erase(at, below(16));
      break;
    case 3:
      input.insert(at, std::string(input.substr(at, below(64))));
      break;
    default:
      input.insert(at, other.substr(below(other.size() + 1), below(64)));
      break;
  }
  input.resize(std::min(input.size(), kMaxBytes));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return std::fputs("usage: FUZZ CORPUS [ROUNDS]\n", stderr), 2;
  const std::vector<std::string> corpus = read_corpus(arguments[1]);
  if (corpus.empty()) return std::fputs("the corpus is empty\n", stderr), 1;
  std::size_t rounds = 20'000;
  if (count > 2) {
    const std::string text = arguments[2];
    std::from_chars(text.data(), text.data() + text.size(), rounds);
  }
  run("");
  for (const std::string& input : corpus) run(input);
  std::mt19937_64 random(kSeed);
  for (std::size_t round = 0; round < rounds; ++round) {
    std::string input = corpus[random() % corpus.size()];
    for (std::size_t changes = 1 + random() % 8; changes != 0; --changes) {
      change(input, corpus[random() % corpus.size()], random);
    }
    run(input);
  }
  std::printf("%zu inputs, %zu changed ones\n", corpus.size(), rounds);
  return 0;
}
