#include "rewards/math/syntax/words.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

struct Entry {
  std::string_view word;
  TokenKind kind;
  std::string_view text{};
  std::uint32_t data = 0;
};

constexpr Entry kEntries[] = {
    {"sin", kFunction, "sin"},
    {"cos", kFunction, "cos"},
    {"tan", kFunction, "tan"},
    {"cot", kFunction, "cot"},
    {"sec", kFunction, "sec"},
    {"csc", kFunction, "csc"},
    {"tg", kFunction, "tan"},
    {"ctg", kFunction, "cot"},
    {"sinh", kFunction, "sinh"},
    {"cosh", kFunction, "cosh"},
    {"tanh", kFunction, "tanh"},
    {"coth", kFunction, "coth"},
    {"arcsin", kFunction, "arcsin"},
    {"arccos", kFunction, "arccos"},
    {"arctan", kFunction, "arctan"},
    {"arccot", kFunction, "arccot"},
    {"arcsinh", kFunction, "arcsinh"},
    {"arccosh", kFunction, "arccosh"},
    {"arctanh", kFunction, "arctanh"},
    {"asin", kFunction, "arcsin"},
    {"acos", kFunction, "arccos"},
    {"atan", kFunction, "arctan"},
    {"arsinh", kFunction, "arcsinh"},
    {"arcosh", kFunction, "arccosh"},
    {"artanh", kFunction, "arctanh"},
    {"ln", kFunction, "ln"},
    {"log", kFunction, "log"},
    {"lg", kFunction, "lg"},
    {"exp", kFunction, "exp"},
    {"abs", kFunction, "abs"},
    {"floor", kFunction, "floor"},
    {"ceil", kFunction, "ceil"},
    {"gcd", kFunction, "gcd"},
    {"lcm", kFunction, "lcm"},
    {"min", kFunction, "min"},
    {"max", kFunction, "max"},
    {"det", kFunction, "det"},
    {"cis", kFunction, "cis"},
    {"sgn", kFunction, "sgn"},
    {"arg", kFunction, "arg"},
    {"re", kFunction, "Re"},
    {"im", kFunction, "Im"},
    {"tr", kFunction, "tr"},
    {"cbrt", kPlainRoot, "3"},
    {"sqrt", kPlainRoot, "2"},
    {"根号", kPlainRoot, "2"},
    {"pi", kLetter, "\\pi"},
    {"alpha", kLetter, "\\alpha"},
    {"beta", kLetter, "\\beta"},
    {"gamma", kLetter, "\\gamma"},
    {"delta", kLetter, "\\delta"},
    {"epsilon", kLetter, "\\epsilon"},
    {"theta", kLetter, "\\theta"},
    {"lambda", kLetter, "\\lambda"},
    {"mu", kLetter, "\\mu"},
    {"rho", kLetter, "\\rho"},
    {"sigma", kLetter, "\\sigma"},
    {"tau", kLetter, "\\tau"},
    {"phi", kLetter, "\\phi"},
    {"omega", kLetter, "\\omega"},
    {"infinity", kInfinity},
    {"inf", kInfinity},
    {"infty", kInfinity},
    {"oo", kInfinity},
    {"negative", kMinus},
    {"minus", kMinus},
    {"plus", kPlus},
    {"负", kMinus},
    {"mod", kModulo},
    {"modulo", kModulo},
    {"percent", kPercent},
    {"pct", kPercent},
    {"percents", kPercent},
    {"degrees", kDegree},
    {"degree", kDegree},
    {"deg", kDegree},
    {"度", kDegree},
    {"or", kOr},
    {"oder", kOr},
    {"ou", kOr},
    {"или", kOr},
    {"或", kOr},
    {"或者", kOr},
    {"and", kAnd},
    {"und", kAnd},
    {"和", kAnd},
    {"与", kAnd},
    {"且", kAnd},
    {"及", kAnd},
    {"以及", kAnd},
    {"if", kWhere},
    {"where", kWhere},
    {"when", kWhere},
    {"for", kWhere},
    {"union", kUnion},
    {"in", kRelation, {}, static_cast<std::uint32_t>(Sign::kIn)},
    {"equals", kRelation, {}, static_cast<std::uint32_t>(Sign::kEqual)},
};

