#include "rewards/math/decide/regions.h"

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

#include "rewards/math/decide/conditions.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// Joins neighbours two by two, so that many parts cost little more than few.
// Requires: `join` is associative, and at least one part.
std::optional<RealSet> JoinPairs(Context* context, std::vector<RealSet> parts,
                                 RealSetJoin join) {
  while (parts.size() > 1) {
    std::vector<RealSet> half;
    for (std::size_t i = 0; i + 1 < parts.size(); i += 2) {
      auto both = join(context, parts[i], parts[i + 1]);
      if (!both) return std::nullopt;
      half.push_back(*std::move(both));
    }
    if (parts.size() % 2 == 1) half.push_back(std::move(parts.back()));
    parts = std::move(half);
  }
  return std::move(parts[0]);
}

std::optional<RealSet> Interval(Context* context, TermRef a, bool left_closed,
                                bool right_closed) {
  const TermRef left = Compact(context, Child(a, 0));
  const TermRef right = Compact(context, Child(a, 1));
  if (!IsScalar(left) || !IsScalar(right)) return std::nullopt;
  const int left_infinite = InfinityOf(left);
  const int right_infinite = InfinityOf(right);
  if (left_infinite > 0 || right_infinite < 0) return std::nullopt;
  // No set of real numbers has an infinity in it.
  if ((left_infinite != 0 && left_closed) ||
      (right_infinite != 0 && right_closed)) {
    return std::nullopt;
  }
  RealSet lower = RealSet::All();
  RealSet upper = RealSet::All();
  if (left_infinite == 0) {
    if (!SignOf(left, context->work)) return std::nullopt;
    lower = RealSet::Above(left, left_closed);
  }
  if (right_infinite == 0) {
    if (!SignOf(right, context->work)) return std::nullopt;
    upper = RealSet::Below(right, right_closed);
  }
  auto both = RealSet::Intersection(context, lower, upper);
  // Ends the wrong way round are no interval.
  if (!both || both->empty()) return std::nullopt;
  return both;
}

// One number, or both of a plus-minus.
bool AddPoints(Context* context, TermRef a, std::vector<TermRef>* points) {
  if (!Holds(a, Kind::kPlusMinus) && !Holds(a, Kind::kMinusPlus)) {
    points->push_back(a);
    return true;
  }
  const auto upper = TakeSign(context, a, true);
  const auto lower = TakeSign(context, a, false);
  if (!upper || !lower) return false;
  points->push_back(*upper);
  points->push_back(*lower);
  return true;
}

std::optional<RealSet> Named(std::string_view name) {
  if (name == "R") return RealSet::All();
  const bool closed = name == "R>=0" || name == "R<=0";
  if (!closed && name != "R+" && name != "R-" && name != "R*") {
    return std::nullopt;
  }
  static const Tree kZero = [] {
    Tree tree;
    tree.AddNumber({Rational(0)});
    return tree;
  }();
  const TermRef zero{&kZero, kZero.root()};
  if (name == "R+" || name == "R>=0") return RealSet::Above(zero, closed);
  if (name == "R-" || name == "R<=0") return RealSet::Below(zero, closed);
  return RealSet(std::vector{zero}, {false}, {true, true});
}

Decision OpenClosed(Context* context, const RealSet& gold,
                    const RealSet& answer) {
  const auto same = RealSet::Same(context, gold.Closed(), answer.Closed());
  if (same != true) return Refuted("different sets of numbers");
  return Under("open_closed", Proved("the same but for open ends"));
}

}  // namespace

bool IsRegionKind(Kind kind) {
  switch (kind) {
    case Kind::kLeftOpen:
    case Kind::kRightOpen:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kSetBuilder:
    case Kind::kNamedSet:
      return true;
    default:
      return false;
  }
}

std::optional<RealSet> PointsOf(Context* context,
                                std::span<const TermRef> elements) {
  std::vector<TermRef> points;
  for (const TermRef element : elements) {
    if (!AddPoints(context, element, &points)) return std::nullopt;
  }
  std::vector<RealSet> parts{RealSet::Empty()};
  for (const TermRef written : points) {
    const TermRef point = Compact(context, written);
    if (!IsScalar(point) || InfinityOf(point) != 0 ||
        !SignOf(point, context->work)) {
      return std::nullopt;
    }
    parts.push_back(RealSet::Point(point));
  }
  return JoinPairs(context, std::move(parts), RealSet::Union);
}

std::optional<RealSet> JoinRegions(Context* context,
                                   std::span<const TermRef> of,
                                   std::string_view* variable,
                                   RealSetJoin join) {
  if (of.empty() || of.size() > kMaxElements) return std::nullopt;
  std::vector<RealSet> parts;
  for (const TermRef a : of) {
    auto part = RegionOf(context, a, variable);
    if (!part) return std::nullopt;
    parts.push_back(*std::move(part));
  }
  return JoinPairs(context, std::move(parts), join);
}

std::optional<RealSet> RegionOf(Context* context, TermRef a,
                                std::string_view* variable) {
  const Nested nested(context);
  if (nested.too_deep()) return std::nullopt;
  const auto children = [&] { return Children(a); };
  switch (KindOf(a)) {
    case Kind::kTuple:
      if (CountOf(a) != 2) return std::nullopt;
      return Interval(context, a, false, false);
    case Kind::kBracketed:
      if (CountOf(a) != 2) return std::nullopt;
      return Interval(context, a, true, true);
    case Kind::kLeftOpen:
      return Interval(context, a, false, true);
    case Kind::kRightOpen:
      return Interval(context, a, true, false);
    case Kind::kSet:
      return PointsOf(context, children());
    case Kind::kUnion:
      return JoinRegions(context, children(), variable, RealSet::Union);
    case Kind::kIntersection:
      return JoinRegions(context, children(), variable, RealSet::Intersection);
    case Kind::kDifference:
      return JoinRegions(context, children(), variable, RealSet::Difference);
    case Kind::kNamedSet:
      return Named(NameOf(a));
    case Kind::kSetBuilder:
      return BuilderRegion(context, a);
    case Kind::kRelation:
    case Kind::kAnd:
    case Kind::kWhere:
    case Kind::kOr:
    case Kind::kList:
      return ConditionRegion(context, a, variable);
    default:
      return std::nullopt;
  }
}

Decision DecideRegions(Context* context, TermRef gold, TermRef answer) {
  std::string_view gold_variable;
  std::string_view answer_variable;
  const auto g = RegionOf(context, gold, &gold_variable);
  if (!g) return Undecided("a set that was not solved");
  const auto a = RegionOf(context, answer, &answer_variable);
  if (!a) return Undecided("a set that was not solved");
  const auto same = RealSet::Same(context, *g, *a);
  if (!same) return Undecided("ends that could not be told apart");
  Decision decision = *same ? Proved("the same set of real numbers")
                            : Refuted("different sets of numbers");
  if (!*same && context->policy.open_closed) {
    decision = OpenClosed(context, *g, *a);
  }
  if (!IsEqual(decision)) return decision;
  if (!gold_variable.empty() && !answer_variable.empty()) {
    return gold_variable == answer_variable ? decision
                                            : Undecided("different variables");
  }
  if (gold_variable.empty() == answer_variable.empty()) return decision;
  if (!context->policy.relation_interval) {
    return Undecided("a relation against a set");
  }
  return Under("relation_interval", decision);
}

}  // namespace rewards::math
