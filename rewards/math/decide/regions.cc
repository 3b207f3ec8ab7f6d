#include "rewards/math/decide/regions.h"

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

#include "rewards/math/decide/inequalities.h"
#include "rewards/math/decide/integers.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

using Join2 = std::optional<RealSet> (*)(Context*, const RealSet&,
                                         const RealSet&);

bool IsFlat(TermRef a) {
  const Kind kind = KindOf(a);
  return kind == Kind::kList || kind == Kind::kOr || kind == Kind::kSet;
}

std::optional<RealSet> Interval(Context* context, TermRef a, bool left_closed,
                                bool right_closed) {
  const TermRef left = Compact(context, Child(a, 0));
  const TermRef right = Compact(context, Child(a, 1));
  if (!IsScalar(left) || !IsScalar(right)) return std::nullopt;
  const int left_infinite = InfinityOf(left);
  const int right_infinite = InfinityOf(right);
  if (left_infinite > 0 || right_infinite < 0) return std::nullopt;
  // An infinite end is open, however it is written.
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

bool SetVariable(std::string_view name, std::string_view* variable) {
  if (variable->empty()) *variable = name;
  return *variable == name;
}

// Joins neighbours two by two, so that many parts cost little more than few.
// Requires: `join` is associative, and at least one part.
std::optional<RealSet> JoinPairs(Context* context, std::vector<RealSet> parts,
                                 Join2 join) {
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

std::optional<RealSet> JoinAll(Context* context, std::span<const TermRef> of,
                               std::string_view* variable, Join2 join) {
  if (of.empty() || of.size() > kMaxElements) return std::nullopt;
  std::vector<RealSet> parts;
  for (const TermRef a : of) {
    auto part = RegionOf(context, a, variable);
    if (!part) return std::nullopt;
    parts.push_back(*std::move(part));
  }
  return JoinPairs(context, std::move(parts), join);
}

// The set of integers that x is said to be in: Z of x \in Z; else empty.
std::string_view IntegerDomain(TermRef a) {
  if (KindOf(a) != Kind::kRelation || CountOf(a) != 2 ||
      a.tree->SignsOf(a.id)[0] != Sign::kIn ||
      KindOf(Child(a, 0)) != Kind::kSymbol ||
      KindOf(Child(a, 1)) != Kind::kNamedSet ||
      !IsIntegerSet(NameOf(Child(a, 1)))) {
    return {};
  }
  return NameOf(Child(a, 1));
}

// Conditions that hold at once; one of them may ask for an integer.
std::optional<RealSet> AllHold(Context* context, std::span<const TermRef> of,
                               std::string_view* variable) {
  std::string_view integers;
  std::vector<TermRef> conditions;
  for (const TermRef a : of) {
    const std::string_view domain = IntegerDomain(a);
    if (domain.empty()) {
      conditions.push_back(a);
    } else if (!integers.empty() ||
               !SetVariable(NameOf(Child(a, 0)), variable)) {
      return std::nullopt;
    } else {
      integers = domain;
    }
  }
  const auto all =
      JoinAll(context, conditions, variable, RealSet::Intersection);
  if (!all || integers.empty()) return all;
  return IntegersIn(context, *all, integers);
}

// One number, or both of a plus-minus.
bool PointsOf(Context* context, TermRef a, std::vector<TermRef>* points) {
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

std::optional<RealSet> Points(Context* context,
                              std::span<const TermRef> elements) {
  std::vector<TermRef> points;
  for (const TermRef element : elements) {
    if (!PointsOf(context, element, &points)) return std::nullopt;
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

std::optional<RealSet> Named(std::string_view name) {
  if (name == "R") return RealSet::All();
  if (name != "R+" && name != "R-" && name != "R*") return std::nullopt;
  static const Tree kZero = [] {
    Tree tree;
    tree.AddNumber({Rational(0)});
    return tree;
  }();
  const TermRef zero{&kZero, kZero.root()};
  if (name == "R+") return RealSet::Above(zero, /*closed=*/false);
  if (name == "R-") return RealSet::Below(zero, /*closed=*/false);
  return RealSet(std::vector{zero}, {false}, {true, true});
}

// x = a, b: the elements of the other side of an equation or of its denial.
std::vector<TermRef> SideElements(TermRef side) {
  return IsFlat(side) ? Children(side) : std::vector<TermRef>{side};
}

std::optional<RealSet> Membership(Context* context, TermRef element,
                                  TermRef set, bool in,
                                  std::string_view* variable) {
  if (KindOf(element) != Kind::kSymbol ||
      !SetVariable(NameOf(element), variable)) {
    return std::nullopt;
  }
  std::string_view inner;
  auto region = RegionOf(context, set, &inner);
  if (!region || !inner.empty()) return std::nullopt;
  if (in) return region;
  return RealSet::Difference(context, RealSet::All(), *region);
}

// The one variable of a relation; empty: none, or several.
std::string_view OneVariable(TermRef left, TermRef right) {
  std::vector<std::string_view> names = SymbolsOf(left);
  const std::vector<std::string_view> more = SymbolsOf(right);
  names.insert(names.end(), more.begin(), more.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names.size() == 1 ? names[0] : std::string_view();
}

std::optional<RealSet> Equated(Context* context, TermRef left, Sign sign,
                               TermRef right, std::string_view* variable) {
  if (!SetVariable(NameOf(left), variable)) return std::nullopt;
  const auto points = Points(context, SideElements(right));
  if (!points || sign == Sign::kEqual) return points;
  return RealSet::Difference(context, RealSet::All(), *points);
}

std::optional<RealSet> Related(Context* context, TermRef left, Sign sign,
                               TermRef right, std::string_view* variable) {
  if (sign == Sign::kIn || sign == Sign::kNotIn) {
    return Membership(context, left, right, sign == Sign::kIn, variable);
  }
  const bool equated = sign == Sign::kEqual || sign == Sign::kNotEqual;
  if (equated && KindOf(left) == Kind::kSymbol && !IsScalar(right)) {
    return Equated(context, left, sign, right, variable);
  }
  const std::string_view name = OneVariable(left, right);
  if (name.empty() || !SetVariable(name, variable)) return std::nullopt;
  return Solve(context, left, sign, right, name);
}

// Every pair of neighbours in a chain holds at once.
std::optional<RealSet> Chain(Context* context, TermRef a,
                             std::string_view* variable) {
  std::vector<TermRef> sides = Children(a);
  const auto signs = a.tree->SignsOf(a.id);
  if (sides.size() > kMaxElements) return std::nullopt;
  for (TermRef& side : sides) side = Compact(context, side);
  RealSet whole = RealSet::All();
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const auto part =
        Related(context, sides[i], signs[i], sides[i + 1], variable);
    if (!part) return std::nullopt;
    auto both = RealSet::Intersection(context, whole, *part);
    if (!both) return std::nullopt;
    whole = *std::move(both);
  }
  return whole;
}

// {x : condition}, {x in A : condition}.
std::optional<RealSet> Builder(Context* context, TermRef a) {
  const TermRef element = Child(a, 0);
  const TermRef condition = Child(a, 1);
  std::string_view bound;
  if (KindOf(element) == Kind::kSymbol) {
    bound = NameOf(element);
    return RegionOf(context, condition, &bound);
  }
  if (KindOf(element) != Kind::kRelation ||
      KindOf(Child(element, 0)) != Kind::kSymbol) {
    return std::nullopt;
  }
  bound = NameOf(Child(element, 0));
  const TermRef both[] = {element, condition};
  return AllHold(context, both, &bound);
}

bool AllRelations(TermRef a) {
  const std::vector<TermRef> children = Children(a);
  return !children.empty() &&
         std::all_of(children.begin(), children.end(), [](TermRef child) {
           return KindOf(child) == Kind::kRelation ||
                  KindOf(child) == Kind::kAnd;
         });
}

// x = 1, x = 2 are alternatives; x > 1, x < 5 hold at once; x < 1, x > 5 can
// only be alternatives.
std::optional<RealSet> Listed(Context* context, TermRef a,
                              std::string_view* variable) {
  const std::vector<TermRef> parts = Children(a);
  if (std::any_of(parts.begin(), parts.end(), IsCondition)) {
    auto both = AllHold(context, parts, variable);
    if (!both || !both->empty()) return both;
  }
  return JoinAll(context, parts, variable, RealSet::Union);
}

// x \ne 1, 2: the first part says what the others are.
bool IsDenial(TermRef a) {
  if (KindOf(a) != Kind::kList) return false;
  const std::vector<TermRef> parts = Children(a);
  return KindOf(parts[0]) == Kind::kRelation && CountOf(parts[0]) == 2 &&
         parts[0].tree->SignsOf(parts[0].id)[0] == Sign::kNotEqual &&
         KindOf(Child(parts[0], 0)) == Kind::kSymbol &&
         std::all_of(parts.begin() + 1, parts.end(),
                     [](TermRef part) { return IsScalarKind(KindOf(part)); });
}

std::optional<RealSet> Denied(Context* context, TermRef a,
                              std::string_view* variable) {
  std::vector<TermRef> points = Children(a);
  if (!SetVariable(NameOf(Child(points[0], 0)), variable)) return std::nullopt;
  points[0] = Child(points[0], 1);
  const auto denied = Points(context, points);
  if (!denied) return std::nullopt;
  return RealSet::Difference(context, RealSet::All(), *denied);
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

bool IsCondition(TermRef a) {
  const Kind kind = KindOf(a);
  if (kind == Kind::kWhere) return AllRelations(a);
  if (kind == Kind::kRelation) {
    const auto signs = a.tree->SignsOf(a.id);
    return std::any_of(signs.begin(), signs.end(),
                       [](Sign sign) { return sign != Sign::kEqual; });
  }
  return (kind == Kind::kOr || kind == Kind::kAnd || kind == Kind::kList) &&
         (AllRelations(a) || IsDenial(a));
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
      return Points(context, children());
    case Kind::kUnion:
      return JoinAll(context, children(), variable, RealSet::Union);
    case Kind::kIntersection:
      return JoinAll(context, children(), variable, RealSet::Intersection);
    case Kind::kDifference:
      return JoinAll(context, children(), variable, RealSet::Difference);
    case Kind::kNamedSet:
      return Named(NameOf(a));
    case Kind::kSetBuilder:
      return Builder(context, a);
    case Kind::kRelation:
      return Chain(context, a, variable);
    case Kind::kAnd:
    case Kind::kWhere:
      return AllHold(context, children(), variable);
    case Kind::kOr:
      if (!AllRelations(a)) return std::nullopt;
      return JoinAll(context, children(), variable, RealSet::Union);
    case Kind::kList:
      if (IsDenial(a)) return Denied(context, a, variable);
      if (!AllRelations(a)) return std::nullopt;
      return Listed(context, a, variable);
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
