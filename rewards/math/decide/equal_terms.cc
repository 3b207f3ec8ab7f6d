#include "rewards/math/decide/equal_terms.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "rewards/math/decide/collections.h"
#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/quantities.h"
#include "rewards/math/decide/regions.h"
#include "rewards/math/decide/statements.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/texts.h"
#include "rewards/math/decide/tuples.h"
#include "rewards/math/decide/vectors.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool IsNumber(TermRef a) { return KindOf(a) == Kind::kNumber; }

// The same kind with the same parts: intervals with letters for ends, unions of
// them in any order.
Decision DecideShapes(Context* context, TermRef gold, TermRef answer) {
  const Kind kind = KindOf(gold);
  if (kind != KindOf(answer) || CountOf(gold) != CountOf(answer) ||
      NameOf(gold) != NameOf(answer) || CountOf(gold) > kMaxElements) {
    return Undecided("different structures");
  }
  const std::vector<TermRef> g = Children(gold);
  const std::vector<TermRef> a = Children(answer);
  Decision same;
  if (kind == Kind::kUnion || kind == Kind::kIntersection) {
    same = MatchElements(g.size(), [&](std::size_t i, std::size_t j) {
      return EqualTerms(context, g[i], a[j]);
    });
  } else {
    same = DecideSequences(context, g, a);
  }
  if (IsEqual(same)) return Because("the same parts", same);
  return Undecided("different parts");
}

Decision DecideSets(Context* context, TermRef gold, TermRef answer) {
  const Decision regions = DecideRegions(context, gold, answer);
  if (!IsUndecided(regions)) return regions;
  const Decision shapes = DecideShapes(context, gold, answer);
  return IsEqual(shapes) ? shapes : regions;
}

// A collection against one value, or against values in order.
Decision DecideCollected(Context* context, const Collection& collection,
                         bool gold_is_collection, TermRef other) {
  const std::vector<TermRef>& elements = collection.elements;
  const auto equal = [&](TermRef element, TermRef value) {
    return gold_is_collection ? EqualTerms(context, element, value)
                              : EqualTerms(context, value, element);
  };
  if (collection.braces && elements.size() == 1) {
    if (!context->policy.relation_interval) return Undecided("a set of one");
    return Under("relation_interval", equal(elements[0], other));
  }
  const auto sequence = SequenceOf(other);
  if (sequence && KindOf(other) != Kind::kMatrix) {
    if (sequence->size() != elements.size()) {
      return Undecided("of different length");
    }
    constexpr std::size_t kSurelyTuple = 3;
    if (!collection.braces && elements.size() >= kSurelyTuple) {
      Decision same = Proved("the same elements in order");
      for (std::size_t i = 0; i < elements.size(); ++i) {
        Join(&same, equal(elements[i], (*sequence)[i]));
      }
      return IsEqual(same) ? same : Undecided("a list against a tuple");
    }
    if (!context->policy.set_tuple) return Undecided("a set against a tuple");
    return Under(
        "set_tuple",
        MatchElements(elements.size(), [&](std::size_t i, std::size_t j) {
          return equal(elements[i], (*sequence)[j]);
        }));
  }
  if (!IsQuantity(other)) return Undecided("different structures");
  for (const TermRef element : elements) {
    if (IsNotEqual(equal(element, other))) {
      return Refuted("several values against one");
    }
  }
  return Undecided("several values against one");
}

Decision DecideCollectionLike(Context* context, TermRef gold, TermRef answer) {
  const auto g = CollectionOf(context, gold);
  const auto a = CollectionOf(context, answer);
  if (g && a) return DecideCollections(context, *g, *a);
  if (g) return DecideCollected(context, *g, true, answer);
  if (a) return DecideCollected(context, *a, false, gold);
  return DecideShapes(context, gold, answer);
}

bool IsCollectionKind(Kind kind) {
  return kind == Kind::kSet || kind == Kind::kList || kind == Kind::kOr;
}

bool IsSigned(TermRef a) {
  return IsScalarKind(KindOf(a)) &&
         (Holds(a, Kind::kPlusMinus) || Holds(a, Kind::kMinusPlus));
}

// P(1, 2): a point with its name. Requires: no statement.
bool IsNamedPoint(TermRef a) {
  if (KindOf(a) != Kind::kProduct || CountOf(a) != 2 ||
      KindOf(Child(a, 0)) != Kind::kSymbol ||
      KindOf(Child(a, 1)) != Kind::kTuple) {
    return false;
  }
  const char first = NameOf(Child(a, 0))[0];
  return first >= 'A' && first <= 'Z';
}

