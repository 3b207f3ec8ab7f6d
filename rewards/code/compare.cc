#include "rewards/code/compare.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rewards::code {
namespace {

constexpr std::string_view kSpace = " \t\n\v\f\r";

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Takes the next token off `text`; empty at the end.
std::string_view NextToken(std::string_view* text) {
  const auto start = std::find_if_not(text->begin(), text->end(), IsSpace);
  const auto end = std::find_if(start, text->end(), IsSpace);
  const std::string_view token(start, end);
  *text = {end, text->end()};
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

Comparison Differs(std::string reason) {
  return {Comparison::Result::kDiffers, std::move(reason)};
}

Comparison Matches() { return {Comparison::Result::kMatches}; }

// "1 word", "2 words".
std::string Count(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) +
         (count == 1 ? "" : "s");
}

// Of the place of `token`, a part of `text`.
std::string LineOf(std::string_view text, std::string_view token) {
  const char* begin = text.data();
  return std::to_string(1 + std::count(begin, token.data(), '\n'));
}

Comparison CompareTokens(std::string_view expected, std::string_view got,
                         const CompareRule& rule) {
  const std::string_view all = got;
  for (std::size_t count = 0;; ++count) {
    const std::string_view want = NextToken(&expected);
    const std::string_view have = NextToken(&got);
    if (want.empty() && have.empty()) return Matches();
    if (have.empty()) {
      return Differs("the output ends after " + Count(count, "word"));
    }
    if (want.empty()) {
      return Differs("the output should end after " + Count(count, "word"));
    }
    if (want == have) continue;
    if (rule.mode != CompareMode::kFloat || !IsClose(want, have, rule)) {
      return Differs("word " + std::to_string(count + 1) + ", on line " +
                     LineOf(all, have) + ", differs");
    }
  }
}

// As CompareTokens says, of outputs that differ in some byte.
Comparison Presentation(std::string_view expected, std::string_view got,
                        std::string reason) {
  const auto tokens = CompareTokens(expected, got, {});
  if (tokens.result != Comparison::Result::kMatches) {
    return Differs(std::move(reason));
  }
  return {Comparison::Result::kPresentation, std::move(reason)};
}

Comparison CompareExactly(std::string_view expected, std::string_view got) {
  if (expected == got) return Matches();
  const auto at =
      std::mismatch(expected.begin(), expected.end(), got.begin(), got.end());
  const std::size_t same = static_cast<std::size_t>(at.second - got.begin());
  return Presentation(expected, got,
                      same == got.size()
                          ? "the output ends after " + Count(same, "byte")
                          : "byte " + std::to_string(same + 1) + ", on line " +
                                LineOf(got, got.substr(same)) + ", differs");
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(NextLine(&text));
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

Comparison CompareLines(std::string_view expected, std::string_view got) {
  const std::vector<std::string_view> want = Lines(expected);
  const std::vector<std::string_view> have = Lines(got);
  if (want == have) return Matches();
  const auto at =
      std::mismatch(want.begin(), want.end(), have.begin(), have.end());
  const auto same = static_cast<std::size_t>(at.second - have.begin());
  std::string reason = "line " + std::to_string(same + 1) + " differs";
  if (same == have.size()) {
    reason = "the output ends after " + Count(same, "line");
  } else if (same == want.size()) {
    reason = "the output should end after " + Count(same, "line");
  }
  return Presentation(expected, got, std::move(reason));
}

// The lines of a text as words joined by one space, without blank ones.
class SortedLines {
 public:
  explicit SortedLines(std::string_view text) {
    words_.reserve(text.size() + 1);
    while (!text.empty()) {
      std::string_view line = NextLine(&text);
      const std::size_t begin = words_.size();
      for (auto word = NextToken(&line); !word.empty();
           word = NextToken(&line)) {
        if (words_.size() > begin) words_ += ' ';
        words_ += word;
      }
      // `words_` never moves: no line is longer than it was in `text`.
      const std::string_view all = words_;
      if (words_.size() > begin) lines_.push_back(all.substr(begin));
    }
    std::sort(lines_.begin(), lines_.end());
  }
  SortedLines(const SortedLines&) = delete;
  SortedLines& operator=(const SortedLines&) = delete;

  [[nodiscard]] const std::vector<std::string_view>& get() const {
    return lines_;
  }

 private:
  std::string words_;
  std::vector<std::string_view> lines_;
};

Comparison CompareUnordered(std::string_view expected, std::string_view got) {
  const SortedLines want(expected);
  const SortedLines have(got);
  if (want.get() == have.get()) return Matches();
  const std::size_t count = have.get().size();
  if (count != want.get().size()) {
    return Differs("the output has " + Count(count, "line") +
                   ", another number than is expected");
  }
  return Differs("as many lines as expected, but others");
}

}  // namespace

Comparison Compare(std::string_view expected, std::string_view got,
                   const CompareRule& rule) {
  switch (rule.mode) {
    case CompareMode::kTokens:
    case CompareMode::kFloat:
      return CompareTokens(expected, got, rule);
    case CompareMode::kExact:
      return CompareExactly(expected, got);
    case CompareMode::kLines:
      return CompareLines(expected, got);
    case CompareMode::kUnordered:
      return CompareUnordered(expected, got);
  }
  return {};
}

bool IsBlank(std::string_view expected) noexcept {
  return expected.find_first_not_of(kSpace) == std::string_view::npos;
}

}  // namespace rewards::code
