#include "rewards/math/extract/neighbours.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/nouns.h"

namespace rewards::math {
namespace {

constexpr std::string_view kPercentWords[] = {"percent", "pct", "percents",
                                              "percentage"};

constexpr std::string_view kBefore[] = {
    "not",     "negative", "minus", "plus",   "times",  "over",   "sqrt",
    "sin",     "cos",      "tan",   "log",    "ln",     "exp",    "root",
    "never",   "half",     "twice", "double", "point",  "cube",   "square",
    "without", "nor",      "isn",   "versus", "except", "than",   "least",
    "most",    "under",    "below", "above",  "beyond", "almost", "nearly",
    "exceeds", "exceed",   "nicht"};

// Two words that change the number after them together. Of a word with other
// letters than English ones the end: größer, höher.
struct Pair {
  std::string_view first;
  std::string_view second;
};
constexpr Pair kPairsBefore[] = {
    {"up", "to"},        {"close", "to"},     {"half", "of"},
    {"root", "of"},      {"square", "of"},    {"cube", "of"},
    {"multiple", "of"},  {"multiples", "of"}, {"factor", "of"},
    {"factors", "of"},   {"divisor", "of"},   {"power", "of"},
    {"third", "of"},     {"quarter", "of"},   {"divisible", "by"},
    {"cannot", "be"},    {"not", "be"},       {"never", "be"},
    {"not", "equal"},    {"t", "be"},         {"or", "equal"},
    {"anything", "but"}, {"menos", "de"},     {"moins", "de"},
    {"plus", "de"},      {"mais", "de"},      {"mehr", "als"},
    {"weniger", "als"},  {"kleiner", "als"},  {"er", "als"},
    {"her", "als"}};

constexpr std::string_view kAfter[] = {
    "percent",  "pct",      "percents",   "percentage",  "times",
    "over",     "minus",    "plus",       "half",        "halves",
    "thirds",   "third",    "quarters",   "fourths",     "fifths",
    "mod",      "modulo",   "choose",     "pi",          "sqrt",
    "point",    "divided",  "multiplied", "and",         "or",
    "to",       "k",        "pairs",      "score",       "bn",
    "mn",       "tenths",   "hundredths", "thousandths", "eighths",
    "sixths",   "sevenths", "ninths",     "root",        "power",
    "infinity", "infinite", "percentile"};

// Words that do so behind a formula, too: "$7$ squared".
constexpr std::string_view kScales[] = {
    "hundred", "hundreds", "thousand", "thousands", "million", "millions",
    "billion", "billions", "trillion", "trillions", "dozen",   "dozens",
    "tens",    "squared",  "cubed",    "factorial"};

// 7 more than x, but 7 more apples.
constexpr std::string_view kComparatives[] = {"more", "less", "fewer",
                                              "greater", "smaller"};

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
constexpr std::string_view kForeignBefore[] = {
    "负",   "根号", "分之", "不是", "零下", "不",   "负数", "至少",  "至多",
    "超过", "大于", "小于", "多于", "少于", "低于", "高于", "不等于"};

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
    const syntax::CodePoint c = syntax::DecodeAt(word, pos);
    if (std::find(std::begin(kForeignNumbers), std::end(kForeignNumbers),
                  c.value) != std::end(kForeignNumbers)) {
      return true;
    }
    pos += c.length;
  }
  return false;
}

// True for a short run of letters that is no word: a product, as in `5 xyz`.
bool MayBeVariables(std::string_view word) {
  constexpr std::size_t kLongest = 3;
  constexpr std::string_view kWords[] = {
      "by", "my",  "try", "why", "fly", "dry", "sky", "mr", "mrs",
      "ms", "dr",  "st",  "th",  "nd",  "rd",  "cm",  "km", "mm",
      "ft", "yd",  "kg",  "mg",  "lb",  "lbs", "ml",  "hr", "hrs",
      "yr", "yrs", "mph", "yds", "kgs", "kph", "kmh"};
  return word.size() <= kLongest &&
         word.find_first_of("aeiou") == std::string_view::npos &&
         !Contains(kWords, word);
}

// Takes the last word of Latin letters off `text`; empty where it ends in none.
std::string TakeLastWord(std::string_view* text) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  while (text->ends_with(' ')) text->remove_suffix(1);
  const std::size_t last = text->find_last_not_of(kLetters);
  const std::size_t begin = last == std::string_view::npos ? 0 : last + 1;
  std::string word = Lower(text->substr(begin));
  *text = text->substr(0, begin);
  return word;
}

bool ChangesTogether(std::string_view before, std::string_view word) {
  const auto in_table = [](std::string_view first, std::string_view second) {
    return std::any_of(std::begin(kPairsBefore), std::end(kPairsBefore),
                       [&](const Pair& pair) {
                         return pair.first == first && pair.second == second;
                       });
  };
  const std::string second = Lower(word);
  const std::string first = TakeLastWord(&before);
  if (first == "equal" && second == "to") {  // not equal to
    return in_table(TakeLastWord(&before), first);
  }
  return in_table(first, second);
}

// inférieur, supérieure
bool EndsInFrenchComparative(std::string_view before) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  constexpr std::string_view kEnds[] = {"rieur", "rieure", "rieurs", "rieures"};
  return std::any_of(
      std::begin(kEnds), std::end(kEnds),
      [before](std::string_view end) { return before.ends_with(end); });
}

}  // namespace

bool IsPercentWord(std::string_view word) {
  return Contains(kPercentWords, Lower(word));
}

bool ChangesNext(std::string_view before, std::string_view word) {
  if (IsAscii(word)) {
    return Contains(kBefore, Lower(word)) || ChangesTogether(before, word);
  }
  if (word == "à") return EndsInFrenchComparative(before);
  // Whole words of scripts that put space between them.
  constexpr std::string_view kWhole[] = {"не", "больше", "меньше", "более",
                                         "менее"};
  if (Contains(kWhole, word)) return true;
  return std::any_of(
      std::begin(kForeignBefore), std::end(kForeignBefore),
      [word](std::string_view end) { return word.ends_with(end); });
}

bool ScalesPrevious(std::string_view word) {
  return Contains(kScales, Lower(word));
}

bool ChangesPrevious(std::string_view word, std::string_view next) {
  if (!IsAscii(word)) {
    return HasForeignNumber(word) || syntax::ChangesForeign(word);
  }
  const std::string lower = Lower(word);
  if (Contains(kComparatives, lower) && Lower(next) == "than") return true;
  if (lower.size() == 1) return lower != "a" && word != "I";
  return ScalesPrevious(lower) || Contains(kAfter, lower) ||
         MayBeVariables(lower);
}

}  // namespace rewards::math