// A point with its name against a tuple, or against another point.
Decision DecidePoints(Context* context, TermRef gold, TermRef answer) {
  const bool g = IsNamedPoint(gold);
  const bool a = IsNamedPoint(answer);
  const auto pair = [](TermRef point, bool named) {
    return named ? Child(point, 1) : point;
  };
  Decision same = EqualTerms(context, pair(gold, g), pair(answer, a));
  if (g && a) {
    const bool name = NameOf(Child(gold, 0)) == NameOf(Child(answer, 0));
    return name ? same : Undecided("different points");
  }
  if (!context->policy.assignment) return Undecided("a name on one side");
  return IsEqual(same) ? Under("assignment", same) : same;
}

bool IsTupleKind(Kind kind) {
  return kind == Kind::kTuple || kind == Kind::kBracketed ||
         kind == Kind::kMatrix;
}

// What comes of a calculation with matrices and tuples, and with unit vectors
// of `count` numbers; nothing where `side` is none.
std::optional<TermRef> Calculated(Context* context, TermRef side,
                                  std::size_t count) {
  if (!IsVectorCalculation(side)) return std::nullopt;
  if (!HoldsUnitVectors(side)) return CalculateVectors(context, side);
  const auto tuples = WithUnitTuples(context, side, count);
  return tuples ? CalculateVectors(context, *tuples) : std::nullopt;
}

// By what comes of both sides; nothing where neither can be calculated.
std::optional<Decision> DecideCalculated(Context* context, TermRef gold,
                                         TermRef answer) {
  if (!IsVectorCalculation(gold) && !IsVectorCalculation(answer)) {
    return std::nullopt;
  }
  // 3i + 4j is (3, 4); of two in unit vectors the third part may be zero.
  constexpr std::size_t kSpace = 3;
  const auto tuple = SequenceOf(HoldsUnitVectors(gold) ? answer : gold);
  const std::size_t count = tuple ? tuple->size() : kSpace;
  const auto g = Calculated(context, gold, count);
  const auto a = Calculated(context, answer, count);
  if (!g && !a) return std::nullopt;
  return EqualTerms(context, g.value_or(gold), a.value_or(answer));
}

Decision DecideClocks(TermRef gold, TermRef answer) {
  const auto written = [](TermRef a) {
    return KindOf(a) == Kind::kClock || KindOf(a) == Kind::kRatio;
  };
  if (!written(gold) || !written(answer)) {
    return Undecided("a time against another kind of answer");
  }
  return DecideTimes(gold, answer);
}

Decision DecideKinds(Context* context, TermRef gold, TermRef answer) {
  const Kind g = KindOf(gold);
  const Kind a = KindOf(answer);
  const auto either = [&](auto holds) { return holds(g) || holds(a); };
  const auto is = [&](Kind kind) { return g == kind || a == kind; };

  if (IsStatement(gold) || IsStatement(answer)) {
    return DecideStatements(context, gold, answer);
  }
  if (is(Kind::kText)) return DecideTexts(gold, answer);
  if (IsNamedPoint(gold) || IsNamedPoint(answer)) {
    return DecidePoints(context, gold, answer);
  }
  if (const auto calculated = DecideCalculated(context, gold, answer)) {
    return *calculated;
  }
  if (either(IsRegionKind)) return DecideSets(context, gold, answer);
  if (either(IsCollectionKind) || IsSigned(gold) || IsSigned(answer)) {
    return DecideCollectionLike(context, gold, answer);
  }
  if (is(Kind::kClock)) return DecideClocks(gold, answer);
  if (is(Kind::kRatio)) return DecideRatios(context, gold, answer);
  if (IsTupleKind(g) && IsTupleKind(a)) {
    return DecideTuples(context, gold, answer);
  }
  if (IsQuantity(gold) && IsQuantity(answer)) {
    return DecideQuantities(context, gold, answer);
  }
  return Undecided("different kinds of answer");
}

}  // namespace

Decision EqualTerms(Context* context, TermRef gold, TermRef answer) {
  if (!context->work->Spend(1)) return Undecided("out of work");
  if (IsNumber(gold) && IsNumber(answer)) {
    return DecideQuantities(context, gold, answer);
  }
  const Nested nested(context);
  if (nested.too_deep()) return Undecided("nested too deep");
  return DecideKinds(context, gold, answer);
}

}  // namespace rewards::math
