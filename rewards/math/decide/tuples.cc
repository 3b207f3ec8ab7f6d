#include "rewards/math/decide/tuples.h"

#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

std::size_t RowsOf(TermRef matrix) { return matrix.tree->at(matrix.id).data; }

Decision Matrices(Context* context, TermRef gold, TermRef answer) {
  if (RowsOf(gold) != RowsOf(answer) || CountOf(gold) != CountOf(answer)) {
    const bool turned = CountOf(gold) == CountOf(answer) && SequenceOf(gold) &&
                        SequenceOf(answer);
    return turned ? Undecided("a row against a column")
                  : Refuted("matrices of different shape");
  }
  return Because("equal entries",
                 DecideSequences(context, Children(gold), Children(answer)));
}

// A matrix against a tuple of its rows.
Decision Rows(Context* context, TermRef gold, TermRef answer) {
  const bool gold_is_matrix = KindOf(gold) == Kind::kMatrix;
  const TermRef matrix = gold_is_matrix ? gold : answer;
  const std::vector<TermRef> rows = Children(gold_is_matrix ? answer : gold);
  if (rows.size() != RowsOf(matrix)) return Undecided("other rows");
  std::vector<TermRef> entries;
  for (const TermRef row : rows) {
    if (KindOf(row) != Kind::kTuple && KindOf(row) != Kind::kBracketed) {
      return Undecided("a matrix against a tuple");
    }
    if (CountOf(row) * rows.size() != CountOf(matrix)) {
      return Undecided("other rows");
    }
    const std::vector<TermRef> of = Children(row);
    entries.insert(entries.end(), of.begin(), of.end());
  }
  const std::vector<TermRef> own = Children(matrix);
  return gold_is_matrix ? DecideSequences(context, own, entries)
                        : DecideSequences(context, entries, own);
}

// (a, b) against [a, b].
Decision Pairs(Context* context, TermRef gold, TermRef answer) {
  if (!context->policy.open_closed) {
    return Undecided("round against square brackets");
  }
  return Under("open_closed",
               DecideSequences(context, Children(gold), Children(answer)));
}

Decision IsZero(Context* context, TermRef a) {
  return EqualScalars(a, MakeNumber(context, Rational(0)), context->work,
                      nullptr);
}

// Seconds since midnight, of a clock time or of what is written like one.
std::optional<Rational> TimeOf(TermRef a) {
  if (KindOf(a) == Kind::kClock) a = Child(a, 0);
  if (KindOf(a) == Kind::kNumber) return a.tree->LiteralOf(a.id).value;
  constexpr std::size_t kMostParts = 3;
  if (KindOf(a) != Kind::kRatio || CountOf(a) > kMostParts) return {};
  Rational seconds;
  long worth = 3'600;
  for (const TermRef part : Children(a)) {
    if (KindOf(part) != Kind::kNumber) return std::nullopt;
    const auto value = part.tree->LiteralOf(part.id).value.AsLong();
    const long most = worth == 3'600 ? 23 : 59;
    if (!value || *value < 0 || *value > most) return std::nullopt;
    seconds = seconds + Rational(*value * worth);
    worth /= 60;
  }
  return seconds;
}

Decision RatioToRatio(Context* context, TermRef gold, TermRef answer) {
  if (CountOf(gold) != CountOf(answer)) {
    return Refuted("ratios of different length");
  }
  const TermRef g = Child(gold, 0);
  const TermRef a = Child(answer, 0);
  for (const TermRef ratio : {gold, answer}) {
    for (const TermRef part : Children(ratio)) {
      if (!IsScalar(part) || !IsNotEqual(IsZero(context, part))) {
        return Undecided("a ratio with a part that may be zero");
      }
    }
  }
  Decision whole = Proved("the same ratio");
  for (std::size_t i = 1; i < CountOf(gold); ++i) {
    const auto x = Make(context, Kind::kProduct, {Child(gold, i), a});
    const auto y = Make(context, Kind::kProduct, {Child(answer, i), g});
    if (!x || !y) return Undecided("out of work");
    Join(&whole, EqualScalars(*x, *y, context->work, context->proof));
  }
  return Because("the same ratio", whole);
}

Decision RatioToNumber(Context* context, TermRef ratio, TermRef number) {
  if (CountOf(ratio) != 2 || !IsScalar(number) || !IsScalar(Child(ratio, 0)) ||
      !IsScalar(Child(ratio, 1))) {
    return Undecided("a ratio against another kind of answer");
  }
  const auto quotient =
      Make(context, Kind::kDivide, {Child(ratio, 0), Child(ratio, 1)});
  if (!quotient) return Undecided("out of work");
  return Because(
      "the quotient of the ratio",
      EqualScalars(*quotient, number, context->work, context->proof));
}

}  // namespace

std::optional<std::vector<TermRef>> SequenceOf(TermRef a) {
  switch (KindOf(a)) {
    case Kind::kTuple:
    case Kind::kBracketed:
      return Children(a);
    case Kind::kMatrix:
      if (RowsOf(a) != 1 && RowsOf(a) != CountOf(a)) return std::nullopt;
      return Children(a);
    default:
      return std::nullopt;
  }
}

Decision DecideSequences(Context* context, std::span<const TermRef> gold,
                         std::span<const TermRef> answer) {
  if (gold.size() != answer.size()) return Refuted("of different length");
  if (gold.size() > kMaxElements) return Undecided("too many elements");
  Decision whole = Proved("the same elements in order");
  for (std::size_t i = 0; i < gold.size(); ++i) {
    Join(&whole, EqualTerms(context, gold[i], answer[i]));
    if (IsNotEqual(whole)) return whole;
  }
  return whole;
}

Decision DecideTuples(Context* context, TermRef gold, TermRef answer) {
  const Kind g = KindOf(gold);
  const Kind a = KindOf(answer);
  if (g == Kind::kMatrix && a == Kind::kMatrix) {
    return Matrices(context, gold, answer);
  }
  const auto gold_parts = SequenceOf(gold);
  const auto answer_parts = SequenceOf(answer);
  if (!gold_parts || !answer_parts) return Rows(context, gold, answer);
  const bool vector = g == Kind::kMatrix || a == Kind::kMatrix;
  if (g != a && !vector && gold_parts->size() == 2 &&
      answer_parts->size() == 2) {
    return Pairs(context, gold, answer);
  }
  if (g != a && gold_parts->size() != answer_parts->size()) {
    return Undecided("different structures");
  }
  return DecideSequences(context, *gold_parts, *answer_parts);
}

Decision DecideTimes(TermRef gold, TermRef answer) {
  const auto g = TimeOf(gold);
  const auto a = TimeOf(answer);
  if (!g || !a) return Undecided("a time against another kind of answer");
  return *g == *a ? Proved("the same time") : Refuted("different times");
}

Decision DecideRatios(Context* context, TermRef gold, TermRef answer) {
  const bool g = KindOf(gold) == Kind::kRatio;
  const bool a = KindOf(answer) == Kind::kRatio;
  if (g && a && CountOf(gold) != CountOf(answer)) {
    const Decision same = DecideTimes(gold, answer);
    if (IsEqual(same)) return same;
  }
  if (g && a) return RatioToRatio(context, gold, answer);
  return g ? RatioToNumber(context, gold, answer)
           : RatioToNumber(context, answer, gold);
}

}  // namespace rewards::math
