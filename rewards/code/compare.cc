#include "rewards/code/compare.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rewards::code {
namespace {

constexpr std::string_view kSpace = " \t\n\v\f\r";

// Takes the next token off `text`; empty at the end.
std::string_view NextToken(std::string_view* text) {
  const std::size_t start = text->find_first_not_of(kSpace);
  if (start == std::string_view::npos) {
    *text = {};
    return {};
  }
  text->remove_prefix(start);
  const std::size_t size = std::min(text->find_first_of(kSpace), text->size());
  const std::string_view token = text->substr(0, size);
  text->remove_prefix(size);
  return token;
}

// Takes the next line off `text`, without its end and white space before it.
std::string_view NextLine(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  const std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  return line.substr(0, line.find_last_not_of(kSpace) + 1);
}

// A finite decimal number that is all of `token`.
std::optional<double> Number(std::string_view token) {
  if (token.starts_with('+')) {
    token.remove_prefix(1);
    if (token.starts_with('-')) return std::nullopt;
  }
  double value = 0;
  const char* end = token.data() + token.size();
  const auto read = std::from_chars(token.data(), end, value);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

bool IsClose(std::string_view expected, std::string_view got,
             const CompareRule& rule) {
  const std::optional<double> want = Number(expected);
  const std::optional<double> have = want ? Number(got) : std::nullopt;
  if (!have) return false;
  const double room = std::max(rule.abs, rule.rel * std::fabs(*want));
  return std::fabs(*have - *want) <= room;
}

bool SameTokens(std::string_view expected, std::string_view got,
                const CompareRule& rule) {
  for (;;) {
    const std::string_view want = NextToken(&expected);
    const std::string_view have = NextToken(&got);
    if (want.empty() || have.empty()) return want.empty() && have.empty();
    if (want == have) continue;
    if (rule.mode != CompareMode::kFloat || !IsClose(want, have, rule)) {
      return false;
    }
  }
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(NextLine(&text));
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

// The lines as words joined by one space, sorted, without blank ones.
std::vector<std::string> SortedLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = NextLine(&text);
    std::string words;
    for (auto word = NextToken(&line); !word.empty(); word = NextToken(&line)) {
      if (!words.empty()) words += ' ';
      words += word;
    }
    if (!words.empty()) lines.push_back(std::move(words));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace

bool Matches(std::string_view expected, std::string_view got,
             const CompareRule& rule) {
  switch (rule.mode) {
    case CompareMode::kTokens:
    case CompareMode::kFloat:
      return SameTokens(expected, got, rule);
    case CompareMode::kExact:
      return expected == got;
    case CompareMode::kLines:
      return Lines(expected) == Lines(got);
    case CompareMode::kUnordered:
      return SortedLines(expected) == SortedLines(got);
  }
  return false;
}

bool IsBlank(std::string_view expected) noexcept {
  return expected.find_first_not_of(kSpace) == std::string_view::npos;
}

}  // namespace rewards::code
