#include "rewards/math/syntax/parser.h"

#include <algorithm>
#include <array>

#include "rewards/math/syntax/units.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

bool Opens(TokenKind kind) {
  return kind == kOpen || kind == kOpenBracket || kind == kOpenBrace ||
         kind == kOpenSet || kind == kOpenAngle || kind == kOpenFloor ||
         kind == kOpenCeiling || kind == kOpenAbsolute || kind == kBegin;
}
bool Closes(TokenKind kind) {
  return kind == kClose || kind == kCloseBracket || kind == kCloseBrace ||
         kind == kCloseSet || kind == kCloseAngle || kind == kCloseFloor ||
         kind == kCloseCeiling || kind == kCloseAbsolute ||
         kind == kCloseNothing || kind == kEndOf;
}

}  // namespace

Read<Tree> Parser::Run() {
  FindGroups();
  values_.reserve(16);
  while (!error_ && !Next(kEnd)) Step();
  if (!error_) Finish();
  if (tree_.terms.size() > limits_.nodes) FailHere("too many terms");
  if (error_) return *error_;
  return std::move(tree_);
}

void Parser::Step() {
  if (need_operand_) {
    Operand();
  } else {
    Operator();
  }
  if (tree_.terms.size() > limits_.nodes) FailHere("too many terms");
  if (depth_ > limits_.depth) FailHere("brackets nested too deeply");
}

void Parser::FindGroups() {
  groups_.resize(tokens_.size());
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    const TokenKind kind = tokens_[i].kind;
    if (Opens(kind)) {
      open.push_back(i);
    } else if (Closes(kind)) {
      if (open.empty()) continue;
      groups_[open.back()].close = i;
      open.pop_back();
    } else if (!open.empty()) {
      Group& group = groups_[open.back()];
      if (kind == TokenKind::kRelation) group.relation = true;
      if (kind == kComma || kind == kMid) group.comma = true;
    }
  }
}

void Parser::Repair(std::string_view what) {
  auto& all = tree_.repairs;
  if (std::find(all.begin(), all.end(), what) == all.end()) all.push_back(what);
}

void Parser::Fail(const Token& token) {
  if (error_) return;
  if (token.kind == kEnd) {
    error_ = ReadError("something is missing at the end", token.begin);
    return;
  }
  constexpr std::size_t kMaxQuoted = 24;
  const std::size_t length =
      std::min<std::size_t>(token.end - token.begin, kMaxQuoted);
  error_ = ReadError(
      "unexpected '" + std::string(folded_.substr(token.begin, length)) + "'",
      token.begin);
}

void Parser::FailHere(std::string what) {
  if (!error_) error_ = ReadError(std::move(what), Here().begin);
}

bool Parser::CheckScalar(TermId id) {
  const Kind kind = tree_.at(id).kind;
  if (IsScalarKind(kind) || kind == Kind::kMatrix || kind == Kind::kTuple ||
      kind == Kind::kBracketed || kind == Kind::kSet ||
      kind == Kind::kNamedSet) {
    return true;
  }
  FailHere("what is no number cannot be calculated with");
  return false;
}

void Parser::Operand() {
  const Token& token = Here();
  switch (token.kind) {
    case kNumber:
      return Number();
    case kLetter:
      return Letter();
    case kWord:
      return Word();
    case kInfinity:
      ++pos_;
      return PushConstant(Constant::kInfinity);
    case kFunction:
      return Function();
    case TokenKind::kBig:
      return Big();
    case TokenKind::kNamedSet:
      return NamedSet();
    case kEmptySet:
      ++pos_;
      return Push(tree_.Add(Kind::kSet, {}));
    case kAccent:
      return Accent();
    case kPrefixName:
      return PrefixName();
    case kFraction:
      ++pos_;
      return Argument(Op::kNumerator);
    case kBinomial:
      ++pos_;
      return Argument(Op::kBinomialTop);
    case kRoot:
      return Root();
    case kPlainRoot:
      return PlainRoot();
    case kPlus:
      return Sign(Op::kNoSign, Op::kTightNoSign);
    case kEnDash:
      Repair("dash read as minus");
      return Sign(Op::kSign, Op::kTightSign);
    case kMinus:
      return Sign(Op::kSign, Op::kTightSign);
    case TokenKind::kPlusMinus:
      return Sign(Op::kSignBoth, Op::kSignBoth);
    case TokenKind::kMinusPlus:
      return Sign(Op::kSignOther, Op::kSignOther);
    case kCurrency:
      return Money();
    case kDots:
      ++pos_;
      return Push(tree_.Add(Kind::kSymbol, {}, "\\dots"));
    case TokenKind::kRelation:
      // A sign in front of all: "= 5" and "\approx 5".
      if (pos_ == 0 &&
          token.data <= static_cast<unsigned>(rewards::math::Sign::kApprox)) {
        const auto sign = static_cast<rewards::math::Sign>(token.data);
        if (sign == rewards::math::Sign::kApprox) tree_.approximate = true;
        if (sign == rewards::math::Sign::kEqual) {
          Repair("an equals sign in front");
        }
        if (tree_.approximate || sign == rewards::math::Sign::kEqual) {
          ++pos_;
          return;
        }
      }
      return Fail(token);
    default:
      return OpenOperand();
  }
}

