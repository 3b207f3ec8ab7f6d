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
    const bool of_sum =
        TopIs(Op::kSign) && Here().space_before && stack_.size() >= 2 &&
        stack_[stack_.size() - 2].op == Op::kSum &&
        tokens_[pos_ - 1].kind == kMinus && pos_ >= 2 &&
        tokens_[pos_ - 2].kind != kMinus && tokens_[pos_ - 2].kind != kPlus;
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

// True for the number in n2^n and n2^{n-1}. In a1^2 it may be an index.
// Requires: at a number.
bool Parser::IsRaisedFactor() const {
  if (tokens_[pos_ - 1].kind != kLetter || ValueKind() != Kind::kSymbol ||
      TopIs(Op::kPower) || Ahead().kind != TokenKind::kPower) {
    return false;
  }
  if (Ahead(2).kind == kLetter) return true;
  return Ahead(2).kind == kOpenBrace && Ahead(4).kind != kCloseBrace;
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
    Postfix(Kind::kDegrees);
    const bool scale =
        Next(kLetter) && (Here().text == "C" || Here().text == "F");
    if (!scale || error_) return;
    ++pos_;  // 20^\circ C
    return UnitAfter(std::string(tokens_[pos_ - 1].text));
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

// Degrees of the last operand. \sin(30)^\circ: the angle is in degrees, not its
// sine.
void Parser::BuildDegrees() {
  std::array of = {Pop()};
  if (!IsOfAngle(tree_, of[0])) {
    return Push(tree_.Add(Kind::kDegrees, of));
  }
  const std::string name(tree_.NameOf(of[0]));
  const std::array angle = {tree_.ChildrenOf(of[0])[0]};
  of[0] = tree_.Add(Kind::kDegrees, angle);
  Push(tree_.Add(Kind::kCall, of, name));
}

// A sign behind its operand, which is the last factor. Requires: at the sign.
void Parser::Postfix(Kind kind) {
  if ((kind == Kind::kFactorial || kind == Kind::kDoubleFactorial) &&
      TopIs(Op::kPower)) {
    return FailHere("ambiguous: a power and a factorial");
  }
  Reduce(Precedence(Op::kTightSign));
  if (!CheckScalar(Value())) return;
  if (kind == Kind::kDegrees) {
    BuildDegrees();
  } else {
    const std::array of = {Pop()};
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

}  // namespace rewards::math::syntax
