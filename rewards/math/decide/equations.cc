#include "rewards/math/decide/equations.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/matching.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

bool AddChain(TermRef a, std::vector<Statement>* to) {
  const std::vector<TermRef> sides = Children(a);
  const auto signs = a.tree->SignsOf(a.id);
  for (std::size_t i = 0; i < signs.size(); ++i) {
    // a = b (mod m) is one statement: see DecideStatement.
    if (signs[i] == Sign::kModulus) return false;
    to->push_back({sides[i], signs[i], sides[i + 1]});
  }
  return to->size() <= kMaxElements;
}

bool IsOrder(Sign sign) {
  return sign == Sign::kLess || sign == Sign::kLessEqual ||
         sign == Sign::kGreater || sign == Sign::kGreaterEqual;
}

// The same statement with < or <=, = or another sign that does not point.
Statement Upward(Statement s) {
  if (s.sign == Sign::kGreater || s.sign == Sign::kGreaterEqual) {
    std::swap(s.left, s.right);
    s.sign = s.sign == Sign::kGreater ? Sign::kLess : Sign::kLessEqual;
  }
  return s;
}

bool IsSymmetric(Sign sign) {
  switch (sign) {
    case Sign::kEqual:
    case Sign::kNotEqual:
    case Sign::kApprox:
    case Sign::kParallel:
    case Sign::kPerpendicular:
    case Sign::kSimilar:
      return true;
    default:
      return false;
  }
}

Decision Sides(Context* context, const Statement& a, const Statement& b) {
  Context exact = ExactContext(*context);
  Decision left = EqualTerms(&exact, a.left, b.left);
  Join(&left, EqualTerms(&exact, a.right, b.right));
  if (IsEqual(left)) return Because("the same sides", left);
  return Undecided("different sides");
}

std::optional<TermRef> DifferenceOf(Context* context, const Statement& s) {
  const auto minus = Make(context, Kind::kNegate, {s.right});
  if (!minus) return std::nullopt;
  return Make(context, Kind::kSum, {s.left, *minus});
}

// Puts small numbers, all different, in place of every variable.
std::optional<TermRef> AtPoint(Context* context, TermRef a, long start) {
  long value = start;
  std::optional<TermRef> at = a;
  for (const std::string_view name : SymbolsOf(a)) {
    value = value * 3 + 1;
    if (!at) return std::nullopt;
    at = Substitute(context, *at, name,
                    MakeNumber(context, Rational(value) / Rational(7)));
  }
  return at;
}

// The sign of the constant c where a = c b is known.
std::optional<int> SignOfFactor(Context* context, TermRef a, TermRef b) {
  // Both must have the same variables, so that the points are the same.
  if (SymbolsOf(a) != SymbolsOf(b)) return std::nullopt;
  for (const long start : {1L, 5L, -8L}) {
    const auto x = AtPoint(context, a, start);
    const auto y = AtPoint(context, b, start);
    if (!x || !y) return std::nullopt;
    const auto sign_x = SignOf(*x, context->work);
    const auto sign_y = SignOf(*y, context->work);
    if (sign_x && sign_y && *sign_x != 0 && *sign_y != 0) {
      return *sign_x * *sign_y;
    }
  }
  return std::nullopt;
}

bool AreScalar(const Statement& s) {
  return IsScalar(s.left) && IsScalar(s.right);
}

// Both differences, up to a factor.
Decision Differences(Context* context, const Statement& a, const Statement& b) {
  if (!AreScalar(a) || !AreScalar(b)) return Undecided("different statements");
  const auto x = DifferenceOf(context, a);
  const auto y = DifferenceOf(context, b);
  if (!x || !y) return Undecided("out of work");
  const bool ordered = IsOrder(a.sign);
  Decision same = EqualScalars(*x, *y, context->work, context->proof);
  if (IsEqual(same)) return Because("the same difference of sides", same);
  if (!ordered) {
    const auto turned = Make(context, Kind::kNegate, {*y});
    if (!turned) return Undecided("out of work");
    same = EqualScalars(*x, *turned, context->work, context->proof);
    if (IsEqual(same)) return Because("the same difference of sides", same);
  }
  if (!context->policy.equation_factor) {
    return Undecided("not the same difference of sides");
  }
  const Decision proportional =
      ProportionalScalars(*x, *y, context->work, context->proof);
  if (!IsEqual(proportional)) return Undecided("not proportional");
  if (ordered && SignOfFactor(context, *x, *y) != 1) {
    return Undecided("not proportional by a positive factor");
  }
  return Under("equation_factor",
               Because("equal up to a constant factor", proportional));
}

// 2 = 3 says nothing: a chain that holds it is no answer.
bool IsFalse(Context* context, const Statement& s) {
  if (s.sign != Sign::kEqual || !AreScalar(s) || HasSymbols(s.left) ||
      HasSymbols(s.right)) {
    return false;
  }
  return !IsEqual(EqualScalars(s.left, s.right, context->work, nullptr));
}

Decision DecideStatement(Context* context, const Statement& gold,
                         const Statement& answer) {
  const Statement g = Upward(gold);
  const Statement a = Upward(answer);
  if (g.sign != a.sign) return Undecided("different statements");
  Decision same = Sides(context, g, a);
  if (IsEqual(same)) return same;
  if (IsSymmetric(g.sign)) {
    same = Sides(context, g, {a.right, a.sign, a.left});
    if (IsEqual(same)) return same;
  }
  const bool subtracts =
      IsOrder(g.sign) || g.sign == Sign::kEqual || g.sign == Sign::kNotEqual;
  if (!subtracts) return Undecided("different statements");
  return Differences(context, g, a);
}

}  // namespace

std::optional<std::vector<Statement>> StatementsOf(TermRef a) {
  std::vector<Statement> statements;
  if (KindOf(a) == Kind::kRelation) {
    if (!AddChain(a, &statements)) return std::nullopt;
    return statements;
  }
  if (KindOf(a) != Kind::kAnd && KindOf(a) != Kind::kList &&
      KindOf(a) != Kind::kWhere) {
    return std::nullopt;
  }
  for (const TermRef child : Children(a)) {
    if (KindOf(child) != Kind::kRelation || !AddChain(child, &statements)) {
      return std::nullopt;
    }
  }
  return statements;
}

Decision DecideSystems(Context* context, const std::vector<Statement>& gold,
                       const std::vector<Statement>& answer) {
  if (gold.size() != answer.size()) return Undecided("different systems");
  for (const auto* system : {&gold, &answer}) {
    for (const Statement& statement : *system) {
      if (IsFalse(context, statement)) return Undecided("a false chain");
    }
  }
  const auto lefts = [](const std::vector<Statement>& of) {
    std::vector<TermRef> all;
    for (const Statement& statement : of) all.push_back(statement.left);
    return all;
  };
  return MatchElements(
      gold.size(),
      [&](std::size_t i, std::size_t j) {
        return DecideStatement(context, gold[i], answer[j]);
      },
      LikelyPairs(lefts(gold), lefts(answer)));
}

}  // namespace rewards::math
