#include "rewards/rules/word_tokens.h"

#include <array>
#include <cstddef>
#include <span>
#include <string>

#include "rewards/rules/code_points.h"

namespace rewards::rules {
namespace {

// Marks that always stand alone.
constexpr std::string_view kMarks = ";@#$%&?!*[](){}<>\"`";
// « » ‘ ’ “ ” „
constexpr std::array<std::int32_t, 7> kQuotes = {0xAB,   0xBB,   0x2018, 0x2019,
                                                 0x201C, 0x201D, 0x201E};
// What a contraction ends with: one of the first, before it one of the others.
constexpr auto kShort =
    std::to_array<std::string_view>({"'s", "'S", "'m", "'M", "'d", "'D"});
constexpr auto kLong = std::to_array<std::string_view>(
    {"'ll", "'LL", "'re", "'RE", "'ve", "'VE", "n't", "N'T"});

// Words that are two, and where the second begins.
struct Double {
  std::string_view word;
  std::size_t second;
};
constexpr std::array<Double, 6> kDoubles = {{{"cannot", 3},
                                             {"gimme", 3},
                                             {"gonna", 3},
                                             {"gotta", 3},
                                             {"lemme", 3},
                                             {"wanna", 3}}};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether the character at [begin, end) ends a word.
bool Separates(std::string_view text, std::size_t begin, std::size_t end,
               std::int32_t c) {
  if (IsPythonSpace(c) || kMarks.find(text[begin]) != std::string_view::npos) {
    return true;
  }
  const char next = end < text.size() ? text[end] : ' ';
  if (c == ',' || c == ':') return !IsDigit(next);
  const bool pair = begin > 0 && text[begin - 1] == text[begin];
  if (c == '.' || c == '-') return pair || next == text[begin];
  for (const std::int32_t quote : kQuotes) {
    if (c == quote) return true;
  }
  return false;
}

// Takes one of `endings` off the end of `word`; empty where it has none.
std::string_view TakeEnding(std::span<const std::string_view> endings,
                            std::string_view& word) {
  for (const std::string_view ending : endings) {
    if (word.size() <= ending.size() || !word.ends_with(ending)) continue;
    const std::size_t at = word.size() - ending.size();
    if (word[at - 1] == '\'') continue;
    const std::string_view taken = word.substr(at);
    word = word.substr(0, at);
    return taken;
  }
  return {};
}

void AddWord(std::string_view word, std::vector<std::string_view>& tokens) {
  const std::string lower =
      word.size() <= 8 ? Lower(StripOf(word, '.')) : std::string();
  for (const Double& one : kDoubles) {
    if (lower != one.word) continue;
    word = StripOf(word, '.');
    tokens.push_back(word.substr(0, one.second));
    tokens.push_back(word.substr(one.second));
    return;
  }
  tokens.push_back(word);
}

void AddParts(std::string_view word, std::vector<std::string_view>& tokens) {
  const std::string_view last = TakeEnding(kShort, word);
  const std::string_view other = TakeEnding(kLong, word);
  AddWord(word, tokens);
  if (!other.empty()) tokens.push_back(other);
  if (!last.empty()) tokens.push_back(last);
}

}  // namespace

std::vector<std::string_view> WordTokens(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const std::int32_t c = NextCodePoint(text, at);
    if (!Separates(text, here, at, c)) continue;
    if (here > begin) AddParts(text.substr(begin, here - begin), tokens);
    begin = at;
  }
  if (begin < text.size()) AddParts(text.substr(begin), tokens);
  return tokens;
}

}  // namespace rewards::rules
