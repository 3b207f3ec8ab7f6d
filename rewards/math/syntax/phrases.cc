// Words and what they make of a number: units, money, spelled numbers, ranges
// of a parameter.

#include <algorithm>
#include <array>
#include <string>

#include "rewards/math/syntax/parser.h"
#include "rewards/math/syntax/unit_words.h"
#include "rewards/math/syntax/units.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

bool IsArticle(std::string_view word) {
  return word == "a" || word == "an" || word == "any" || word == "all" ||
         word == "is" || word == "are" || word == "some" || word == "every" ||
         word == "each" || word == "be" || word == "the";
}

// "twenty-five" as two words.
std::vector<std::string> HyphenParts(std::string_view word) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = word.find('-');
    parts.emplace_back(word.substr(0, end));
    if (end == std::string_view::npos) return parts;
    word.remove_prefix(end + 1);
  }
}

}  // namespace

// A word where an operand is expected.
void Parser::Word() {
  const std::string word = Lower(Here().text);
  if ((word == "either" || word == "both") && StartsElement() &&
      !IsBoundary(pos_ + 1)) {
    ++pos_;  // "either 3 or 5": says nothing more
    return;
  }
  if (SaysNothingMore(word)) {
    ++pos_;
    return;
  }
  if (DatePhrase() || SetPhrase() || error_) return;
  if (SpelledNumber()) return;
  TextRun();
}

// "for all x", "all n > 3", "only x = 2": the quantifier goes without saying.
// "all x" alone does not. Requires: at `word`.
bool Parser::SaysNothingMore(std::string_view word) const {
  const bool quantifier =
      word == "all" || word == "any" || word == "every" || word == "only";
  if (!quantifier || Ahead().kind != kLetter || !StartsElement()) return false;
  return Ahead(2).kind == TokenKind::kRelation || TopIs(Op::kWhere);
}

// Spelled numbers: "twenty-five", "two thirds", "one and a half", alone or
// before a unit.
bool Parser::SpelledNumber() {
  if (!StartsElement() && !TopIs(Op::kSign)) return false;
  std::vector<std::string> words;
  std::size_t at = pos_;
  for (; tokens_[at].kind == kWord || tokens_[at].kind == kAnd; ++at) {
    const std::string word = Lower(tokens_[at].text);
    const std::vector<std::string> parts = HyphenParts(word);
    const bool all = std::all_of(parts.begin(), parts.end(), IsNumberWord);
    if (!all && (word != "and" || words.empty())) break;
    words.insert(words.end(), parts.begin(), parts.end());
  }
  while (!words.empty() && words.back() == "and") {
    words.pop_back();
    --at;
  }
  const long bottom = SpelledFraction(&words, &at);
  const std::optional<long> value = NumberOfWords(words);
  if (!value) return false;
  long top = *value;
  long parts = bottom;
  if (bottom == 0 && tokens_[at].kind == kAnd && at + 2 < tokens_.size() &&
      Lower(tokens_[at + 1].text) == "a") {
    parts = PartsOfOne(Lower(tokens_[at + 2].text), false);
    if (parts != 0) {
      top = top * parts + 1;
      at += 3;
    }
  }
  const bool unit = tokens_[at].kind == kWord && IsKnownUnit(tokens_[at].text);
  if (!unit && !IsBoundary(at) && tokens_[at].kind != TokenKind::kPercent &&
      tokens_[at].kind != kDegree) {
    return false;
  }
  pos_ = at;
  PushNumber(top);
  if (parts == 0) return true;
  const std::array both = {Pop(), tree_.AddNumber({Rational(parts)})};
  Push(tree_.Add(Kind::kDivide, both));
  return true;
}

