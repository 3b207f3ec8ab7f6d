// Functions, roots, big operators, and signs over a letter.

#include <algorithm>
#include <array>
#include <string>

#include "rewards/math/syntax/parser.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

// The inverse of a function that \sin^{-1} means, or empty.
std::string_view InverseOf(std::string_view name) {
  constexpr std::array<std::array<std::string_view, 2>, 9> kInverses = {{
      {"sin", "arcsin"},
      {"cos", "arccos"},
      {"tan", "arctan"},
      {"cot", "arccot"},
      {"sec", "arcsec"},
      {"csc", "arccsc"},
      {"sinh", "arcsinh"},
      {"cosh", "arccosh"},
      {"tanh", "arctanh"},
  }};
  for (const auto& [function, inverse] : kInverses) {
    if (function == name) return inverse;
  }
  return {};
}

bool TakesMany(std::string_view name) {
  return name == "gcd" || name == "lcm" || name == "min" || name == "max" ||
         name == "sup" || name == "inf";
}

}  // namespace

void Parser::Function() {
  Pending call{Op::kApply};
  call.name = Here().text;
  call.base = static_cast<std::uint32_t>(values_.size());
  stack_.push_back(call);
  ++pos_;
  FunctionHead();
}

// Notes that the power or the base of the waiting function was read.
void Parser::Mark(bool power) {
  Pending& call = stack_.back();
  if (power) call.power_first = !call.has_base;
  (power ? call.has_power : call.has_base) = true;
}

// What stands between a function's name and its argument: a power, a base.
void Parser::FunctionHead() {
  while (!error_) {
    Pending& call = stack_.back();
    const bool power = Next(TokenKind::kPower) && !call.has_power;
    const bool base = Next(kSubscript) && !call.has_base &&
                      (call.name == "log" || call.name == "lg");
    if (!power && !base) break;
    ++pos_;
    if (Next(kOpenBrace)) {
      return Open(power ? Op::kFunctionPower : Op::kFunctionBase, kCloseBrace);
    }
    const bool negative = Next(kMinus);
    if (negative) ++pos_;
    if (Next(kNumber)) {
      const std::optional<long> value = SmallInteger(pos_);
      if (!value) return Fail(Here());
      PushNumber(*value);
      if (negative) BuildSign(Kind::kNegate);
      ++pos_;
    } else if (Next(kLetter) && !negative) {
      PushLetter(Here());
      ++pos_;
    } else {
      return Fail(Here());
    }
    Mark(power);
  }
  // log2(8) has the base 2; sin2(x) could mean anything.
  if (Next(kNumber) && !Here().space_before && Ahead().kind == kOpen &&
      !Ahead().space_before && !stack_.back().has_base) {
    if (stack_.back().name != "log") return FailHere("ambiguous: f2(x)");
    Push(tree_.AddNumber(lexed_.literals[Here().data]));
    Mark(false);
    ++pos_;
  }
  need_operand_ = true;
  switch (Here().kind) {
    case kOpen:
      return Open(Op::kArguments, kClose);
    case kOpenBracket:
      return Open(Op::kArguments, kCloseBracket);
    case kOpenBrace:
      return Open(Op::kArguments, kCloseBrace);
    case kOpenSet:
      if (!TakesMany(stack_.back().name)) return Fail(Here());
      return Open(Op::kArguments, kCloseSet);
    default:
      return;  // the argument is the product that follows
  }
}

