#include "rewards/math/decide/conditions.h"

#include <algorithm>
#include <span>
#include <vector>

#include "rewards/math/decide/inequalities.h"
#include "rewards/math/decide/integers.h"
#include "rewards/math/decide/regions.h"
#include "rewards/math/decide/terms.h"

namespace rewards::math {
namespace {

bool IsFlat(TermRef a) {
  const Kind kind = KindOf(a);
  return kind == Kind::kList || kind == Kind::kOr || kind == Kind::kSet;
}

bool SetVariable(std::string_view name, std::string_view* variable) {
  if (variable->empty()) *variable = name;
  return *variable == name;
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
      JoinRegions(context, conditions, variable, RealSet::Intersection);
  if (!all || integers.empty()) return all;
  return IntegersIn(context, *all, integers);
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
  const auto points = PointsOf(context, SideElements(right));
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
  return JoinRegions(context, parts, variable, RealSet::Union);
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
  const auto denied = PointsOf(context, points);
  if (!denied) return std::nullopt;
  return RealSet::Difference(context, RealSet::All(), *denied);
}

}  // namespace

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

// {x : condition}, {x in A : condition}.
std::optional<RealSet> BuilderRegion(Context* context, TermRef a) {
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

std::optional<RealSet> ConditionRegion(Context* context, TermRef a,
                                       std::string_view* variable) {
  switch (KindOf(a)) {
    case Kind::kRelation:
      return Chain(context, a, variable);
    case Kind::kAnd:
    case Kind::kWhere:
      return AllHold(context, Children(a), variable);
    case Kind::kOr:
      if (!AllRelations(a)) return std::nullopt;
      return JoinRegions(context, Children(a), variable, RealSet::Union);
    case Kind::kList:
      if (IsDenial(a)) return Denied(context, a, variable);
      if (!AllRelations(a)) return std::nullopt;
      return Listed(context, a, variable);
    default:
      return std::nullopt;
  }
}

}  // namespace rewards::math
