// Parser: tokens to a tree. Total: every token is used, or the answer is a
// ReadError with a position. Operator precedence with a stack of its own, so
// that no input can exhaust the machine's. Linear time. One use, one thread.
//
// The stack holds what waits: brackets (which group, or hold the arguments of a
// command) and operators, from "or" down to powers. Operands wait as terms.

#ifndef REWARDS_MATH_SYNTAX_PARSER_H_
#define REWARDS_MATH_SYNTAX_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/math/syntax/lexer.h"
#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/read.h"
#include "rewards/math/syntax/token.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math::syntax {

// What waits on the stack.
enum class Op : std::uint8_t {
  // Brackets, and the arguments of commands.
  kGroup,        // { }
  kParen,        // ( )
  kBracket,      // [ ]
  kReversed,     // ] [, a French open end
  kSetBrace,     // \{ \}
  kAngle,        // \langle \rangle
  kFloor,        // \lfloor \rfloor
  kCeiling,      // \lceil \rceil
  kBars,         // | |
  kNormBars,     // \| \|
  kNumerator,    // \frac{
  kDenominator,  // \frac{..}{
  kBinomialTop,  // \binom{
  kBinomialBottom,
  kRootIndex,      // \sqrt[
  kRadicand,       // \sqrt{ or sqrt(
  kExponent,       // x^{
  kFunctionPower,  // \sin^{
  kFunctionBase,   // \log_{
  kArguments,      // f(
  kBoundBelow,     // \sum_{
  kBoundAbove,     // \sum^{
  kModulus,        // \pmod{
  kEnvironment,    // \begin{pmatrix}
  // Operators, the loosest first.
  kWhere,
  kMid,
  kOr,
  kSemicolon,
  kAnd,
  kComma,
  kRelation,
  kUnion,
  kIntersection,
  kDifference,
  kRatio,
  kModulo,
  kChoose,
  kSum,
  kPlusMinus,
  kMinusPlus,
  kSign,       // - in front of a product
  kNoSign,     // + in front of a product
  kSignBoth,   // +- in front of a product
  kSignOther,  // -+ in front of a product
  kMoney,      // \$ in front of a product
  kBig,        // \sum in front of a product
  kProduct,
  kDivide,
  kApply,    // a function in front of its argument
  kImplied,  // a product without a sign
  kTightSign,
  kTightNoSign,
  kPower,
};

class Parser {
 public:
  // Borrows all.
  Parser(const Lexed& lexed, std::span<const Token> tokens,
         std::string_view folded, const Limits& limits)
      : lexed_(lexed), tokens_(tokens), folded_(folded), limits_(limits) {}

  [[nodiscard]] Read<Tree> Run();

 private:
  struct Pending {
    Op op = Op::kGroup;
    std::uint32_t base = 0;   // operands below it
    std::uint32_t count = 0;  // operands so far, of what takes many; cells
    std::uint32_t columns = 0;
    std::uint32_t column = 0;
    std::string_view name{};            // of a function, an environment, a unit
    TokenKind close = TokenKind::kEnd;  // of a bracket
    bool has_power = false;             // of a function, a big operator
    bool has_base = false;
    bool power_first = false;  // the power was written before the base
    bool letter = false;       // the function's name waits as an operand
  };

  // What is known of a bracket before it is parsed.
  struct Group {
    std::uint32_t close = 0;  // the index of the closing token; 0: none
    bool relation = false;    // a relation stands directly in it
    bool comma = false;       // a comma or a bar of a set-builder does
  };

  // parser.cc: the loop, and operands without an argument.
  void Step();
  void Operand();
  void Operator();
  void FindGroups();
  void Number();
  void Letter();
  void AppendTo(std::string* name, const Token& token) const;
  bool ChosenNumber();
  bool Probability();
  void PushLetter(const Token& token);
  void NamedSet();
  void Finish();
  void Compact();
  [[nodiscard]] bool CanBeInName(std::size_t at) const;
  std::string ReadIndex();
  std::optional<Rational> FractionAt(std::size_t at, std::size_t* next) const;
  const Rational* PlainInteger(std::size_t at) const;
  std::optional<long> SmallInteger(std::size_t at) const;

