#include "rewards/math/decide/inequalities.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "rewards/math/decide/polynomials.h"
#include "rewards/math/decide/terms.h"

namespace rewards::math {
namespace {

// Whether a difference of this sign satisfies the relation.
bool Satisfies(int difference, Sign sign) {
  switch (sign) {
    case Sign::kEqual:
      return difference == 0;
    case Sign::kNotEqual:
      return difference != 0;
    case Sign::kLess:
      return difference < 0;
    case Sign::kLessEqual:
      return difference <= 0;
    case Sign::kGreater:
      return difference > 0;
    case Sign::kGreaterEqual:
      return difference >= 0;
    default:
      return false;
  }
}

bool IsOrder(Sign sign) {
  return sign == Sign::kEqual || sign == Sign::kNotEqual ||
         sign == Sign::kLess || sign == Sign::kLessEqual ||
         sign == Sign::kGreater || sign == Sign::kGreaterEqual;
}

// One cut, from what holds below it, at it and above it.
RealSet OneCut(TermRef at, int below, int above, Sign sign) {
  return RealSet(std::vector{at}, {Satisfies(0, sign)},
                 {Satisfies(below, sign), Satisfies(above, sign)});
}

bool IsVariable(TermRef a, std::string_view name) {
  return KindOf(a) == Kind::kSymbol && NameOf(a) == name;
}

// x against a bound that is a real constant, infinity too.
std::optional<RealSet> SolveBound(Context* context, TermRef bound, Sign sign) {
  if (const int infinite = InfinityOf(bound)) {
    // x < infinity says that x is real; x = infinity says nothing real.
    const bool strict = sign == Sign::kLess || sign == Sign::kGreater;
    if (!strict) return std::nullopt;
    return Satisfies(-infinite, sign) ? RealSet::All() : RealSet::Empty();
  }
  if (!SignOf(bound, context->work)) return std::nullopt;
  return OneCut(bound, -1, 1, sign);
}

std::optional<TermRef> Minus(Context* context, TermRef a, TermRef b) {
  const auto minus = Make(context, Kind::kNegate, {b});
  if (!minus) return std::nullopt;
  return Make(context, Kind::kSum, {a, *minus});
}

// True for an expression that is defined for every value of the variable and
// can only be a polynomial in it.
bool IsWhole(TermRef a, std::string_view name) {
  std::vector<bool> holds(a.id + 1, false);
  for (const TermId id : TermsBelow(a)) {
    const Kind kind = a.tree->at(id).kind;
    const auto children = a.tree->ChildrenOf(id);
    holds[id] = kind == Kind::kSymbol && a.tree->NameOf(id) == name;
    for (const TermId child : children) holds[id] = holds[id] || holds[child];
    if (!holds[id]) continue;
    switch (kind) {
      case Kind::kSymbol:
      case Kind::kSum:
      case Kind::kProduct:
      case Kind::kNegate:
      case Kind::kPercent:
        break;
      case Kind::kDivide:
        if (holds[children[1]]) return false;
        break;
      default:
        return false;
    }
  }
  return true;
}

// Solves difference = 0 and the like, where the difference is m x + c.
std::optional<RealSet> SolveLinear(Context* context, TermRef difference,
                                   Sign sign, std::string_view name) {
  if (!IsWhole(difference, name)) return std::nullopt;
  const TermRef zero = MakeNumber(context, Rational(0));
  const TermRef one = MakeNumber(context, Rational(1));
  const auto constant = Substitute(context, difference, name, zero);
  const auto at_one = Substitute(context, difference, name, one);
  if (!constant || !at_one) return std::nullopt;
  const auto slope = Minus(context, *at_one, *constant);
  if (!slope) return std::nullopt;
  const auto direction = SignOf(*slope, context->work);
  if (!direction || *direction == 0) return std::nullopt;
  Tree& symbol = context->made.emplace_back();
  const TermRef x{&symbol, symbol.Add(Kind::kSymbol, {}, name)};
  const auto scaled = Make(context, Kind::kProduct, {*slope, x});
  if (!scaled) return std::nullopt;
  const auto line = Make(context, Kind::kSum, {*scaled, *constant});
  if (!line) return std::nullopt;
  const Decision same = EqualScalars(difference, *line, context->work, nullptr);
  if (same.equality != Equality::kEqual || same.evidence != "proved") {
    return std::nullopt;
  }
  const auto minus = Make(context, Kind::kNegate, {*constant});
  if (!minus) return std::nullopt;
  const auto root = Make(context, Kind::kDivide, {*minus, *slope});
  if (!root || !SignOf(*root, context->work)) return std::nullopt;
  return OneCut(*root, -*direction, *direction, sign);
}

// Ascending, each once.
bool Order(Context* context, std::vector<TermRef>* cuts) {
  std::vector<TermRef> sorted;
  for (const TermRef cut : *cuts) {
    std::size_t at = 0;
    int order = 1;
    for (; at < sorted.size(); ++at) {
      const auto sign = CompareReals(sorted[at], cut, context->work);
      if (!sign) return false;
      order = *sign;
      if (order >= 0) break;
    }
    if (at < sorted.size() && order == 0) continue;
    sorted.insert(sorted.begin() + static_cast<std::ptrdiff_t>(at), cut);
  }
  *cuts = std::move(sorted);
  return true;
}

// Solves by all places where the difference may change its sign.
class CutSolver {
 public:
  CutSolver(Context* context, TermRef difference, Sign sign,
            std::string_view name)
      : context_(context), difference_(difference), sign_(sign), name_(name) {}

