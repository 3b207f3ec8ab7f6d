// The terms that operators build.

#include <algorithm>
#include <array>

#include "rewards/math/syntax/parser.h"
#include "rewards/math/syntax/units.h"

namespace rewards::math::syntax {

void Parser::Build(const Pending& pending) {
  const std::uint32_t count = pending.count + 1;
  const auto two = [&](Kind kind, bool scalar) {
    const std::array of = {values_[values_.size() - 2], values_.back()};
    if (scalar && (!CheckScalar(of[0]) || !CheckScalar(of[1]))) return;
    values_.resize(values_.size() - 2);
    Push(tree_.Add(kind, of));
  };
  switch (pending.op) {
    case Op::kMid:
      return two(Kind::kSetBuilder, false);
    case Op::kWhere:
      return two(Kind::kWhere, false);
    case Op::kOr:
      return Push(tree_.Add(Kind::kOr, TakeFlat(count)));
    case Op::kSemicolon:
    case Op::kComma:
      return BuildComma(count, /*and_word=*/false);
    case Op::kAnd:
      return BuildComma(count, /*and_word=*/true);
    case Op::kRelation:
      return BuildRelation(count);
    case Op::kUnion:
      return BuildMany(Kind::kUnion, count, false);
    case Op::kIntersection:
      return BuildMany(Kind::kIntersection, count, false);
    case Op::kDifference:
      return two(Kind::kDifference, false);
    case Op::kRatio:
      return BuildMany(Kind::kRatio, count, true);
    case Op::kModulo:
      return two(Kind::kModulo, true);
    case Op::kChoose:
      return two(Kind::kBinomial, true);
    case Op::kSum:
      return BuildMany(Kind::kSum, count, true);
    case Op::kPlusMinus:
      return two(Kind::kPlusMinus, true);
    case Op::kMinusPlus:
      return two(Kind::kMinusPlus, true);
    case Op::kSign:
    case Op::kTightSign:
      return BuildSign(Kind::kNegate);
    case Op::kSignBoth:
      return BuildSign(Kind::kPlusMinus);
    case Op::kSignOther:
      return BuildSign(Kind::kMinusPlus);
    case Op::kNoSign:
    case Op::kTightNoSign:
      CheckScalar(Value());
      return;
    case Op::kMoney: {
      if (!CheckScalar(Value())) return;
      if (ValueKind() == Kind::kQuantity) return FailHere("two units");
      const std::array of = {Pop()};
      return Push(tree_.Add(Kind::kQuantity, of, pending.name));
    }
    case Op::kBig:
      return BuildBig(pending);
    case Op::kProduct:
    case Op::kImplied:
      return BuildProduct(count);
    case Op::kDivide:
      if (!CheckScalar(Value()) || !CheckScalar(values_[values_.size() - 2])) {
        return;
      }
      return BuildDivide();
    case Op::kPower:
      return two(Kind::kPower, true);
    case Op::kApply: {
      const std::array arguments = {Pop()};
      return Call(pending, arguments);
    }
    default:
      return;
  }
}

void Parser::BuildMany(Kind kind, std::uint32_t count, bool scalar) {
  const std::span<const TermId> of =
      std::span<const TermId>(values_).last(count);
  if (scalar && !std::all_of(of.begin(), of.end(),
                             [this](TermId id) { return CheckScalar(id); })) {
    return;
  }
  // R - {0}: a set without another.
  if (kind == Kind::kSum && count == 2 &&
      tree_.at(of[0]).kind == Kind::kNamedSet &&
      tree_.at(of[1]).kind == Kind::kNegate) {
    const std::array sets = {of[0], tree_.ChildrenOf(of[1])[0]};
    garbage_ = true;
    values_.resize(values_.size() - 2);
    return Push(tree_.Add(Kind::kDifference, sets));
  }
  const TermId id = tree_.Add(kind, of);
  values_.resize(values_.size() - count);
  Push(id);
}

// True for relations that all name the same variable: x = 1, x = 2.
bool Parser::NameOneVariable(std::span<const TermId> of) const {
  std::string_view name;
  for (const TermId id : of) {
    if (tree_.at(id).kind != Kind::kRelation) return false;
    const TermId side = tree_.ChildrenOf(id)[0];
    if (tree_.at(side).kind != Kind::kSymbol) return false;
    if (!name.empty() && name != tree_.NameOf(side)) return false;
    name = tree_.NameOf(side);
  }
  return true;
}

// Takes the last `count` operands. A list among them gives its members, where
// it means no more than they do: "2, 3, and 4", "x = 1, x = 2 or x = 3".
std::vector<TermId> Parser::TakeFlat(std::uint32_t count) {
  std::vector<TermId> all;
  for (const TermId id : std::span<const TermId>(values_).last(count)) {
    const std::span<const TermId> of = tree_.ChildrenOf(id);
    const auto holds = [&](Kind kind) {
      return std::any_of(of.begin(), of.end(), [&](TermId member) {
        return tree_.at(member).kind == kind;
      });
    };
    if (tree_.at(id).kind == Kind::kList && !holds(Kind::kList) &&
        (!holds(Kind::kRelation) || NameOneVariable(of))) {
      all.insert(all.end(), of.begin(), of.end());
      garbage_ = true;
    } else {
      all.push_back(id);
    }
  }
  values_.resize(values_.size() - count);
  return all;
}

// a, b, c. The last member may say what the others mean: x = 2k, k \in Z.
void Parser::BuildComma(std::uint32_t count, bool and_word) {
  const std::span<const TermId> of =
      std::span<const TermId>(values_).last(count);
  const auto is_relation = [this](TermId id) {
    return tree_.at(id).kind == Kind::kRelation;
  };
  const auto is_family = [&](TermId id) {
    return is_relation(id) && tree_.SignsOf(id).size() == 1 &&
           tree_.SignsOf(id)[0] == rewards::math::Sign::kIn &&
           tree_.at(tree_.ChildrenOf(id)[0]).kind == Kind::kSymbol &&
           tree_.at(tree_.ChildrenOf(id)[1]).kind == Kind::kNamedSet;
  };
  if (is_family(of.back()) && !is_family(of.front())) {
    const TermId condition = Pop();
    if (count > 2) BuildComma(count - 1, and_word);
    const std::array both = {Pop(), condition};
    return Push(tree_.Add(Kind::kWhere, both));
  }
  // "6 and 8" lists two numbers; conditions joined by "and" hold at once.
  const bool conditions = std::all_of(of.begin(), of.end(), is_relation);
  if (!and_word) return BuildMany(Kind::kList, count, false);
  if (conditions) return BuildMany(Kind::kAnd, count, false);
  if (count == 2 && BuildMixedUnits()) return;
  Push(tree_.Add(Kind::kList, TakeFlat(count)));
}

void Parser::BuildRelation(std::uint32_t count) {
  const std::span<TermId> sides = std::span<TermId>(values_).last(count);
  const std::span<const rewards::math::Sign> with =
      std::span<const rewards::math::Sign>(signs_).last(count - 1);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Term& side = tree_.at(sides[i]);
    if (i > 0 && with[i - 1] == rewards::math::Sign::kModulus &&
        !CheckScalar(sides[i])) {
      return;
    }
    // A side that is e or i alone names a variable.
    const bool letter =
        side.kind == Kind::kConstant &&
        (side.data == static_cast<std::uint32_t>(Constant::kE) ||
         side.data == static_cast<std::uint32_t>(Constant::kI));
    if (letter && i == 0 && with[0] == rewards::math::Sign::kEqual) {
      garbage_ = true;
      const bool e = side.data == static_cast<std::uint32_t>(Constant::kE);
      sides[i] = tree_.Add(Kind::kSymbol, {}, e ? "e" : "i");
    }
    // x \in R: the letter names a set.
    const bool in = i > 0 && (with[i - 1] == rewards::math::Sign::kIn ||
                              with[i - 1] == rewards::math::Sign::kNotIn);
    const std::string_view name = tree_.NameOf(sides[i]);
    if (in && side.kind == Kind::kSymbol && name.size() == 1 &&
        std::string_view("RZNQC").find(name) != std::string_view::npos) {
      tree_.terms[sides[i]].kind = Kind::kNamedSet;
    }
  }
  const TermId id = tree_.AddRelation(sides, with);
  values_.resize(values_.size() - count);
  signs_.resize(signs_.size() - (count - 1));
  Push(id);
}

