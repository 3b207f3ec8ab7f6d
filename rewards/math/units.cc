#include "rewards/math/units.h"

#include <algorithm>
#include <iterator>

#include "rewards/math/fold.h"

namespace rewards::math {
namespace {

struct Spelling {
  std::string_view from;
  std::string_view to;
};

// Spellings of one unit. Words not here stand for themselves, less a plural s.
constexpr Spelling kUnits[] = {
    {"bucks", "dollar"},   {"usd", "dollar"},     {"eur", "euro"},
    {"gbp", "pound"},      {"centimeter", "cm"},  {"centimeters", "cm"},
    {"centimetre", "cm"},  {"centimetres", "cm"}, {"cm", "cm"},
    {"meter", "m"},        {"meters", "m"},       {"metre", "m"},
    {"metres", "m"},       {"kilometer", "km"},   {"kilometers", "km"},
    {"kilometre", "km"},   {"kilometres", "km"},  {"km", "km"},
    {"millimeter", "mm"},  {"millimeters", "mm"}, {"millimetres", "mm"},
    {"mm", "mm"},          {"feet", "foot"},      {"ft", "foot"},
    {"inches", "inch"},    {"yd", "yard"},        {"yds", "yard"},
    {"mi", "mile"},        {"grams", "g"},        {"gram", "g"},
    {"kilogram", "kg"},    {"kilograms", "kg"},   {"kg", "kg"},
    {"kgs", "kg"},         {"milligrams", "mg"},  {"mg", "mg"},
    {"lb", "pound"},       {"lbs", "pound"},      {"oz", "ounce"},
    {"liter", "l"},        {"liters", "l"},       {"litre", "l"},
    {"litres", "l"},       {"ml", "ml"},          {"milliliters", "ml"},
    {"hr", "hour"},        {"hrs", "hour"},       {"min", "minute"},
    {"mins", "minute"},    {"sec", "second"},     {"secs", "second"},
    {"yr", "year"},        {"yrs", "year"},       {"mph", "mile/hour"},
    {"kph", "km/hour"},    {"kmh", "km/hour"},    {"people", "person"},
    {"persons", "person"}, {"children", "child"}, {"men", "man"},
    {"women", "woman"},    {"mice", "mouse"},     {"geese", "goose"},
    {"degrees", "degree"}, {"deg", "degree"},     {"unit", ""},
    {"units", ""},         {"days", "day"},       {"day", "day"},
    {"cats", "cat"},       {"dogs", "dog"},       {"pens", "pen"},
    {"eggs", "egg"},       {"cups", "cup"},       {"cents", "cent"},
    {"hours", "hour"},     {"weeks", "week"},     {"years", "year"},
    {"minutes", "minute"}, {"seconds", "second"}, {"months", "month"},
    {"miles", "mile"},
};

// Words of a unit that carry no meaning of their own, or build a larger unit.
constexpr std::string_view kPercentWords[] = {"percent", "pct", "percents",
                                              "percentage"};

constexpr std::string_view kBefore[] = {
    "not",     "negative", "minus", "plus",   "times", "over", "sqrt",
    "sin",     "cos",      "tan",   "log",    "ln",    "exp",  "root",
    "never",   "half",     "twice", "double", "point", "cube", "square",
    "without", "nor",      "isn",   "versus", "except"};

constexpr std::string_view kAfter[] = {
    "hundred",    "hundreds", "thousand",   "thousands",   "million",
    "millions",   "billion",  "billions",   "trillion",    "trillions",
    "dozen",      "dozens",   "percent",    "pct",         "percents",
    "percentage", "squared",  "cubed",      "factorial",   "times",
    "over",       "minus",    "plus",       "half",        "halves",
    "thirds",     "third",    "quarters",   "fourths",     "fifths",
    "mod",        "modulo",   "choose",     "pi",          "sqrt",
    "point",      "divided",  "multiplied", "and",         "or",
    "to",         "k",        "pairs",      "score",       "bn",
    "mn",         "tenths",   "hundredths", "thousandths", "eighths",
    "sixths",     "sevenths", "ninths",     "root",        "power",
    "infinity",   "infinite", "percentile"};

// Words that never belong to a unit: they make a sentence.
constexpr std::string_view kSentence[] = {
    "is",      "are",       "was",       "be",
    "not",     "no",        "the",       "a",
    "an",      "of",        "in",        "on",
    "at",      "if",        "then",      "but",
    "maybe",   "more",      "less",      "than",
    "about",   "with",      "without",   "each",
    "so",      "we",        "it",        "this",
    "that",    "these",     "those",     "which",
    "from",    "for",       "by",        "as",
    "because", "either",    "neither",   "when",
    "where",   "while",     "wrong",     "right",
    "correct", "incorrect", "answer",    "sin",
    "cos",     "tan",       "log",       "ln",
    "exp",     "lim",       "max",       "gcd",
    "lcm",     "inf",       "nan",       "true",
    "false",   "not",       "versus",    "nor",
    "between", "through",   "until",     "approximately",
    "roughly", "base",      "remainder", "zero",
    "one",     "two",       "three",     "four",
    "five",    "six",       "seven",     "eight",
    "nine",    "ten",       "negative",  "except"};

// Signs inside a word of another script that make it a number or a joint.
constexpr char32_t kForeignNumbers[] = {
    U'万', U'亿', U'億', U'萬', U'千', U'百', U'十', U'兆', U'半', U'倍',
    U'或', U'和', U'至', U'到', U'不', U'分', U'成', U'几', U'余', U'多',
    U'零', U'一', U'二', U'三', U'四', U'五', U'六', U'七', U'八', U'九',
    U'两', U'又', U'与', U'及', U'非', U'负', U'만', U'억'};

// Words of other scripts that hold such a sign and are units all the same.
constexpr std::string_view kForeignUnits[] = {
    "千克", "千米",     "千瓦",     "分钟", "分",      "百分点",
    "人次", "平方千米", "平方分米", "分米", "立方分米"};

// Ends of words of other scripts that change the number after them.
constexpr std::string_view kForeignBefore[] = {"负",   "根号", "分之", "不是",
                                               "零下", "不",   "负数"};

template <std::size_t N>
bool Contains(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool IsAscii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

bool HasForeignNumber(std::string_view word) {
  if (Contains(kForeignUnits, word)) return false;
  for (std::size_t pos = 0; pos < word.size();) {
    const CodePoint c = DecodeAt(word, pos);
    if (std::find(std::begin(kForeignNumbers), std::end(kForeignNumbers),
                  c.value) != std::end(kForeignNumbers)) {
      return true;
    }
    pos += c.length;
  }
  return false;
}

bool HasVowel(std::string_view word) {
  return word.find_first_of("aeiouy") != std::string_view::npos;
}

const Spelling* FindUnit(std::string_view word) {
  const auto* found =
      std::find_if(std::begin(kUnits), std::end(kUnits),
                   [word](const Spelling& s) { return s.from == word; });
  return found == std::end(kUnits) ? nullptr : found;
}

// True for a short run of letters that is no word: a product, as in `5 xyz`.
bool MayBeVariables(std::string_view word) {
  constexpr std::size_t kLongest = 3;
  constexpr std::string_view kWords[] = {"by",  "my",  "try", "why", "fly",
                                         "dry", "sky", "mr",  "mrs", "ms",
                                         "dr",  "st",  "th",  "nd",  "rd"};
  return word.size() <= kLongest &&
         word.find_first_of("aeiou") == std::string_view::npos &&
         !Contains(kWords, word) && FindUnit(word) == nullptr;
}

std::string Canonical(const std::string& word) {
  if (const Spelling* unit = FindUnit(word)) return std::string(unit->to);
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) {
    return word.substr(0, word.size() - 1);
  }
  return word;
}

// Reads the words of a suffix one by one into a unit.
class SuffixReader {
 public:
  Read<Suffix> Run(std::span<const Token> tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!Step(tokens, &i)) return Unexpected(tokens[i]);
    }
    if (per_ || !power_.empty()) return ReadError("an unfinished unit");
    return std::move(suffix_);
  }

