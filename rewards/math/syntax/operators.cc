// What stands between operands, and the terms it builds.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "rewards/math/syntax/parser.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;
constexpr int kPowerPrecedence = 17;

// A function of one angle, which is no angle itself.
bool IsOfAngle(const rewards::math::Tree& tree, rewards::math::TermId id) {
  if (tree.at(id).kind != Kind::kCall || tree.at(id).child_count != 1) {
    return false;
  }
  const std::string_view name = tree.NameOf(id);
  return name == "sin" || name == "cos" || name == "tan" || name == "cot" ||
         name == "sec" || name == "csc";
}

}  // namespace

int Parser::Precedence(Op op) {
  switch (op) {
    case Op::kMid:
      return 1;
    case Op::kWhere:
      return 2;
    case Op::kOr:
      return 3;
    case Op::kSemicolon:
      return 4;
    case Op::kAnd:
      return 5;
    case Op::kComma:
      return 6;
    case Op::kRelation:
      return 7;
    case Op::kUnion:
    case Op::kDifference:
      return 8;
    case Op::kIntersection:
      return 9;
    case Op::kRatio:
    case Op::kChoose:
    case Op::kModulo:
      return 10;
    case Op::kSum:
    case Op::kPlusMinus:
    case Op::kMinusPlus:
      return 11;
    case Op::kSign:
    case Op::kNoSign:
    case Op::kSignBoth:
    case Op::kSignOther:
    case Op::kMoney:
    case Op::kBig:
      return 12;
    case Op::kProduct:
    case Op::kDivide:
      return 13;
    case Op::kApply:
      return 14;
    case Op::kImplied:
      return 15;
    case Op::kTightSign:
    case Op::kTightNoSign:
      return 16;
    case Op::kPower:
      return kPowerPrecedence;
    default:
      return -1;  // a bracket
  }
}

// A sign in front of an operand. After an operator that binds more tightly it
// takes the next factor only: 2 / -3 * 4.
void Parser::Sign(Op loose, Op tight) {
  const int before = stack_.empty() ? -1 : Precedence(stack_.back().op);
  const bool sign_before = before == 12 || before == 16;
  if (sign_before && !TopIs(Op::kBig) && !TopIs(Op::kMoney)) {
    // a - -b is a sum; two signs in front of one operand are not.
    const bool of_sum = TopIs(Op::kSign) && stack_.size() >= 2 &&
                        stack_[stack_.size() - 2].op == Op::kSum &&
                        tokens_[pos_ - 1].kind == kMinus && pos_ >= 2 &&
                        tokens_[pos_ - 2].kind != kMinus &&
                        tokens_[pos_ - 2].kind != kPlus;
    if (!of_sum) return Fail(Here());
  }
  stack_.push_back({before > 12 ? tight : loose});
  ++pos_;
}

// An operator that joins any number of operands.
void Parser::Many(Op op) {
  const int precedence = Precedence(op);
  Reduce(precedence + 1);
  if (!TopIs(op)) Reduce(precedence);
  if (TopIs(op)) {
    ++stack_.back().count;
  } else {
    Pending pending{op};
    pending.count = 1;
    stack_.push_back(pending);
  }
  ++pos_;
  need_operand_ = true;
}

// An operator of two operands, from left to right.
void Parser::Two(Op op) {
  Reduce(Precedence(op));
  stack_.push_back({op});
  ++pos_;
  need_operand_ = true;
}

// True where the waiting division is one of two plain integers and space
// follows: 1/2 x.
bool Parser::DivisionIsPlain() const {
  if (!Here().space_before || pos_ < 3 || values_.size() < 2) return false;
  return tokens_[pos_ - 1].kind == kNumber &&
         tokens_[pos_ - 3].kind == kNumber &&
         (Here().kind == kLetter || Here().kind == kPlainRoot ||
          Here().kind == kRoot || Here().kind == kFunction);
}