// Takes "thirds" behind `words`, or "two-thirds" or 三分之二 as a whole, at
// `at`: into how many parts it divides; 0 where it stands for no fraction. From
// "twenty" on only an ordinal can be meant, as in "twenty-fifth".
long Parser::SpelledFraction(std::vector<std::string>* words,
                             std::size_t* at) const {
  constexpr long kMostParts = 19;
  constexpr std::string_view kPartsOf = "分之";
  if (tokens_[*at].kind != kWord) return 0;
  const std::string_view word = tokens_[*at].text;
  const std::size_t of = word.find(kPartsOf);
  if (of != std::string_view::npos && words->empty()) {
    const std::array below = {std::string(word.substr(0, of))};
    const long bottom = NumberOfWords(below).value_or(0);
    if (bottom == 0) return 0;
    words->emplace_back(word.substr(of + kPartsOf.size()));
    ++*at;
    return bottom;
  }
  std::vector<std::string> parts = HyphenParts(Lower(tokens_[*at].text));
  const std::string part = std::move(parts.back());
  parts.pop_back();
  parts.insert(parts.begin(), words->begin(), words->end());
  const std::optional<long> count = NumberOfWords(parts);
  if (!count || *count < 1 || *count > kMostParts) return 0;
  const long bottom = PartsOfOne(part, *count > 1);
  if (bottom == 0) return 0;
  *words = std::move(parts);
  ++*at;
  return bottom;
}

// "all real numbers", "integers k", "any integer".
bool Parser::SetPhrase() {
  std::size_t at = pos_;
  while (tokens_[at].kind == kWord && IsArticle(Lower(tokens_[at].text))) ++at;
  std::string sign;
  if (tokens_[at].kind == kWord) {
    const std::string word = Lower(tokens_[at].text);
    if (word == "positive") sign = "+";
    if (word == "negative") sign = "-";
    if (!sign.empty()) ++at;
  }
  if (tokens_[at].kind != kWord) return false;
  std::string_view set = SetNoun(Lower(tokens_[at].text));
  if (set.empty()) return false;
  ++at;
  const std::string next = Lower(tokens_[at].text);
  if (tokens_[at].kind == kWord &&
      (next == "number" || next == "numbers" || next == "constant" ||
       next == "constants")) {
    ++at;
  }
  const std::string name = std::string(set) + sign;
  if (tokens_[at].kind == kLetter && IsBoundary(at + 1)) {
    const TermId letter = tree_.Add(Kind::kSymbol, {}, tokens_[at].text);
    const TermId id = tree_.Add(Kind::kNamedSet, {}, name);
    pos_ = at + 1;
    Push(tree_.AddRelation(std::array{letter, id},
                           std::array{rewards::math::Sign::kIn}));
    return true;
  }
  if (!IsBoundary(at)) return false;
  pos_ = at;
  Push(tree_.Add(Kind::kNamedSet, {}, name));
  return true;
}

// Words that are one element of the answer whole: "even", "two lines".
void Parser::TextRun() {
  const Token& first = Here();
  if (!StartsElement()) return Fail(first);
  std::string name;
  std::size_t at = pos_;
  for (; tokens_[at].kind == kWord ||
         (tokens_[at].kind == kLetter && tokens_[at].text[0] != '\\');
       ++at) {
    if (!name.empty() && tokens_[at].space_before) name += ' ';
    name += Lower(tokens_[at].text);
  }
  if (!IsBoundary(at)) return Fail(tokens_[at]);
  pos_ = at;
  Push(tree_.Add(Kind::kText, {}, name));
}

// A currency sign in front of a number: \$5, \$-5.
void Parser::Money() {
  Pending money{Op::kMoney};
  money.name = Here().text;
  stack_.push_back(money);
  ++pos_;
  if (!Next(kNumber) && !Next(kMinus) && !Next(kFraction) &&
      !Next(kPlainRoot) && !Next(kRoot) && !Next(kOpen) && !Next(kLetter)) {
    FailHere("no number after a currency sign");
  }
}