  std::optional<RealSet> Run() {
    if (!FindCuts() || !Order(context_, &cuts_) ||
        !Order(context_, &pole_cuts_)) {
      return std::nullopt;
    }
    std::vector<bool> at;
    std::vector<bool> gaps;
    for (std::size_t i = 0; i <= cuts_.size(); ++i) {
      const auto sample = Sample(i);
      if (!sample || !Test(*sample, &gaps)) return std::nullopt;
      if (i == cuts_.size()) break;
      const auto pole = IsPole(cuts_[i]);
      if (!pole) return std::nullopt;
      if (*pole) {
        at.push_back(false);
      } else if (!Test(cuts_[i], &at)) {
        return std::nullopt;
      }
    }
    return RealSet(cuts_, std::move(at), std::move(gaps));
  }

 private:
  // False: they are not all known.
  bool FindCuts() {
    std::vector<Polynomial> poles;
    std::vector<Polynomial> bends;
    auto fraction = FractionOf(context_, difference_, name_, 0, &poles, &bends);
    if (!fraction || bends.size() > kMaxAbsolutes) return false;
    const std::size_t choices = std::size_t{1} << bends.size();
    for (std::size_t signs = 0; signs < choices; ++signs) {
      std::vector<Polynomial> same_poles;
      std::vector<Polynomial> inner;
      if (signs > 0) {
        fraction =
            FractionOf(context_, difference_, name_,
                       static_cast<unsigned>(signs), &same_poles, &inner);
        // An absolute value in a denominator: not solved.
        if (same_poles != poles) return false;
      }
      if (!fraction || !AddRoots(fraction->numerator, &cuts_)) return false;
      for (const Polynomial& bend : inner) {
        if (!AddRoots(bend, &cuts_)) return false;
      }
    }
    for (const Polynomial& bend : bends) {
      if (!AddRoots(bend, &cuts_)) return false;
    }
    for (const Polynomial& pole : poles) {
      if (!AddRoots(pole, &pole_cuts_)) return false;
    }
    cuts_.insert(cuts_.end(), pole_cuts_.begin(), pole_cuts_.end());
    return true;
  }

  bool AddRoots(const Polynomial& p, std::vector<TermRef>* to) {
    if (p.is_zero()) return true;  // holds or fails on whole gaps
    const auto roots = RealRoots(context_, p);
    if (!roots) return false;
    to->insert(to->end(), roots->begin(), roots->end());
    return true;
  }

