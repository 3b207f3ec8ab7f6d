// Runs a libFuzzer target without libFuzzer: every file of a corpus folder, and
// for each a fixed number of mutations from a fixed seed. The same inputs in
// every run, so that a crash in a test is one that can be repeated.
//
// Usage: TARGET_replay CORPUS_DIR [MUTATIONS_PER_FILE]

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

// What runs now, for TellInput.
const Bytes* running = nullptr;

// Writes the input that ended the program, and lets it end.
void TellInput(int signal_number) {
  std::fputs("input: ", stderr);
  for (const std::uint8_t byte : *running) {
    std::fprintf(stderr, byte >= ' ' && byte < 127 ? "%c" : "\\x%02x", byte);
  }
  std::fputs("\n", stderr);
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void Run(const Bytes& input) {
  running = &input;
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

// One to four edits: a flipped bit, a random byte, a cut, a repeated or moved
// piece, a piece of another file.
Bytes Mutate(Bytes input, const std::vector<Bytes>& corpus,
             std::mt19937_64& random) {
  const auto below = [&random](std::size_t n) {
    return n == 0 ? 0 : static_cast<std::size_t>(random() % n);
  };
  for (std::size_t edits = 1 + below(4); edits > 0; --edits) {
    const std::size_t at = below(input.size() + 1);
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(5)) {
      case 0:
        if (at < input.size()) {
          input[at] = static_cast<std::uint8_t>(input[at] ^ (1u << below(8)));
        }
        break;
      case 1:
        input.insert(place, static_cast<std::uint8_t>(below(256)));
        break;
      case 2:
        input.erase(place, place + static_cast<std::ptrdiff_t>(
                                       std::min(below(16), input.size() - at)));
        break;
      case 3: {
        const Bytes piece(place, place + static_cast<std::ptrdiff_t>(std::min(
                                             below(64), input.size() - at)));
        for (std::size_t n = below(32); n > 0; --n) {
          input.insert(input.end(), piece.begin(), piece.end());
        }
        break;
      }
      default: {
        const Bytes& other = corpus[below(corpus.size())];
        const std::size_t from = below(other.size());
        const auto first = other.begin() + static_cast<std::ptrdiff_t>(from);
        input.insert(place, first,
                     first + static_cast<std::ptrdiff_t>(
                                 std::min(below(64), other.size() - from)));
      }
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::signal(SIGABRT, TellInput);
  const int mutations = argc > 2 ? std::atoi(argv[2]) : 200;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> corpus;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file),
                        std::istreambuf_iterator<char>());
  }
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: no corpus\n", argv[1]);
    return 1;
  }
  std::mt19937_64 random(20240501);
  for (const Bytes& seed : corpus) {
    Run(seed);
    for (int i = 0; i < mutations; ++i) Run(Mutate(seed, corpus, random));
  }
  std::printf("%zu files, %d mutations each\n", corpus.size(), mutations);
}