// A word, a degree or a currency sign behind an operand.
void Parser::WordAfter() {
  const Token& token = Here();
  const std::string word = Lower(token.text);
  if (token.kind == kDegree) {  // 90 degrees; the raised sign is a power
    Reduce(Precedence(Op::kSum));
    if (!CheckScalar(Value())) return;
    BuildDegrees();
    ++pos_;
    return;
  }
  if (token.kind == kCurrency) {
    ++pos_;
    return UnitAfter(std::string(token.text));
  }
  const bool after_number = tokens_[pos_ - 1].kind == kNumber;
  if (after_number && !token.space_before &&
      (word == "th" || word == "st" || word == "nd" || word == "rd")) {
    ++pos_;
    return;
  }
  if (ClockAfter()) return;
  if (word == "to" && after_number && Ahead().kind == kNumber) {
    return Many(Op::kRatio);  // 3 to 4
  }
  if (const long times = Magnitude(word); times > 0) {
    Reduce(Precedence(Op::kTightSign));
    if (!CheckScalar(Value())) return;
    if (ValueKind() == Kind::kNumber) {
      Literal literal = tree_.LiteralOf(Value());
      literal.value = literal.value * Rational(times);
      if (literal.last_place) literal = Literal{literal.value};
      tree_.literals[tree_.at(Value()).data] = literal;
    } else {
      const TermId value = Pop();
      const TermId factor = tree_.AddNumber({Rational(times)});
      Push(tree_.Add(Kind::kProduct, std::array{value, factor}));
    }
    ++pos_;
    return;
  }
  // k is an integer: a condition on k; A stands for amperes.
  if (ValueKind() == Kind::kSymbol && IsArticle(word) && token.text != "A") {
    const TermId letter = Pop();
    while (Next(kWord) && IsArticle(Lower(Here().text))) ++pos_;
    need_operand_ = true;
    if (Next(kWord) && SetPhrase()) {
      const TermId set = Pop();
      Push(tree_.AddRelation(std::array{letter, set},
                             std::array{rewards::math::Sign::kIn}));
      return;
    }
    return Fail(Here());
  }
  const UnitScan unit = ScanUnit(tokens_, pos_);
  if (unit.end == pos_) {
    if (token.kind == kLetter) return Implied();
    return Fail(token);
  }
  // "C Cecile" is a choice and its text, not a number of things.
  const bool named = ValueKind() == Kind::kSymbol &&
                     (!token.in_text || tokens_[pos_ - 1].in_text) &&
                     !IsMeasure(token.text);
  if (named) return Fail(token);
  pos_ = unit.end;
  UnitAfter(unit.name);
}

// The unit `name` stands behind a sum: it is the unit of all of it, unless a
// term before has one of its own (2 m + 3 m).
void Parser::UnitAfter(std::string name) {
  Reduce(Precedence(Op::kSign));
  const bool sum = TopIs(Op::kSum);
  const std::size_t before = sum ? stack_.back().count : 0;
  bool has_unit = false;
  for (std::size_t i = 0; i < before; ++i) {
    has_unit = has_unit || tree_.at(values_[values_.size() - 2 - i]).kind ==
                               Kind::kQuantity;
  }
  if (!has_unit) Reduce(Precedence(Op::kSum));
  if (error_ || !CheckScalar(Value())) return;
  const bool celsius = name == "C" || name == "celsius";
  if (ValueKind() == Kind::kDegrees && (celsius || name == "F")) {
    garbage_ = true;
    const TermId number = tree_.ChildrenOf(Pop())[0];
    return Push(tree_.Add(Kind::kQuantity, std::array{number},
                          celsius ? "celsius" : "fahrenheit"));
  }
  if (ValueKind() == Kind::kQuantity) {
    // \$5 per hour; or the currency twice, as in \$5 dollars.
    std::string whole(tree_.NameOf(Value()));
    if (name.starts_with(kPer) && whole.find('/') == std::string::npos) {
      whole += name.substr(1);
    } else if (name != whole) {
      return FailHere("two units");
    }
    garbage_ = true;
    const TermId number = tree_.ChildrenOf(Pop())[0];
    return Push(tree_.Add(Kind::kQuantity, std::array{number}, whole));
  }
  if (name.empty()) name = "unit";
  const TermId number = Pop();
  Push(tree_.Add(Kind::kQuantity, std::array{number}, name));
}

// ' and '' behind a number that follows degrees: minutes and seconds of arc.
void Parser::AngleMinutes() {
  const bool seconds = Ahead().kind == kPrime;
  const bool after_degrees =
      TopIs(Op::kSum) && ValueKind() == Kind::kNumber &&
      tree_.at(values_[values_.size() - 2]).kind == Kind::kDegrees;
  if (!after_degrees) return Fail(Here());
  const TermId parts = tree_.AddNumber({Rational(seconds ? 3600 : 60)});
  const TermId number = Pop();
  const TermId part = tree_.Add(Kind::kDivide, std::array{number, parts});
  Push(tree_.Add(Kind::kDegrees, std::array{part}));
  pos_ += seconds ? 2 : 1;
}

}  // namespace rewards::math::syntax
