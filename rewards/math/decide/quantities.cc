#include "rewards/math/decide/quantities.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"
#include "rewards/math/syntax/units.h"

namespace rewards::math {
namespace {

enum class Mark { kNone, kPercent, kDegrees, kUnit };

// A number and the mark around it.
struct Measure {
  TermRef whole;  // as EqualScalars takes it, but for a unit
  TermRef bare;   // without the mark
  Mark mark = Mark::kNone;
  std::string unit{};  // of kUnit
};

Mark MarkOf(TermRef a) {
  switch (KindOf(a)) {
    case Kind::kPercent:
      return Mark::kPercent;
    case Kind::kDegrees:
      return Mark::kDegrees;
    case Kind::kQuantity:
      return Mark::kUnit;
    default:
      return Mark::kNone;
  }
}

// 3 hours 30 minutes, in the unit of its first part; nothing where `a` is no
// sum of quantities of one kind.
std::optional<Measure> SumOf(Context* context, TermRef a) {
  const std::vector<TermRef> parts = Children(a);
  if (KindOf(a) != Kind::kSum || parts.size() > kMaxElements) {
    return std::nullopt;
  }
  Measure measure;
  measure.mark = Mark::kUnit;
  std::vector<TermRef> values;
  std::optional<UnitValue> first;
  for (const TermRef part : parts) {
    if (KindOf(part) != Kind::kQuantity) return std::nullopt;
    const auto unit = ValueOfUnit(NameOf(part));
    if (!unit) return std::nullopt;
    if (!first) first = unit;
    if (unit->dimension != first->dimension) return std::nullopt;
    const auto value = Make(
        context, Kind::kProduct,
        {Child(part, 0), MakeNumber(context, unit->factor / first->factor)});
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  const auto whole = MakeOf(context, Kind::kSum, values);
  if (!whole) return std::nullopt;
  measure.unit = NameOf(parts[0]);
  measure.whole = measure.bare = *whole;
  return measure;
}

// The one marked factor of `a`, through minus signs, products and numerators:
// 5 cm of -(5 cm) and of 3/2 * 5 cm. `a` itself where there is none, or
// several.
TermRef MarkedPart(TermRef a) {
  TermRef at = a;
  while (MarkOf(at) == Mark::kNone) {
    const Kind kind = KindOf(at);
    const bool walks = kind == Kind::kNegate || kind == Kind::kProduct ||
                       kind == Kind::kDivide;
    if (!walks) return a;
    std::optional<TermRef> next;
    const std::vector<TermRef> children = Children(at);
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (!Holds(children[i], Kind::kQuantity) &&
          MarkOf(children[i]) == Mark::kNone && kind != Kind::kNegate) {
        continue;
      }
      if (next || (kind == Kind::kDivide && i == 1)) return a;
      next = children[i];
    }
    if (!next) return a;
    at = *next;
  }
  // A sign of percent or degrees counts only where all else is a minus sign.
  const bool plain = at.id == a.id || MarkOf(at) == Mark::kUnit ||
                     (KindOf(a) == Kind::kNegate && Child(a, 0).id == at.id);
  return plain ? at : a;
}

// A unit of nothing in particular is none: 10 square units.
bool IsNoUnit(std::string_view unit) {
  return unit == "unit" || unit == "unit^2" || unit == "unit^3";
}

// Nothing: out of work, or units that do not add up.
std::optional<Measure> MeasureOf(Context* context, TermRef a) {
  if (KindOf(a) == Kind::kSum && Holds(a, Kind::kQuantity)) {
    return SumOf(context, a);
  }
  const TermRef marked = MarkedPart(a);
  Measure measure;
  measure.whole = measure.bare = a;
  measure.mark = MarkOf(marked);
  if (measure.mark == Mark::kNone) return measure;
  measure.bare = Child(marked, 0);
  if (marked.id != a.id) {
    const auto bare =
        Rebuild(context, a, [&](TermId id, std::span<const TermId> of, Tree*) {
          return id == marked.id ? std::optional(of[0]) : std::nullopt;
        });
    if (!bare) return std::nullopt;
    measure.bare = *bare;
  }
  if (measure.mark == Mark::kUnit) {
    measure.unit = NameOf(marked);
    measure.whole = measure.bare;
    if (IsNoUnit(measure.unit)) measure.mark = Mark::kNone;
  }
  return measure;
}

// `a` as a number before a letter that can name a unit, or before its square or
// cube: 10 m, -3 m^2. Where there is a unit on the other side; else it is a
// product.
std::optional<Measure> LetteredMeasure(Context* context, TermRef a) {
  const bool negative = KindOf(a) == Kind::kNegate;
  if (negative) a = Child(a, 0);
  if (KindOf(a) != Kind::kProduct) return std::nullopt;
  std::vector<TermRef> factors = Children(a);
  TermRef letter = factors.back();
  factors.pop_back();
  std::string power;
  if (KindOf(letter) == Kind::kPower) {
    const auto exponent = RationalValue(Child(letter, 1), context->work);
    if (exponent != Rational(2) && exponent != Rational(3)) return std::nullopt;
    power = exponent == Rational(2) ? "^2" : "^3";
    letter = Child(letter, 0);
  }
  if (KindOf(letter) != Kind::kSymbol) return std::nullopt;
  Measure measure;
  measure.mark = Mark::kUnit;
  measure.unit = UnitOfLetter(NameOf(letter));
  if (measure.unit.empty()) return std::nullopt;
  measure.unit += power;
  auto bare = factors.size() == 1 ? std::optional(factors[0])
                                  : MakeOf(context, Kind::kProduct, factors);
  if (bare && negative) bare = Make(context, Kind::kNegate, {*bare});
  if (!bare || HasSymbols(*bare)) return std::nullopt;
  measure.whole = measure.bare = *bare;
  return measure;
}

// A decimal with its sign, as it was written.
struct Decimal {
  const Literal* literal = nullptr;
  bool negative = false;
};

std::optional<Decimal> DecimalOf(TermRef a) {
  Decimal decimal;
  if (KindOf(a) == Kind::kNegate) {
    decimal.negative = true;
    a = Child(a, 0);
  }
  if (KindOf(a) != Kind::kNumber) return std::nullopt;
  decimal.literal = &a.tree->LiteralOf(a.id);
  if (!decimal.literal->last_place) return std::nullopt;
  return decimal;
}

// True where `a` is a finite decimal, however it is written.
bool HasFiniteForm(Context* context, TermRef a) {
  const auto value = RationalValue(a, context->work);
  return value && value->is_terminating();
}

// `answer` for the decimal `stated`. Undecided where it does not meet it.
Decision Round(Context* context, TermRef stated, TermRef answer) {
  constexpr std::size_t kFewestDigits = 2;
  const auto decimal = DecimalOf(stated);
  if (!decimal || decimal->literal->significant_digits < kFewestDigits ||
      !IsScalar(answer) || HasSymbols(answer) || DecimalOf(answer) ||
      HasFiniteForm(context, answer)) {
    return Undecided("no digits are stated for it");
  }
  std::optional<TermRef> exact = answer;
  if (decimal->negative) exact = Make(context, Kind::kNegate, {answer});
  if (!exact) return Undecided("out of work");
  const auto rounds = RoundsTo(*exact, *decimal->literal, context->work);
  if (rounds != true) return Undecided("does not round to the digits stated");
  Decision decision = Proved("rounds to the digits stated");
  decision.evidence = "rounded";
  NeedPolicy(&decision, "rounding");
  return decision;
}

// The decimal is the gold's, in percent: 33.3% for 1/3.
Decision RoundPercent(Context* context, TermRef stated, TermRef answer) {
  const auto hundred = Make(context, Kind::kProduct,
                            {MakeNumber(context, Rational(100)), answer});
  if (!hundred) return Undecided("out of work");
  return Round(context, stated, *hundred);
}

Decision RoundMeasures(Context* context, const Measure& gold,
                       const Measure& answer) {
  if (gold.mark == Mark::kPercent) {
    return answer.mark == Mark::kPercent
               ? Round(context, gold.bare, answer.bare)
               : RoundPercent(context, gold.bare, answer.whole);
  }
  if (gold.mark == Mark::kDegrees && answer.mark == Mark::kDegrees) {
    return Round(context, gold.bare, answer.bare);
  }
  if (gold.mark == Mark::kDegrees) return Undecided("an angle");
  return Round(context, gold.bare, answer.whole);
}

// `value` of a unit in the base units of its dimension.
std::optional<TermRef> InBaseUnits(Context* context, TermRef value,
                                   const UnitValue& unit) {
  return Make(context, Kind::kProduct,
              {value, MakeNumber(context, unit.factor)});
}

// The same unit by name; who counts money says "pounds" for pounds sterling.
bool AreOneUnit(std::string_view a, std::string_view b) {
  constexpr std::string_view kWeight = "pound";
  constexpr std::string_view kMoney = "sterling";
  return a == b || (a == kWeight && b == kMoney) ||
         (a == kMoney && b == kWeight);
}

Decision DecideUnits(Context* context, const Measure& gold,
                     const Measure& answer) {
  if (AreOneUnit(gold.unit, answer.unit)) {
    return EqualScalars(gold.whole, answer.whole, context->work,
                        context->proof);
  }
  const auto g = ValueOfUnit(gold.unit);
  const auto a = ValueOfUnit(answer.unit);
  if (!g || !a || g->dimension != a->dimension) {
    return Undecided("different units");
  }
  const auto x = InBaseUnits(context, gold.whole, *g);
  const auto y = InBaseUnits(context, answer.whole, *a);
  if (!x || !y) return Undecided("out of work");
  return Because("equal after conversion",
                 EqualScalars(*x, *y, context->work, context->proof));
}

bool HoldsPi(TermRef a) {
  const std::vector<TermId> below = TermsBelow(a);
  return std::any_of(below.begin(), below.end(), [&](TermId id) {
    const Term& term = a.tree->at(id);
    return term.kind == Kind::kConstant &&
           term.data == static_cast<std::uint32_t>(Constant::kPi);
  });
}

// What the answer may be taken for where a sign is missing on one side.
Decision DecideBare(Context* context, const Measure& gold,
                    const Measure& answer) {
  const Policy& policy = context->policy;
  const auto bare = [&] {
    return EqualScalars(gold.bare, answer.bare, context->work, context->proof);
  };
  if (policy.percent && answer.mark == Mark::kPercent &&
      gold.mark == Mark::kNone) {
    return Under("percent", Because("equal in percent", bare()));
  }
  const bool degrees =
      (answer.mark == Mark::kDegrees) != (gold.mark == Mark::kDegrees);
  const bool plain = answer.mark == Mark::kNone || gold.mark == Mark::kNone;
  // pi without a sign is no number of degrees.
  if (policy.degrees && degrees && plain && !HoldsPi(gold.bare)) {
    return Under("degrees", Because("equal in degrees", bare()));
  }
  return Undecided("no convention");
}

}  // namespace

bool IsQuantity(TermRef a) {
  if (IsScalar(a)) return true;
  const std::vector<TermRef> parts =
      KindOf(a) == Kind::kSum ? Children(a) : std::vector<TermRef>{a};
  return std::all_of(parts.begin(), parts.end(), [](TermRef part) {
    const TermRef marked = MarkedPart(part);
    if (KindOf(marked) != Kind::kQuantity || !IsScalar(Child(marked, 0))) {
      return false;
    }
    // All the rest are numbers and expressions.
    const std::vector<TermId> below = TermsBelow(part);
    return std::all_of(below.begin(), below.end(), [&](TermId id) {
      const Kind kind = part.tree->at(id).kind;
      return id == marked.id ||
             (IsScalarKind(kind) && kind != Kind::kQuantity &&
              kind != Kind::kPlusMinus && kind != Kind::kMinusPlus);
    });
  });
}

Decision DecideQuantities(Context* context, TermRef gold, TermRef answer) {
  const auto g = MeasureOf(context, gold);
  const auto a = MeasureOf(context, answer);
  if (!g || !a) return Undecided("out of work, or units that do not add up");
  const bool both_units = g->mark == Mark::kUnit && a->mark == Mark::kUnit;
  const bool one_unit = (g->mark == Mark::kUnit) != (a->mark == Mark::kUnit);
  if (one_unit && context->policy.units) {
    const bool in_gold = g->mark == Mark::kUnit;
    const auto lettered = LetteredMeasure(context, in_gold ? answer : gold);
    const Decision met = lettered
                             ? DecideUnits(context, in_gold ? *g : *lettered,
                                           in_gold ? *lettered : *a)
                             : Undecided("no letter");
    if (IsEqual(met)) return Under("units", met);
  }
  Decision exact = both_units ? DecideUnits(context, *g, *a)
                              : EqualScalars(g->whole, a->whole, context->work,
                                             context->proof);
  if (both_units && g->unit != a->unit) return exact;
  if (!IsEqual(exact)) {
    Decision met = DecideBare(context, *g, *a);
    if (!IsEqual(met) && context->policy.rounding) {
      met = RoundMeasures(context, *g, *a);
    }
    if (!IsEqual(met)) return exact;
    exact = met;
  }
  if (!one_unit) return exact;
  if (g->mark != Mark::kNone && a->mark != Mark::kNone) {
    // An angle in radians is its number.
    const Measure& with_unit = g->mark == Mark::kUnit ? *g : *a;
    const Measure& other = g->mark == Mark::kUnit ? *a : *g;
    const bool angles = with_unit.unit == "rad" && other.mark == Mark::kDegrees;
    if (angles && exact.policies.empty()) return exact;
    return Undecided("a unit against another sign");
  }
  if (!context->policy.units) return Undecided("a unit is missing");
  return Under("units", exact);
}

}  // namespace rewards::math