// Builds a call. On the stack of operands wait its power and its base.
void Parser::Call(const Pending& call, std::span<const TermId> arguments) {
  for (const TermId id : arguments) {
    if (!CheckScalar(id)) return;
  }
  TermId base = 0;
  TermId power = 0;
  bool has_power = call.has_power;
  // They were pushed in the order they were written in.
  if (call.has_base && call.has_power) {
    const TermId second = Pop();
    const TermId first = Pop();
    base = call.power_first ? second : first;
    power = call.power_first ? first : second;
  } else if (call.has_base) {
    base = Pop();
  } else if (call.has_power) {
    power = Pop();
  }
  std::vector<TermId> of(arguments.begin(), arguments.end());
  if (call.letter) {  // f(x): its name waits as a symbol
    const std::string name(tree_.NameOf(Pop()));
    return Push(tree_.Add(Kind::kCall, of, name));
  }
  std::string_view name = call.name;
  if (!TakesMany(name) &&
      of.size() != (name == "log" && !call.has_base ? 2u : 1u) &&
      of.size() != 1) {
    return FailHere("too many arguments");
  }
  if (call.has_base) of.push_back(base);
  if (name == "lg") {
    name = "log";
    if (!call.has_base) of.push_back(tree_.AddNumber({Rational(10)}));
  }
  if (has_power) {
    const Term& exponent = tree_.at(power);
    const bool negated = exponent.kind == Kind::kNegate;
    const TermId number = negated ? tree_.ChildrenOf(power)[0] : power;
    const bool inverse = tree_.at(number).kind == Kind::kNumber && negated &&
                         tree_.LiteralOf(number).value == Rational(1);
    if (inverse) {
      name = InverseOf(name);
      if (name.empty()) return FailHere("an inverse that has no name");
      has_power = false;
      garbage_ = true;
    }
  }
  TermId id = 0;
  if (name == "abs") {
    id = tree_.Add(Kind::kAbsolute, of);
  } else if (name == "floor" || name == "ceil") {
    id = tree_.Add(name == "floor" ? Kind::kFloor : Kind::kCeiling, of);
  } else if (name == "root") {
    id = tree_.Add(Kind::kRoot, of);
  } else if (name == "cis") {  // e^{i x}
    const TermId e = tree_.Add(Kind::kConstant, {}, {},
                               static_cast<std::uint32_t>(Constant::kE));
    const TermId i = tree_.Add(Kind::kConstant, {}, {},
                               static_cast<std::uint32_t>(Constant::kI));
    const TermId angle = tree_.Add(Kind::kProduct, std::array{i, of[0]});
    id = tree_.Add(Kind::kPower, std::array{e, angle});
  } else if (name == "conjugate") {
    id = tree_.Add(Kind::kConjugate, of);
  } else {
    id = tree_.Add(Kind::kCall, of, name);
  }
  if (has_power) id = tree_.Add(Kind::kPower, std::array{id, power});
  Push(id);
}

// A letter that names a function where a bracket follows: f(x), y'(0),
// f^{-1}(x).
void Parser::CallLetter(std::string name) {
  const bool inverse = Next(TokenKind::kPower) && Ahead().kind == kOpenBrace &&
                       Ahead(2).kind == kMinus && SmallInteger(pos_ + 3) == 1 &&
                       Ahead(4).kind == kCloseBrace;
  const std::size_t after = pos_ + (inverse ? 5 : 0);
  if (tokens_[std::min(after, tokens_.size() - 1)].kind != kOpen) {
    return Push(tree_.Add(Kind::kSymbol, {}, name));
  }
  if (inverse) name += "^{-1}";
  pos_ = after;
  Pending call{Op::kApply};
  call.letter = true;
  garbage_ = true;
  Push(tree_.Add(Kind::kSymbol, {}, name));
  stack_.push_back(call);
  Open(Op::kArguments, kClose);
}

void Parser::Big() {
  Pending big{Op::kBig};
  big.name = Here().text;
  stack_.push_back(big);
  ++pos_;
  BigHead();
}

// The bounds of a big operator.
void Parser::BigHead() {
  while (!error_) {
    const Pending& big = stack_.back();
    const bool below = Next(kSubscript) && !big.has_base;
    const bool above = Next(TokenKind::kPower) && !big.has_power;
    if (!below && !above) break;
    ++pos_;
    if (Next(kOpenBrace)) {
      return Open(below ? Op::kBoundBelow : Op::kBoundAbove, kCloseBrace);
    }
    if (Next(kNumber)) {
      Push(tree_.AddNumber(lexed_.literals[Here().data]));
    } else if (Next(kInfinity) || Next(kLetter)) {
      PushLetter(Here());
    } else {
      return Fail(Here());
    }
    ++pos_;
    Mark(above);
  }
  need_operand_ = true;
}

// The letter that a bound counts with is a variable, also where it is i.
void Parser::FreeBound(TermId body, TermId bound) {
  if (tree_.at(bound).kind != Kind::kRelation) return;
  const TermId letter = tree_.ChildrenOf(bound)[0];
  if (tree_.at(letter).kind != Kind::kSymbol || tree_.NameOf(letter) != "i") {
    return;
  }
  std::vector<bool> inside(body + 1, false);
  inside[body] = true;
  for (TermId id = body + 1; id-- > 0;) {
    if (!inside[id]) continue;
    for (const TermId child : tree_.ChildrenOf(id)) inside[child] = true;
    Term& term = tree_.terms[id];
    if (term.kind != Kind::kConstant ||
        term.data != static_cast<std::uint32_t>(Constant::kI)) {
      continue;
    }
    term.kind = Kind::kSymbol;
    term.name = tree_.at(letter).name;
  }
}