// A product without a sign. A function's argument ends where another function
// or a bracket begins: \sin 2x \cos x.
void Parser::Implied() {
  Reduce(Precedence(Op::kImplied) + 1);
  const TokenKind kind = Here().kind;
  const bool plain = kind == kLetter || kind == kNumber || kind == kFraction ||
                     kind == kRoot || kind == kPlainRoot || kind == kInfinity;
  const bool closed =
      tokens_[pos_ - 1].kind == kClose || tokens_[pos_ - 1].kind == kBar;
  if (!plain || closed) {
    std::size_t apply = stack_.size();
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const Op op = stack_[i].op;
      if (op != Op::kImplied && op != Op::kApply) break;
      if (op == Op::kApply) apply = i;
    }
    while (stack_.size() > apply && !error_) {
      const Pending top = stack_.back();
      stack_.pop_back();
      Build(top);
    }
  }
  if (TopIs(Op::kDivide)) {
    if (!DivisionIsPlain()) return FailHere("ambiguous: a/b c");
    Reduce(Precedence(Op::kDivide));
  }
  if (groups_[pos_].relation && kind == kOpen) {  // y = x^2 (x > 0)
    Reduce(Precedence(Op::kWhere));
    stack_.push_back({Op::kWhere});
  } else if (TopIs(Op::kImplied)) {
    ++stack_.back().count;
  } else {
    Pending pending{Op::kImplied};
    pending.count = 1;
    stack_.push_back(pending);
  }
  need_operand_ = true;
}

void Parser::Relate(rewards::math::Sign sign) {
  Many(Op::kRelation);
  signs_.push_back(sign);
}

void Parser::Power() {
  if (pos_ == exponent_end_ && pos_ != 0) return Fail(Here());
  Reduce(kPowerPrecedence + 1);
  const TokenKind next = Ahead().kind;
  const bool braced = next == kOpenBrace;
  const Token& first = braced ? Ahead(2) : Ahead();
  if (first.kind == kDegree && (!braced || Ahead(3).kind == kCloseBrace)) {
    Reduce(kPowerPrecedence);
    pos_ += braced ? 3 : 1;
    return Postfix(Kind::kDegrees);
  }
  const bool ordinal =
      first.kind == kWord && (first.text == "th" || first.text == "st" ||
                              first.text == "nd" || first.text == "rd");
  if (ordinal && tokens_[pos_ - 1].kind == kNumber) {
    pos_ += braced ? 4 : 2;
    if (braced && tokens_[pos_ - 1].kind != kCloseBrace) Fail(first);
    return;
  }
  ++pos_;
  if (braced) return Open(Op::kExponent, kCloseBrace);
  if (next == kNumber || next == kLetter || next == kOpen || next == kMinus ||
      next == kInfinity || next == kFraction || next == kRoot ||
      next == kWord || next == kPlus) {
    stack_.push_back({Op::kPower});
    need_operand_ = true;
    return;
  }
  Fail(Here());
}

// A sign behind its operand, which is the last factor. Requires: at the sign.
void Parser::Postfix(Kind kind) {
  if ((kind == Kind::kFactorial || kind == Kind::kDoubleFactorial) &&
      TopIs(Op::kPower)) {
    return FailHere("ambiguous: a power and a factorial");
  }
  Reduce(Precedence(Op::kTightSign));
  if (!CheckScalar(Value())) return;
  std::array of = {Pop()};
  if (kind == Kind::kDegrees && IsOfAngle(tree_, of[0])) {
    // \sin(30)^\circ: the angle is in degrees, not its sine.
    const std::string name(tree_.NameOf(of[0]));
    const std::array angle = {tree_.ChildrenOf(of[0])[0]};
    of[0] = tree_.Add(kind, angle);
    Push(tree_.Add(Kind::kCall, of, name));
  } else {
    Push(tree_.Add(kind, of));
  }
  pos_ += kind == Kind::kDoubleFactorial ? 2 : 1;
}

void Parser::Reduce(int precedence) {
  while (!stack_.empty() && !error_ &&
         Precedence(stack_.back().op) >= std::max(precedence, 0)) {
    const Pending top = stack_.back();
    stack_.pop_back();
    Build(top);
  }
}

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
      return two(Kind::kDivide, true);
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
    const bool relations =
        std::any_of(of.begin(), of.end(), [this](TermId member) {
          return tree_.at(member).kind == Kind::kRelation;
        });
    if (tree_.at(id).kind == Kind::kList &&
        (!relations || NameOneVariable(of))) {
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
  Push(tree_.Add(Kind::kList, TakeFlat(count)));
}

void Parser::BuildRelation(std::uint32_t count) {
  const std::span<TermId> sides = std::span<TermId>(values_).last(count);
  const std::span<const rewards::math::Sign> with =
      std::span<const rewards::math::Sign>(signs_).last(count - 1);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const Term& side = tree_.at(sides[i]);
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