  // operators.cc: what stands between operands, and how it is built.
  static int Precedence(Op op);
  void Sign(Op loose, Op tight);
  void Many(Op op);
  void Two(Op op);
  void Implied();
  void Relate(rewards::math::Sign sign);
  void Power();
  void Postfix(Kind kind);
  void BuildDegrees();
  void Reduce(int precedence);
  void Build(const Pending& pending);
  void BuildMany(Kind kind, std::uint32_t count, bool scalar);
  void BuildComma(std::uint32_t count, bool and_word);
  std::vector<TermId> TakeFlat(std::uint32_t count);
  bool NameOneVariable(std::span<const TermId> of) const;
  void BuildRelation(std::uint32_t count);
  void BuildSign(Kind kind);
  void BuildDivide();
  std::string Differential(TermId id, bool below) const;
  bool BuildMixedUnits();
  void BuildProduct(std::uint32_t count);
  bool DivisionIsPlain() const;
  bool IsRaisedFactor() const;

  // brackets.cc: what opens and closes.
  void Open(Op op, TokenKind close);
  void OpenOperand();
  void Close();
  void CloseBar();
  bool ClosesReversed() const;
  bool IsFirst(std::size_t begin) const;
  bool HasArguments(std::size_t begin) const;
  void CloseFrame(const Pending& frame, TokenKind by);
  void CloseBrackets(const Pending& frame, TokenKind by);
  void CloseSet();
  void Argument(Op op);
  void BareArgument(Op op);
  void Done(Op op);
  void BeginEnvironment();
  void Cell();
  void Row();
  void EndEnvironment();
  bool IsBoundary(std::size_t at) const;
  bool StartsElement() const;
  const Pending* Frame() const;

  // calls.cc: functions, roots, big operators, accents.
  void Function();
  void FunctionHead();
  void Mark(bool power);
  void Call(const Pending& call, std::span<const TermId> arguments);
  void CallLetter(std::string name);
  void Big();
  void BigHead();
  void BuildBig(const Pending& big);
  void FreeBound(TermId body, TermId bound);
  void Root();
  void PlainRoot();
  void Accent();
  void PrefixName();

  // phrases.cc: words, units, money.
  void Word();
  void WordAfter();
  void UnitAfter(std::string name);
  void Money();
  void TextRun();
  bool SaysNothingMore(std::string_view word) const;
  bool SpelledNumber();
  long SpelledFraction(std::vector<std::string>* words, std::size_t* at) const;
  bool SetPhrase();
  void AngleMinutes();

  // times.cc: dates, times of day, colons.
  bool DatePhrase();
  bool ClockAfter();
  void ColonAfter();

  // Small steps.
  const Token& Here() const { return tokens_[pos_]; }
  [[nodiscard]] std::string_view TextOf(const Token& token) const {
    return folded_.substr(token.begin, token.end - token.begin);
  }
  const Token& Ahead(std::size_t n = 1) const {
    return tokens_[std::min(pos_ + n, tokens_.size() - 1)];
  }
  bool Next(TokenKind kind) const { return Here().kind == kind; }
  Pending* Top() { return stack_.empty() ? nullptr : &stack_.back(); }
  bool TopIs(Op op) const { return !stack_.empty() && stack_.back().op == op; }
  // After an error there may be no value: nothing that is read then counts.
  TermId Value() const { return values_.empty() ? 0 : values_.back(); }
  Kind ValueKind() const {
    return tree_.empty() ? Kind::kText : tree_.at(Value()).kind;
  }
  void Push(TermId id) {
    values_.push_back(id);
    need_operand_ = false;
  }
  TermId Pop() {
    const TermId id = Value();
    if (!values_.empty()) values_.pop_back();
    return id;
  }
  void PushNumber(long value) { Push(tree_.AddNumber({Rational(value)})); }
  void PushConstant(Constant c) {
    Push(tree_.Add(Kind::kConstant, {}, {}, static_cast<std::uint32_t>(c)));
  }
  void Repair(std::string_view what);
  void Fail(const Token& token);
  void FailHere(std::string what);
  bool CheckScalar(TermId id);

  const Lexed& lexed_;
  std::span<const Token> tokens_;
  std::string_view folded_;
  const Limits& limits_;
  std::size_t pos_ = 0;
  std::size_t depth_ = 0;
  bool need_operand_ = true;
  bool garbage_ = false;          // the arena holds terms that nothing uses
  std::size_t exponent_end_ = 0;  // where an exponent in braces has just ended
  std::vector<Pending> stack_;
  std::vector<TermId> values_;
  std::vector<rewards::math::Sign> signs_;  // of the relations on the stack
  std::vector<Group> groups_;               // by token
  Tree tree_;
  std::optional<ReadError> error_;
};

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_PARSER_H_