  // A number in the i-th gap.
  std::optional<TermRef> Sample(std::size_t i) {
    if (cuts_.empty()) return MakeNumber(context_, Rational(0));
    if (i == 0 || i == cuts_.size()) {
      const TermRef end = i == 0 ? cuts_.front() : cuts_.back();
      return Make(context_, Kind::kSum,
                  {end, MakeNumber(context_, Rational(i == 0 ? -1 : 1))});
    }
    const auto sum = Make(context_, Kind::kSum, {cuts_[i - 1], cuts_[i]});
    if (!sum) return std::nullopt;
    return Make(context_, Kind::kDivide,
                {*sum, MakeNumber(context_, Rational(2))});
  }

  std::optional<bool> IsPole(TermRef at) {
    for (const TermRef pole : pole_cuts_) {
      const auto sign = CompareReals(pole, at, context_->work);
      if (!sign) return std::nullopt;
      if (*sign == 0) return true;
    }
    return false;
  }

  bool Test(TermRef at, std::vector<bool>* to) {
    const auto value = Substitute(context_, difference_, name_, at);
    if (!value) return false;
    const auto sign = SignOf(*value, context_->work);
    if (!sign) return false;
    to->push_back(Satisfies(*sign, sign_));
    return true;
  }

  Context* context_;
  TermRef difference_;
  Sign sign_;
  std::string_view name_;
  std::vector<TermRef> cuts_;
  std::vector<TermRef> pole_cuts_;
};

Sign Flip(Sign sign) {
  switch (sign) {
    case Sign::kLess:
      return Sign::kGreater;
    case Sign::kLessEqual:
      return Sign::kGreaterEqual;
    case Sign::kGreater:
      return Sign::kLess;
    case Sign::kGreaterEqual:
      return Sign::kLessEqual;
    default:
      return sign;
  }
}

// |u| against a constant r: u against r and -r, at once or either.
std::optional<RealSet> SolveAbsolute(Context* context, TermRef absolute,
                                     Sign sign, TermRef bound,
                                     std::string_view name) {
  const Nested nested(context);
  if (nested.too_deep()) return std::nullopt;
  const auto minus = Make(context, Kind::kNegate, {bound});
  const auto sign_of_bound = SignOf(bound, context->work);
  // |u| = -1 and |u| != -1 would find u = 1.
  if (!minus || !sign_of_bound || *sign_of_bound < 0) return std::nullopt;
  const TermRef u = Child(absolute, 0);
  const auto upper = Solve(context, u, sign, bound, name);
  if (!upper) return std::nullopt;
  const auto lower = Solve(context, u, Flip(sign), *minus, name);
  if (!lower) return std::nullopt;
  const bool inside = sign == Sign::kLess || sign == Sign::kLessEqual ||
                      sign == Sign::kNotEqual;
  return inside ? RealSet::Intersection(context, *upper, *lower)
                : RealSet::Union(context, *upper, *lower);
}

}  // namespace

std::optional<RealSet> Solve(Context* context, TermRef left, Sign sign,
                             TermRef right, std::string_view name) {
  if (!IsOrder(sign) || !IsScalar(left) || !IsScalar(right)) {
    return std::nullopt;
  }
  if (IsVariable(left, name) && !HasSymbols(right)) {
    return SolveBound(context, right, sign);
  }
  if (IsVariable(right, name) && !HasSymbols(left)) {
    return SolveBound(context, left, Flip(sign));
  }
  const auto difference = Minus(context, left, right);
  if (!difference) return std::nullopt;
  if (auto solved = CutSolver(context, *difference, sign, name).Run()) {
    return solved;
  }
  if (auto solved = SolveLinear(context, *difference, sign, name)) {
    return solved;
  }
  if (KindOf(left) == Kind::kAbsolute && !HasSymbols(right)) {
    return SolveAbsolute(context, left, sign, right, name);
  }
  if (KindOf(right) == Kind::kAbsolute && !HasSymbols(left)) {
    return SolveAbsolute(context, right, Flip(sign), left, name);
  }
  return std::nullopt;
}

}  // namespace rewards::math