 private:
  bool Step(std::span<const Token> tokens, std::size_t* i) {
    const Token& token = tokens[*i];
    switch (token.kind) {
      case TokenKind::kPercent:
        return Percent();
      case TokenKind::kDegree:
        return Add("degree");
      case TokenKind::kCurrency:
        return Add(std::string(token.text));
      case TokenKind::kText:
        return Text(token.text);
      case TokenKind::kWord:
        return Word(token.text, /*in_text=*/false, token.space_before);
      case TokenKind::kDivide:
        return Per();
      case TokenKind::kPower:
        return Power(tokens, i);
      default:
        return false;
    }
  }

  bool Percent() {
    if (suffix_.percent || !suffix_.unit.empty()) return false;
    suffix_.percent = true;
    return true;
  }

  bool Per() {
    if (per_ || suffix_.unit.empty()) return false;
    per_ = true;
    return true;
  }

  // ^2 or ^\circ, either in braces.
  bool Power(std::span<const Token> tokens, std::size_t* i) {
    std::size_t at = *i + 1;
    const bool braced =
        at < tokens.size() && tokens[at].kind == TokenKind::kOpenBrace;
    if (braced) ++at;
    if (at >= tokens.size()) return false;
    const Token& token = tokens[at];
    if (braced &&
        (++at >= tokens.size() || tokens[at].kind != TokenKind::kCloseBrace)) {
      return false;
    }
    *i = at;
    if (token.kind == TokenKind::kDegree) return Add("degree");
    if (token.text != "2" && token.text != "3") return false;
    if (suffix_.unit.empty() && !generic_) return false;
    suffix_.unit += "^" + std::string(token.text);
    if (generic_) suffix_.unit.clear();
    return true;
  }