// The entry of a word in small letters, or null.
const Entry* FindEntry(std::string_view lower) {
  static const auto sorted = [] {
    std::array<const Entry*, std::size(kEntries)> entries{};
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i] = &kEntries[i];
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return a->word < b->word; });
    return entries;
  }();
  const auto* const found = std::lower_bound(
      sorted.begin(), sorted.end(), lower,
      [](const Entry* entry, std::string_view w) { return entry->word < w; });
  return found != sorted.end() && (*found)->word == lower ? *found : nullptr;
}

struct Value {
  std::string_view word;
  long value;
};

constexpr Value kSmall[] = {
    {"zero", 0},     {"one", 1},        {"two", 2},       {"three", 3},
    {"four", 4},     {"five", 5},       {"six", 6},       {"seven", 7},
    {"eight", 8},    {"nine", 9},       {"ten", 10},      {"eleven", 11},
    {"twelve", 12},  {"thirteen", 13},  {"fourteen", 14}, {"fifteen", 15},
    {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
    {"twenty", 20},  {"thirty", 30},    {"forty", 40},    {"fifty", 50},
    {"sixty", 60},   {"seventy", 70},   {"eighty", 80},   {"ninety", 90},
};

constexpr Value kPart[] = {
    {"half", 2},  {"third", 3},   {"quarter", 4}, {"fourth", 4}, {"fifth", 5},
    {"sixth", 6}, {"seventh", 7}, {"eighth", 8},  {"ninth", 9},  {"tenth", 10},
};

constexpr Value kMagnitudes[] = {
    {"hundred", 100},
    {"thousand", 1000},
    {"million", 1'000'000},
    {"billion", 1'000'000'000},
    {"trillion", 1'000'000'000'000},
    {"hundreds", 100},
    {"thousands", 1000},
    {"millions", 1'000'000},
    {"billions", 1'000'000'000},
    {"dozen", 12},
    {"千", 1000},
    {"万", 10'000},
    {"萬", 10'000},
    {"亿", 100'000'000},
    {"億", 100'000'000},
    {"만", 10'000},
    {"억", 100'000'000},
};

constexpr Value kSetNouns[] = {
    {"integer", 'Z'},  {"integers", 'Z'},  {"real", 'R'},    {"reals", 'R'},
    {"rational", 'Q'}, {"rationals", 'Q'}, {"natural", 'N'}, {"naturals", 'N'},
    {"complex", 'C'},  {"整数", 'Z'},      {"实数", 'R'},
};

// Short English words that are no product of letters.
constexpr std::string_view kShortWords[] = {
    "no",  "per", "the", "are", "was", "has", "its", "can", "get", "may",
    "see", "let", "set", "sum", "end", "yes", "odd", "day", "red", "sun",
    "mon", "tue", "wed", "fri", "sat", "to",  "is",  "at",  "an",  "as",
    "am",  "be",  "by",  "if",  "in",  "it",  "on",  "of",  "so",  "we",
    "us",  "up",  "do",  "go",  "he",  "me",  "my",  "or",  "not", "any",
    "all", "ace", "act", "add", "art", "bit", "box", "cut", "dot", "for",
    "why", "try", "fly", "dry", "sky", "cry", "shy", "ad",  "ah",  "oh",
    "hi",  "his", "how", "lot", "low", "now", "nor", "aim", "air", "fix",
    "fox", "mr",  "ms",  "dr",  "st",  "th",  "nd",  "rd",  "hm",  "aged"};

template <std::size_t N>
long Find(const Value (&table)[N], std::string_view word) {
  for (const Value& entry : table) {
    if (entry.word == word) return entry.value;
  }
  return -1;
}

bool IsVowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

// One sign of a Chinese numeral: a digit below 10, or ten, a hundred ...; -1.
long ChineseSign(char32_t c) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
  const auto at = kDigits.find(c);
  if (at != std::u32string_view::npos) return static_cast<long>(at);
  switch (c) {
    case U'〇':
      return 0;
    case U'两':
      return 2;
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
    case U'萬':
      return 10'000;
    case U'亿':
    case U'億':
      return 100'000'000;
    default:
      return -1;
  }
}

std::optional<long> ChineseNumber(std::string_view word) {
  constexpr std::size_t kLongest = 48;  // bytes, which keeps it in a long
  if (word.empty() || word.size() > kLongest) return std::nullopt;
  long total = 0;    // of finished groups of ten thousand
  long section = 0;  // of the group at hand
  long digit = -1;
  for (std::size_t pos = 0; pos < word.size();) {
    const CodePoint c = DecodeAt(word, pos);
    pos += c.length;
    const long sign = ChineseSign(c.value);
    if (sign < 0) return std::nullopt;
    if (sign < 10) {
      if (digit > 0) return std::nullopt;  // digits side by side
      digit = sign;
    } else if (sign < 10'000) {
      section += (digit < 0 ? 1 : digit) * sign;
      digit = -1;
    } else {
      if (total > 1'000'000'000) return std::nullopt;
      total = (total + section + std::max(digit, 0L)) * sign;
      section = 0;
      digit = -1;
    }
  }
  return total + section + std::max(digit, 0L);
}

}  // namespace

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

Meaning MeaningOf(std::string_view word) {
  const Entry* entry = FindEntry(Lower(word));
  return entry == nullptr ? Meaning{}
                          : Meaning{entry->kind, entry->text, entry->data};
}

std::string_view FunctionPrefix(std::string_view word) {
  if (word.size() < 3) return {};
  const std::string_view front = word.substr(0, word.size() - 1);
  if (front == "re" || front == "im") return {};  // a "rep" is no Re(p)
  const Entry* entry = FindEntry(front);
  return entry != nullptr && entry->kind == kFunction ? entry->text
                                                      : std::string_view();
}

bool IsShortWord(std::string_view word) {
  return std::find(std::begin(kShortWords), std::end(kShortWords),
                   Lower(word)) != std::end(kShortWords);
}

bool IsProductOfLetters(std::string_view word, bool alone) {
  constexpr std::size_t kLongest = 3;
  const bool ascii = std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (!ascii) return false;
  if (IsShortWord(word)) return false;
  const std::string lower = Lower(word);
  const bool capitals = std::all_of(
      word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (capitals) return !alone;
  // In the order of the alphabet without a repeat: abc, xyz; or no vowel.
  const bool ordered =
      std::adjacent_find(lower.begin(), lower.end(),
                         std::greater_equal<char>()) == lower.end();
  const bool no_vowel = std::none_of(lower.begin(), lower.end(), IsVowel);
  if (word.size() > kLongest) return ordered && no_vowel;
  if (!alone && NumberOfWords(std::array{lower}).has_value()) return false;
  return !alone || ordered || no_vowel;
}

bool IsNumberWord(std::string_view word) {
  return Find(kSmall, word) >= 0 || Find(kMagnitudes, word) > 0 ||
         ChineseNumber(word).has_value();
}

std::optional<long> NumberOfWords(std::span<const std::string> words) {
  constexpr std::size_t kMostWords = 12;
  if (words.empty() || words.size() > kMostWords) return std::nullopt;
  if (words.size() == 1) {
    if (const auto number = ChineseNumber(words[0])) return number;
  }
  long total = 0;
  long section = 0;
  long last = -1;  // the small number before, or -1
  for (const std::string& word : words) {
    if (word == "and") {
      if (last >= 0) return std::nullopt;
      continue;
    }
    if (const long small = Find(kSmall, word); small >= 0) {
      // "twenty five" joins; "five twenty" does not.
      if (last >= 0 && (last < 20 || small >= 10 || small == 0)) {
        return std::nullopt;
      }
      section += small;
      last = small;
      continue;
    }
    const long magnitude = Find(kMagnitudes, word);
    if (magnitude < 100 || magnitude > 1'000'000) return std::nullopt;
    if (section == 0) return std::nullopt;
    if (magnitude == 100) {
      section *= 100;
    } else {
      total += section * magnitude;
      section = 0;
    }
    last = -1;
  }
  return total + section;
}

long PartsOfOne(std::string_view word, bool several) {
  if (!several) return std::max(Find(kPart, word), 0L);
  if (word == "halves") return 2;
  if (!word.ends_with('s')) return 0;
  word.remove_suffix(1);
  return word == "half" ? 0 : std::max(Find(kPart, word), 0L);
}

long Magnitude(std::string_view word) {
  return std::max(Find(kMagnitudes, word), 0L);
}

std::string_view SetNoun(std::string_view word) {
  switch (Find(kSetNouns, word)) {
    case 'Z':
      return "Z";
    case 'R':
      return "R";
    case 'Q':
      return "Q";
    case 'N':
      return "N";
    case 'C':
      return "C";
    default:
      return {};
  }
}

}  // namespace rewards::math::syntax