// A sign goes inside a unit: -\$5 is minus five dollars.
void Parser::BuildSign(Kind kind) {
  if (!CheckScalar(Value())) return;
  std::array of = {Pop()};
  const Term inner = tree_.at(of[0]);
  if (inner.kind != Kind::kQuantity) return Push(tree_.Add(kind, of));
  const std::string name(tree_.NameOf(of[0]));
  garbage_ = true;
  of = {tree_.ChildrenOf(of[0])[0]};
  of = {tree_.Add(kind, of)};
  Push(tree_.Add(Kind::kQuantity, of, name));
}

// What stands behind the d of a differential: "x" of dx and of d x, "^{2}y" of
// d^2 y; empty where `id` is none. `below` asks for the form of a denominator,
// dx^2.
std::string Parser::Differential(TermId id, bool below) const {
  const auto is_d = [this](TermId term) {
    return tree_.at(term).kind == Kind::kSymbol && tree_.NameOf(term) == "d";
  };
  const auto order = [this](TermId power) -> std::string {
    const TermId number = tree_.ChildrenOf(power)[1];
    if (tree_.at(number).kind != Kind::kNumber) return {};
    return "^{" + tree_.LiteralOf(number).value.ToString() + "}";
  };
  if (!below && is_d(id)) return " ";
  if (tree_.at(id).kind == Kind::kPower) {  // d^2 alone, above
    if (below || !is_d(tree_.ChildrenOf(id)[0])) return {};
    return order(id);
  }
  const std::span<const TermId> of = tree_.ChildrenOf(id);
  if (tree_.at(id).kind != Kind::kProduct || of.size() != 2) return {};
  const bool raised = tree_.at(of[0]).kind == Kind::kPower;
  if (!is_d(raised ? tree_.ChildrenOf(of[0])[0] : of[0])) return {};
  if (raised && below) return {};
  std::string text = raised ? order(of[0]) : std::string();
  TermId variable = of[1];
  std::string behind;
  if (below && tree_.at(variable).kind == Kind::kPower) {
    behind = order(variable);
    if (behind.empty()) return {};
    variable = tree_.ChildrenOf(variable)[0];
  }
  if (tree_.at(variable).kind != Kind::kSymbol) return {};
  return text + std::string(tree_.NameOf(variable)) + behind;
}

