#include "rewards/math/syntax/nouns.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "rewards/math/syntax/code_point.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

// Words that no unit is made of: they change the number beside them, join two
// answers, or make a sentence.
constexpr std::string_view kNoNouns[] = {"hundred",
                                         "hundreds",
                                         "tens",
                                         "thousand",
                                         "thousands",
                                         "million",
                                         "millions",
                                         "billion",
                                         "billions",
                                         "trillion",
                                         "trillions",
                                         "dozen",
                                         "dozens",
                                         "percent",
                                         "squared",
                                         "cubed",
                                         "factorial",
                                         "times",
                                         "over",
                                         "minus",
                                         "plus",
                                         "half",
                                         "halves",
                                         "third",
                                         "thirds",
                                         "quarters",
                                         "fourths",
                                         "fifths",
                                         "sixths",
                                         "sevenths",
                                         "eighths",
                                         "ninths",
                                         "tenths",
                                         "hundredths",
                                         "modulo",
                                         "choose",

                                         "divided",
                                         "multiplied",
                                         "and",
                                         "or",
                                         "to",
                                         "pairs",
                                         "score",
                                         "power",
                                         "root",
                                         "infinity",
                                         "infinite",
                                         "percentile",
                                         "is",
                                         "are",
                                         "was",
                                         "be",
                                         "not",
                                         "no",
                                         "the",
                                         "a",
                                         "an",
                                         "of",
                                         "in",
                                         "on",
                                         "at",
                                         "if",
                                         "then",
                                         "but",
                                         "maybe",
                                         "more",
                                         "less",
                                         "than",
                                         "about",
                                         "with",
                                         "without",
                                         "each",
                                         "so",
                                         "we",
                                         "it",
                                         "this",
                                         "that",
                                         "these",
                                         "those",
                                         "which",
                                         "from",
                                         "for",
                                         "by",
                                         "as",
                                         "because",
                                         "either",
                                         "neither",
                                         "when",
                                         "where",
                                         "while",
                                         "wrong",
                                         "right answer",
                                         "correct",
                                         "incorrect",
                                         "answer",
                                         "true",
                                         "false",
                                         "versus",
                                         "nor",
                                         "between",
                                         "through",
                                         "until",
                                         "approximately",
                                         "roughly",
                                         "base",
                                         "remainder",
                                         "zero",
                                         "one",
                                         "two",
                                         "three",
                                         "four",
                                         "five",
                                         "six",
                                         "seven",
                                         "eight",
                                         "nine",
                                         "ten",
                                         "negative",
                                         "except",
                                         "since",
                                         "where",
                                         "such",
                                         "any",
                                         "all",
                                         "some",
                                         "every",
                                         "pm",
                                         "am"};

// Signs inside a word of another script that make it a number or a joint.
constexpr char32_t kForeignNumbers[] = {
    U'万', U'亿', U'億', U'萬', U'千', U'百', U'十', U'兆', U'半', U'倍',
    U'或', U'和', U'至', U'到', U'不', U'分', U'成', U'几', U'余', U'多',
    U'零', U'一', U'二', U'三', U'四', U'五', U'六', U'七', U'八', U'九',
    U'两', U'又', U'与', U'及', U'非', U'负', U'之', U'만', U'억'};

constexpr std::string_view kForeignNouns[] = {"分", "百分点", "人次"};

bool IsAscii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

bool HasForeignNumber(std::string_view word) {
  if (std::find(std::begin(kForeignNouns), std::end(kForeignNouns), word) !=
      std::end(kForeignNouns)) {
    return false;
  }
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

}  // namespace

bool ChangesForeign(std::string_view word) {
  constexpr std::string_view kChanges[] = {
      "的",   "以上", "以下", "以外", "未満", "未满", "ではな", "じゃな",
      "では", "이상", "이하", "미만", "초과", "아니", "아닙"};
  return std::any_of(std::begin(kChanges), std::end(kChanges),
                     [word](std::string_view part) {
                       return word.find(part) != std::string_view::npos;
                     });
}

bool MayBeNoun(std::string_view word, bool in_text, bool spaced) {
  if (!IsAscii(word)) return !HasForeignNumber(word) && !ChangesForeign(word);
  const std::string lower = Lower(word);
  if (std::find(std::begin(kNoNouns), std::end(kNoNouns), lower) !=
          std::end(kNoNouns) ||
      MeaningOf(lower).kind != TokenKind::kWord || IsNumberWord(lower)) {
    return false;
  }
  if (in_text) return true;
  constexpr std::size_t kShortest = 4;
  return spaced && word.size() >= kShortest &&
         lower.find_first_of("aeiouy") != std::string::npos;
}

}  // namespace rewards::math::syntax
