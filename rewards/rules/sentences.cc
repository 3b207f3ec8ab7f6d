#include "rewards/rules/sentences.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "rewards/rules/code_points.h"

namespace rewards::rules {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kEnds = ".?!";
// What may follow an end without a space.
constexpr std::string_view kNonWord = ")\";}]*:@'({[!?";
// What belongs to the sentence before it.
constexpr std::string_view kClosers = "\"')]}";
constexpr std::string_view kAround = "\"'`*_()[]{}<>,;:";

// A period after one of these ends no sentence, unless a word follows that
// begins one.
constexpr auto kAbbreviations = std::to_array<std::string_view>(
    {"a.d", "a.m",   "adm",  "apr",  "approx", "apt",  "assn", "aug",  "ave",
     "b.c", "blvd",  "bros", "capt", "cf",     "co",   "col",  "corp", "cpl",
     "d.c", "dec",   "dept", "dr",   "e.g",    "est",  "etc",  "feb",  "fig",
     "fri", "gen",   "gov",  "hon",  "hwy",    "i.e",  "inc",  "jan",  "jr",
     "lt",  "ltd",   "maj",  "mar",  "messrs", "mr",   "mrs",  "ms",   "mt",
     "nov", "oct",   "p.m",  "ph.d", "pp",     "prof", "rep",  "rev",  "sat",
     "sen", "sept",  "sgt",  "sr",   "st",     "sun",  "tues", "u.k",  "u.n",
     "u.s", "u.s.a", "viz",  "vol",  "vs"});
constexpr auto kStarters = std::to_array<std::string_view>(
    {"A",    "After", "All",  "Although", "An",    "And",     "As",
     "At",   "But",   "By",   "For",      "He",    "However", "I",
     "If",   "In",    "It",   "On",       "Or",    "She",     "So",
     "Some", "That",  "The",  "Then",     "There", "They",    "This",
     "To",   "We",    "What", "When",     "With",  "You"});

std::vector<std::string_view> Tokens(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (!IsPythonSpace(NextCodePoint(text, at))) continue;
    if (here > begin) tokens.push_back(text.substr(begin, here - begin));
    begin = at;
  }
  if (begin < text.size()) tokens.push_back(text.substr(begin));
  return tokens;
}

std::string_view TrimmedOf(std::string_view word, std::string_view around) {
  const std::size_t first = word.find_first_not_of(around);
  if (first == kNone) return {};
  return word.substr(first, word.find_last_not_of(around) - first + 1);
}

std::string_view First(std::string_view word) {
  std::size_t at = 0;
  if (!word.empty()) static_cast<void>(NextCodePoint(word, at));
  return word.substr(0, at);
}

bool BeginsUpper(std::string_view word) { return IsUpperText(First(word)); }
bool BeginsLower(std::string_view word) { return IsLowerText(First(word)); }

bool IsNumber(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789.,-") == kNone;
}

template <std::size_t N>
bool Holds(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool IsAbbreviation(std::string_view word) {
  const std::string lower = Lower(word);
  const std::size_t hyphen = lower.rfind('-');
  return Holds(kAbbreviations, lower) ||
         (hyphen != std::string::npos &&
          Holds(kAbbreviations, std::string_view(lower).substr(hyphen + 1)));
}

// Whether the period that ends `word` ends a sentence that `next` would go on.
bool PeriodEnds(std::string_view word, std::string_view next) {
  const std::string_view after = TrimmedOf(next, kAround);
  if (word.ends_with("..")) return BeginsUpper(after);
  const std::string_view bare =
      TrimmedOf(word.substr(0, word.size() - 1), kAround);
  const bool initial = bare.size() == 1 && BeginsUpper(bare);
  if (initial || IsAbbreviation(bare)) {
    return Holds(kStarters, TrimmedOf(after, kEnds));
  }
  return !IsNumber(bare) || !BeginsLower(after);
}

// The byte after the last end in `token` that may end a sentence, or npos.
std::size_t CandidateIn(std::string_view token, bool last) {
  for (std::size_t at = token.find_last_of(kEnds); at != kNone;
       at = at == 0 ? kNone : token.find_last_of(kEnds, at - 1)) {
    const bool whole = at + 1 == token.size();
    if (whole ? !last : kNonWord.find(token[at + 1]) != kNone) return at + 1;
  }
  return kNone;
}

}  // namespace

std::size_t CountSentences(std::string_view text) {
  const std::vector<std::string_view> tokens = Tokens(text);
  std::size_t ended = 0;
  bool open = false;  // something stands after the last sentence's end
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view token = tokens[i];
    const bool last = i + 1 == tokens.size();
    open = true;
    const std::size_t end = CandidateIn(token, last);
    if (end == kNone) continue;
    std::string_view rest = token.substr(end);
    const std::string_view next = !rest.empty() ? rest : tokens[i + 1];
    if (token[end - 1] == '.' && !PeriodEnds(token.substr(0, end), next)) {
      continue;
    }
    ++ended;
    if (rest.find_first_not_of(kClosers) == kNone) rest = {};
    open = !rest.empty();
  }
  return ended + (open ? 1 : 0);
}

}  // namespace rewards::rules