// A quotient. That of two differentials, \frac{dy}{dx}, is one symbol: the d
// does not cancel.
void Parser::BuildDivide() {
  const TermId top = values_[values_.size() - 2];
  const std::string below = Differential(values_.back(), true);
  const std::string above = below.empty() ? "" : Differential(top, false);
  const std::array of = {top, values_.back()};
  values_.resize(values_.size() - 2);
  if (above.empty()) return Push(tree_.Add(Kind::kDivide, of));
  garbage_ = true;
  const std::string name = "\\frac{d" + above + "}{d" + below + "}";
  Push(tree_.Add(Kind::kSymbol, {}, name));
}

// "1 hour and 30 minutes" is one quantity in two units. Requires: two operands.
bool Parser::BuildMixedUnits() {
  const std::array of = {values_[values_.size() - 2], values_.back()};
  std::array<std::optional<UnitValue>, 2> units;
  for (std::size_t i = 0; i < 2; ++i) {
    if (tree_.at(of[i]).kind != Kind::kQuantity) return false;
    units[i] = ValueOfUnit(tree_.NameOf(of[i]));
    if (!units[i]) return false;
  }
  if (units[0]->dimension != units[1]->dimension ||
      units[0]->factor <= units[1]->factor) {
    return false;
  }
  values_.resize(values_.size() - 2);
  Push(tree_.Add(Kind::kSum, of));
  return true;
}

// A product; a decimal times a power of ten is one number, 1.5 \times 10^{-3}.
void Parser::BuildProduct(std::uint32_t count) {
  const std::span<const TermId> of =
      std::span<const TermId>(values_).last(count);
  const auto number = [this](TermId id) -> const Literal* {
    return tree_.at(id).kind == Kind::kNumber ? &tree_.LiteralOf(id) : nullptr;
  };
  const auto scientific = [&]() -> std::optional<Literal> {
    if (count != 2 || tree_.at(of[1]).kind != Kind::kPower) return {};
    const Literal* factor = number(of[0]);
    const std::span<const TermId> power = tree_.ChildrenOf(of[1]);
    const Literal* base = number(power[0]);
    const bool negative = tree_.at(power[1]).kind == Kind::kNegate;
    const Literal* exponent =
        number(negative ? tree_.ChildrenOf(power[1])[0] : power[1]);
    if (factor == nullptr || base == nullptr || exponent == nullptr ||
        !factor->last_place || !(base->value == Rational(10))) {
      return {};
    }
    const std::optional<long> digits = exponent->value.AsLong();
    if (!digits || *digits < 0 || *digits > limits_.decimal_exponent) return {};
    const long shift = negative ? -*digits : *digits;
    Literal literal = *factor;
    literal.value = literal.value * Rational::PowerOfTen(shift);
    literal.last_place = *literal.last_place + shift;
    return literal;
  };
  if (std::optional<Literal> literal = scientific()) {
    values_.resize(values_.size() - count);
    garbage_ = true;
    return Push(tree_.AddNumber(*std::move(literal)));
  }
  BuildMany(Kind::kProduct, count, true);
}

}  // namespace rewards::math::syntax
