// Dates and times of day, and the colon that may make one.

#include <algorithm>
#include <array>
#include <string>

#include "rewards/math/syntax/parser.h"
#include "rewards/math/syntax/words.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

}  // namespace

// "June 20": a function of its own name, so that only a date equals it.
bool Parser::DatePhrase() {
  constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  const std::string month = Lower(Here().text);
  const std::optional<long> day = SmallInteger(pos_ + 1);
  if (!StartsElement() || !day || *day < 1 || *day > 31 ||
      std::find(kMonths.begin(), kMonths.end(), month) == kMonths.end()) {
    return false;
  }
  const std::string suffix = Lower(Ahead(2).text);
  const bool ordinal =
      Ahead(2).kind == kWord && !Ahead(2).space_before &&
      (suffix == "th" || suffix == "st" || suffix == "nd" || suffix == "rd");
  const std::size_t end = pos_ + (ordinal ? 3 : 2);
  if (!IsBoundary(end)) return false;
  pos_ = end;
  const TermId number = tree_.AddNumber({Rational(*day)});
  Push(tree_.Add(Kind::kCall, std::array{number}, month));
  return true;
}

// a.m. and p.m. behind an hour or a time.
bool Parser::ClockAfter() {
  const std::string word = Lower(Here().text);
  std::size_t end = pos_ + 1;
  if (word != "am" && word != "pm") {
    if (word != "a" && word != "p") return false;
    if (Ahead().kind != kPeriod || Lower(Ahead(2).text) != "m") return false;
    end = pos_ + 3;
    if (tokens_[end].kind == kPeriod) ++end;
  }
  Reduce(Precedence(Op::kRatio));
  if (error_) return true;
  const std::span<const TermId> parts =
      ValueKind() == Kind::kRatio   ? tree_.ChildrenOf(Value())
      : ValueKind() == Kind::kClock ? std::span<const TermId>()
                                    : std::span<const TermId>(values_).last(1);
  long seconds = 0;
  long unit = 3600;
  if (ValueKind() == Kind::kClock) {
    seconds = *tree_.LiteralOf(tree_.ChildrenOf(Value())[0]).value.AsLong();
  }
  for (const TermId part : parts) {
    if (tree_.at(part).kind != Kind::kNumber || unit == 0) return false;
    const std::optional<long> value = tree_.LiteralOf(part).value.AsLong();
    if (!value || *value < 0 || *value > 59) return false;
    seconds += *value * unit;
    unit = unit == 1 ? 0 : unit / 60;
  }
  const long hour = seconds / 3600;
  if (hour < 1 || hour > 12) return false;
  if (word[0] == 'p' && hour != 12) seconds += 12 * 3600;
  if (word[0] == 'a' && hour == 12) seconds -= 12 * 3600;
  garbage_ = true;
  Pop();
  const TermId id = tree_.AddNumber({Rational(seconds)});
  Push(tree_.Add(Kind::kClock, std::array{id}));
  pos_ = end;
  return true;
}

// A colon or \mid: a ratio, the middle of a set-builder, or "divides".
void Parser::ColonAfter() {
  const Pending* frame = Frame();
  const bool in_set = frame != nullptr && frame->op == Op::kSetBrace;
  if (in_set) return Two(Op::kMid);
  if (Here().kind == kMid) return Relate(rewards::math::Sign::kDivides);
  // 12:00 and 9:05 are times: a ratio has no leading zero.
  const std::string_view minutes = Ahead().text;
  const std::optional<long> hour = SmallInteger(pos_ - 1);
  const std::optional<long> minute = SmallInteger(pos_ + 1);
  if (hour && minute && *hour < 24 && *minute < 10 && minutes.size() == 2 &&
      minutes[0] == '0' && !TopIs(Op::kRatio)) {
    long seconds = *hour * 3600 + *minute * 60;
    pos_ += 2;
    const std::optional<long> second = SmallInteger(pos_ + 1);
    if (Next(kColon) && second && *second < 60 && Ahead().text.size() == 2) {
      seconds += *second;
      pos_ += 2;
    }
    garbage_ = true;
    Pop();
    const TermId id = tree_.AddNumber({Rational(seconds)});
    return Push(tree_.Add(Kind::kClock, std::array{id}));
  }
  Many(Op::kRatio);
}

}  // namespace rewards::math::syntax
