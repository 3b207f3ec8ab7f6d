#include "rewards/math/decide/texts.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The letter that a term of one letter shows, or nothing.
std::optional<std::string_view> LetterOf(TermRef a) {
  if (KindOf(a) == Kind::kSymbol && CountOf(a) == 0) {
    const std::string_view name = NameOf(a);
    for (const char c : name) {
      if (!IsAsciiLetter(c)) return std::nullopt;
    }
    return name;
  }
  if (KindOf(a) == Kind::kNamedSet && NameOf(a).size() == 1) return NameOf(a);
  if (KindOf(a) != Kind::kConstant) return std::nullopt;
  switch (static_cast<Constant>(a.tree->at(a.id).data)) {
    case Constant::kE:
      return "e";
    case Constant::kI:
      return "i";
    default:
      return std::nullopt;
  }
}

std::string Lower(std::string_view words) {
  std::string lower(words);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// The letter in front of a choice's own words: (d) alina, d. alina, d alina.
// "a dog" without a mark is no choice. Empty: none.
std::string ChoiceOf(std::string_view words) {
  const bool open = words.starts_with('(');
  if (open) words.remove_prefix(1);
  constexpr std::size_t kShortest = 3;
  if (words.size() < kShortest || words[0] < 'a' || words[0] > 'h') return {};
  const char mark = words[1];
  const bool marked = open ? mark == ')' : mark == '.' || mark == ')';
  const bool bare = !open && mark == ' ' && words[0] != 'a';
  return marked || bare ? std::string(1, words[0]) : std::string();
}

// The words that `a` spells, in small letters, or nothing.
std::optional<std::string> WordsOf(TermRef a) {
  if (KindOf(a) == Kind::kText) return Lower(NameOf(a));
  if (const auto segment = LinedSegment(a); !segment.empty()) {
    return Lower(segment);
  }
  std::string words;
  if (KindOf(a) == Kind::kProduct) {
    for (const TermRef factor : Children(a)) {
      const auto letter = LetterOf(factor);
      if (!letter) return std::nullopt;
      words += *letter;
    }
  } else if (const auto letter = LetterOf(a)) {
    words = *letter;
  } else {
    return std::nullopt;
  }
  return Lower(words);
}

// A choice with its words against its letter alone.
bool SameChoice(std::string_view a, std::string_view b) {
  return (b.size() == 1 && ChoiceOf(a) == b) ||
         (a.size() == 1 && ChoiceOf(b) == a);
}

bool IsNothing(std::string_view words) {
  constexpr std::string_view kNothing[] = {"no solution", "no solutions",
                                           "empty set",   "the empty set",
                                           "无解",        "空集"};
  return std::find(std::begin(kNothing), std::end(kNothing), words) !=
         std::end(kNothing);
}

// Two spellings of what a limit may fail to do.
bool IsMissing(std::string_view words) {
  return words == "dne" || words == "does not exist" || words == "不存在";
}

std::string_view WithoutArticle(std::string_view words) {
  for (const std::string_view article : {"a ", "an ", "the "}) {
    if (words.starts_with(article)) return words.substr(article.size());
  }
  return words;
}

bool SameThing(std::string_view a, std::string_view b) {
  return WithoutArticle(a) == WithoutArticle(b) || SameChoice(a, b) ||
         (IsNothing(a) && IsNothing(b)) || (IsMissing(a) && IsMissing(b));
}

// ABD for A, B, D: the letters of several choices, in order and each once.
bool AreChoices(std::string_view words, TermRef list) {
  std::vector<TermRef> letters = Children(list);
  constexpr std::size_t kFewest = 2;
  if (words.size() < kFewest || words.size() != letters.size()) return false;
  std::string sorted;
  for (const TermRef letter : letters) {
    const auto one = WordsOf(letter);
    if (!one || one->size() != 1) return false;
    sorted += *one;
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted == words &&
         std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
}

// Words against what is no word, but says the same.
bool SaysTheSame(std::string_view words, TermRef other) {
  switch (KindOf(other)) {
    case Kind::kSet:
      return CountOf(other) == 0 && IsNothing(words);
    case Kind::kList:
      return AreChoices(words, other);
    default:
      return false;
  }
}

Decision SameWords() {
  Decision decision = Proved("the same words");
  decision.evidence = "text";
  return decision;
}

char32_t Decode(std::string_view text, std::size_t* at) {
  const auto lead = static_cast<unsigned char>(text[(*at)++]);
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t c = lead;
  if (more > 0) c = lead & (0x3FU >> more);
  for (int i = 0; i < more && *at < text.size(); ++i) {
    c = (c << 6U) | (static_cast<unsigned char>(text[(*at)++]) & 0x3FU);
  }
  return c;
}

// Letters, spaces and the marks of a sentence. Nothing else is a word: signs
// and digits of any script may be mathematics.
bool IsWordCharacter(char32_t c) {
  if (c < 0x80) {
    return IsAsciiLetter(static_cast<char>(c)) ||
           std::string_view(" ,.;:!?'\"()").find(static_cast<char>(c)) !=
               std::string_view::npos;
  }
  struct Range {
    char32_t first;
    char32_t last;
  };
  constexpr Range kLetters[] = {
      {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x24F},     // Latin
      {0x370, 0x52F},                                        // Greek, Cyrillic
      {0x5D0, 0x5EA},   {0x620, 0x65F},   {0x904, 0x963},    // Hebrew ... Hindi
      {0xE01, 0xE3A},   {0x1E00, 0x1FFF}, {0x3001, 0x3002},  // Thai, marks
      {0x3041, 0x30FF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},  // CJK, Korean
      {0xFF08, 0xFF09}, {0xFF0C, 0xFF0C}, {0xFF1B, 0xFF1B}};
  for (const Range& range : kLetters) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

bool IsPlain(std::string_view words) {
  for (std::size_t at = 0; at < words.size();) {
    if (!IsWordCharacter(Decode(words, &at))) return false;
  }
  return !words.empty();
}

}  // namespace

Decision DecideTexts(TermRef a, TermRef b) {
  if (KindOf(a) != Kind::kText && KindOf(b) != Kind::kText) {
    return Undecided("no words");
  }
  const auto first = WordsOf(a);
  const auto second = WordsOf(b);
  if (!first || !second) {
    const bool same = (first && SaysTheSame(*first, b)) ||
                      (second && SaysTheSame(*second, a));
    return same ? SameWords() : Undecided("words against mathematics");
  }
  if (!IsPlain(*first) || !IsPlain(*second)) {
    return Undecided("words that may be mathematics");
  }
  return SameThing(*first, *second) ? SameWords()
                                    : Undecided("different words");
}

}  // namespace rewards::math