void Parser::BuildBig(const Pending& big) {
  if (!CheckScalar(Value())) return;
  std::vector<TermId> of = {Pop()};
  if (big.has_base && big.has_power) {
    const TermId second = values_.back();
    const TermId first = values_[values_.size() - 2];
    of.push_back(big.power_first ? second : first);
    of.push_back(big.power_first ? first : second);
    values_.resize(values_.size() - 2);
  } else if (big.has_base) {
    of.push_back(Pop());
  } else if (big.has_power) {
    return FailHere("a bound is missing");
  } else {
    return FailHere("bounds are missing");
  }
  if (of.size() > 1) FreeBound(of[0], of[1]);
  Push(tree_.Add(Kind::kBig, of, big.name));
}

void Parser::Root() {
  const bool index = Ahead().kind == kOpenBracket;
  ++pos_;
  if (index) return Open(Op::kRootIndex, kCloseBracket);
  PushNumber(2);
  need_operand_ = true;
  if (Next(kOpen)) {
    Repair("\\sqrt without braces");
    return Open(Op::kRadicand, kClose);
  }
  Argument(Op::kRadicand);
}

// The sign or the word: takes the next number or letter, or a bracket.
void Parser::PlainRoot() {
  PushNumber(Here().text == "3" ? 3 : 2);
  need_operand_ = true;
  ++pos_;
  if (Next(kOpen)) return Open(Op::kRadicand, kClose);
  if (Next(kOpenBrace)) return Open(Op::kRadicand, kCloseBrace);
  if (Next(kNumber)) {
    Push(tree_.AddNumber(lexed_.literals[Here().data]));
    ++pos_;
    return Done(Op::kRadicand);
  }
  if (!Next(kLetter)) return Fail(Here());
  BareArgument(Op::kRadicand);
}

// A sign over its argument names a thing, \vec{a} or \overline{AB}; a line over
// an expression is its conjugate.
void Parser::Accent() {
  const Token& token = Here();
  const bool line = token.text == "\\overline" || token.text == "\\bar";
  std::string name(token.text);
  ++pos_;
  std::size_t end = pos_ + 1;
  bool capitals = true;
  bool letters = true;
  if (Next(kOpenBrace)) {
    end = groups_[pos_].close;
    if (end <= pos_ + 1) return Fail(Here());
    ++pos_;
  }
  for (std::size_t i = pos_; i < end; ++i) {
    const Token& inner = tokens_[i];
    letters =
        letters && (inner.kind == kLetter || inner.kind == kNumber ||
                    inner.kind == kSubscript || inner.kind == kWord ||
                    inner.kind == kOpenBrace || inner.kind == kCloseBrace);
    capitals = capitals && inner.kind == kLetter && inner.text[0] >= 'A' &&
               inner.text[0] <= 'Z';
  }
  const bool complex =
      line && end == pos_ + 1 && (Here().text == "z" || Here().text == "w");
  if (line && (!letters || complex) && tokens_[pos_ - 1].kind == kOpenBrace) {
    --pos_;
    Pending call{Op::kApply};
    call.name = "conjugate";
    stack_.push_back(call);
    return Open(Op::kArguments, kCloseBrace);
  }
  if (complex) {
    const std::array of = {tree_.Add(Kind::kSymbol, {}, Here().text)};
    ++pos_;
    return Push(tree_.Add(Kind::kConjugate, of));
  }
  // A short arrow over two letters is a long one.
  if (name == "\\vec" && capitals && end > pos_ + 1) name = "\\overrightarrow";
  const bool braced = tokens_[pos_ - 1].kind == kOpenBrace;
  if (!letters || (!braced && !Next(kLetter) && !Next(kNumber))) {
    return Fail(token);
  }
  name += '{';
  for (std::size_t i = pos_; i < end; ++i) {
    name += TextOf(tokens_[i]);
  }
  name += '}';
  pos_ = end + (braced ? 1 : 0);
  if (Next(kSubscript)) {
    name += "_{" + ReadIndex() + "}";
    if (error_) return;
  }
  if (Next(kOpen) && line == false) return CallLetter(std::move(name));
  Push(tree_.Add(Kind::kSymbol, {}, name));
}

// \triangle ABC, \angle A: a sign and the capitals after it.
void Parser::PrefixName() {
  std::string name(Here().text);
  ++pos_;
  name += ' ';
  const std::size_t begin = pos_;
  while ((Next(kLetter) || Next(kWord)) && Here().text[0] != '\\' &&
         Here().in_text == tokens_[begin].in_text &&  // a unit behind it is not
         pos_ < begin + 8) {
    name += Here().text;
    ++pos_;
  }
  if (pos_ == begin) return Fail(Here());
  Push(tree_.Add(Kind::kSymbol, {}, name));
}

}  // namespace rewards::math::syntax