  bool Text(std::string_view text) {
    std::size_t begin = 0;
    while (true) {
      begin = text.find_first_not_of(" ~,.", begin);
      if (begin == std::string_view::npos) return true;
      const std::size_t end =
          std::min(text.find_first_of(" ~,.", begin), text.size());
      if (!Slashed(text.substr(begin, end - begin))) return false;
      begin = end;
    }
  }

  // A word of \text, which may be km/h.
  bool Slashed(std::string_view word) {
    const std::size_t slash = word.find('/');
    if (slash == std::string_view::npos) return TextWord(word);
    return TextWord(word.substr(0, slash)) && Per() &&
           TextWord(word.substr(slash + 1));
  }

  bool TextWord(std::string_view word) {
    if (word == "%" || word == "\\%") return Percent();
    std::size_t pos = 0;
    while (pos < word.size()) {
      const CodePoint c = DecodeAt(word, pos);
      const bool letter =
          c.value < 0x80 ? (c.value | 0x20U) >= 'a' && (c.value | 0x20U) <= 'z'
                         : IsForeignLetter(c.value);
      if (!letter) return false;
      pos += c.length;
    }
    return !word.empty() && Word(word, /*in_text=*/true, true);
  }

  bool Word(std::string_view text, bool in_text, bool spaced) {
    const std::string word = Lower(text);
    if (IsPercentWord(word)) return Percent();
    if (word == "per" || word == "an") return word == "an" ? per_ : Per();
    if (word == "square" || word == "cubic" || word == "sq" || word == "cu") {
      if (!power_.empty()) return false;
      power_ = word[0] == 's' ? "^2" : "^3";
      return true;
    }
    if (word == "squared" || word == "cubed") {
      if (suffix_.unit.empty()) return false;
      suffix_.unit += word[0] == 's' ? "^2" : "^3";
      return true;
    }
    if (!MayBeUnit(word, in_text, spaced)) return false;
    return Add(Canonical(word));
  }

  static bool MayBeUnit(const std::string& word, bool in_text, bool spaced) {
    if (!IsAscii(word)) return !HasForeignNumber(word);
    if (FindUnit(word) != nullptr) return true;
    if (Contains(kAfter, word) || Contains(kSentence, word)) return false;
    // One letter may be a unit or a variable: only metres and the like.
    if (word.size() == 1) {
      return in_text && word.find_first_of("msghl") != std::string::npos;
    }
    if (in_text) return true;
    constexpr std::size_t kShortestBareUnit = 4;
    return spaced && word.size() >= kShortestBareUnit && HasVowel(word);
  }

  bool Add(std::string unit) {
    constexpr std::size_t kMaxWords = 6;
    if (suffix_.percent || ++words_ > kMaxWords) return false;
    if (unit.empty()) {  // "units": a unit of nothing in particular
      generic_ = true;
      power_.clear();
      return !per_;
    }
    if (!suffix_.unit.empty()) suffix_.unit += per_ ? "/" : " ";
    suffix_.unit += unit + power_;
    power_.clear();
    per_ = false;
    return true;
  }

  Suffix suffix_;
  std::string power_;
  bool per_ = false;
  bool generic_ = false;
  std::size_t words_ = 0;
};

}  // namespace

Read<Suffix> ReadSuffix(std::span<const Token> tokens) {
  return SuffixReader().Run(tokens);
}

bool IsPercentWord(std::string_view word) {
  return Contains(kPercentWords, Lower(word));
}

bool ChangesNext(std::string_view word) {
  if (IsAscii(word)) return Contains(kBefore, Lower(word));
  return std::any_of(
      std::begin(kForeignBefore), std::end(kForeignBefore),
      [word](std::string_view end) { return word.ends_with(end); });
}

bool ChangesPrevious(std::string_view word) {
  if (!IsAscii(word)) return HasForeignNumber(word);
  const std::string lower = Lower(word);
  if (lower.size() == 1) return lower != "a" && word != "I";
  return Contains(kAfter, lower) || MayBeVariables(lower);
}

}  // namespace rewards::math