void Parser::Operator() {
  const Token& token = Here();
  switch (token.kind) {
    case kPlus:
      Many(Op::kSum);
      return;
    case kMinus:
      Many(Op::kSum);
      stack_.push_back({Op::kSign});
      return;
    case TokenKind::kPlusMinus:
      return Two(Op::kPlusMinus);
    case TokenKind::kMinusPlus:
      return Two(Op::kMinusPlus);
    case kTimes:
      return Many(Op::kProduct);
    case TokenKind::kDivide:
      return Two(Op::kDivide);
    case TokenKind::kModulo:
      return Two(Op::kModulo);
    case TokenKind::kChoose:
      return Two(Op::kChoose);
    case kPmod:
      Reduce(Precedence(Op::kRelation) + 1);
      if (!TopIs(Op::kRelation)) return Fail(token);
      ++pos_;
      stack_.back().count += 1;
      signs_.push_back(rewards::math::Sign::kModulus);
      return Next(kOpenBrace) ? Open(Op::kModulus, kCloseBrace)
                              : static_cast<void>(need_operand_ = true);
    case TokenKind::kPower:
      return Power();
    case kBang:
      return Postfix(Ahead().kind == kBang && !Ahead().space_before
                         ? Kind::kDoubleFactorial
                         : Kind::kFactorial);
    case TokenKind::kPercent:
      return Postfix(Kind::kPercent);
    case TokenKind::kRelation:
      if (token.text == "in" && IsBoundary(pos_ + 1)) return WordAfter();
      return Relate(static_cast<rewards::math::Sign>(token.data));
    case TokenKind::kMid:
    case kColon:
      return ColonAfter();
    case TokenKind::kComma:
    case TokenKind::kSemicolon:
      if (Ahead().kind == kEnd || Ahead().kind == TokenKind::kWhere ||
          Ahead().kind == kRow || Ahead().kind == kCell ||
          Ahead().kind == kEndOf || Ahead().kind == TokenKind::kOr ||
          Ahead().kind == TokenKind::kAnd) {
        ++pos_;
        return;
      }
      return Many(token.kind == TokenKind::kComma ? Op::kComma
                                                  : Op::kSemicolon);
    case TokenKind::kOr:
      return Many(Op::kOr);
    case TokenKind::kAnd:
      return Many(Op::kAnd);
    case TokenKind::kWhere:
      return Two(Op::kWhere);
    case TokenKind::kUnion:
      return Many(Op::kUnion);
    case TokenKind::kIntersection:
      return Many(Op::kIntersection);
    case TokenKind::kDifference:
      return Two(Op::kDifference);
    case kDegree:
    case kWord:
    case kCurrency:
      return WordAfter();
    case kLetter:
      if (token.in_text || Ahead().kind == kPeriod ||
          (token.text == "m" && Ahead().kind == kDivide &&
           tokens_[pos_ - 1].kind == kNumber)) {
        return WordAfter();
      }
      return Implied();
    case kPrime:
      return AngleMinutes();
    case kNumber:
      if (ValueKind() == Kind::kDegrees && Ahead().kind == kPrime) {
        Many(Op::kSum);  // 30^\circ 15'
        --pos_;
        return;
      }
      if (ValueKind() == Kind::kQuantity &&
          ValueOfUnit(tree_.NameOf(Value())).has_value()) {
        Many(Op::kSum);  // 5 ft 3 in
        --pos_;
        return;
      }
      if (IsRaisedFactor()) return Implied();
      if ((ValueKind() != Kind::kPower && !TopIs(Op::kPower)) ||
          !token.space_before) {
        return FailHere("two numbers side by side");
      }
      return Implied();
    case kOpenBracket:
      return ClosesReversed() ? Close() : Implied();
    case kBar:
    case kNorm:
      return CloseBar();
    case kCell:
      return Cell();
    case kRow:
      return Row();
    case kEndOf:
      return EndEnvironment();
    case kPeriod:
      if (Ahead().kind != kEnd && Ahead().kind != kRow &&
          Ahead().kind != kEndOf) {
        return Fail(token);
      }
      ++pos_;
      return;
    case kEnDash:
      return FailHere("a range or a difference");
    case kFunction:
    case TokenKind::kBig:
    case kInfinity:
    case kFraction:
    case kBinomial:
    case kRoot:
    case kPlainRoot:
    case TokenKind::kNamedSet:
    case kEmptySet:
    case kAccent:
    case kPrefixName:
      return Implied();
    default:
      if (Closes(token.kind)) return Close();
      return Opens(token.kind) ? Implied() : Fail(token);
  }
}

void Parser::Finish() {
  if (need_operand_) return Fail(Here());
  Reduce(0);
  // Braces that the end of the answer cut off.
  while (!stack_.empty() && stack_.back().close == kCloseBrace && !error_) {
    Repair("missing closing brace");
    const Pending frame = stack_.back();
    stack_.pop_back();
    CloseFrame(frame, kCloseBrace);
    if (need_operand_) return Fail(Here());
    Reduce(0);
  }
  if (error_) return;
  if (!stack_.empty()) return FailHere("a bracket is not closed");
  Compact();
}

// The root must be the last term, and all must hang below it.
void Parser::Compact() {
  if (!garbage_ && values_.back() == tree_.root()) return;
  Tree whole;
  whole.repairs = std::move(tree_.repairs);
  whole.approximate = tree_.approximate;
  whole.AddCopy(tree_, values_.back());
  tree_ = std::move(whole);
}

}  // namespace rewards::math::syntax
