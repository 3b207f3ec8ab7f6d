#include "rewards/math/evaluate.h"

#include <cassert>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

namespace rewards::math {
namespace {

class Evaluator {
 public:
  explicit Evaluator(const Limits& limits) : limits_(limits) {}

  Read<Evaluation> Run(const Expression& expression) {
    for (const Node& node : expression.nodes) {
      Step(node);
      if (error_) return *error_;
      if (unknown_) return Evaluation{};
    }
    assert(stack_.size() == 1);
    return Evaluation{Exactness::kExact, std::move(stack_.back())};
  }

 private:
  void Step(const Node& node) {
    switch (node.op) {
      case Op::kNumber:
        return Number(node.literal);
      case Op::kNegate:
        return Push(-Pop());
      case Op::kRoot:
        return Root();
      case Op::kPower:
        return Power();
      default:
        return Arithmetic(node.op);
    }
  }

  Rational Pop() {
    Rational top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }

  void Push(Rational number) {
    const std::size_t bits = number.bits();
    work_ += bits;
    if (bits > limits_.result_bits || work_ > limits_.work_bits) {
      unknown_ = true;
    }
    stack_.push_back(std::move(number));
  }

  void Number(std::string_view literal) {
    const NumberParts parts = SplitNumber(literal);
    if (parts.digits.size() > limits_.digits) {
      error_ = ReadError("a number with too many digits");
      return;
    }
    long exponent = 0;
    if (!parts.exponent.empty()) {
      // More digits than this cannot be a small exponent in honest use.
      constexpr std::size_t kMaxExponentText = 8;
      exponent = parts.exponent.size() > kMaxExponentText
                     ? limits_.decimal_exponent + 1
                     : std::atol(std::string(parts.exponent).c_str());
      if (std::labs(exponent) > limits_.decimal_exponent) {
        unknown_ = true;
        return;
      }
    }
    exponent -= static_cast<long>(parts.decimals);
    Rational number = Rational::FromDigits(parts.digits);
    if (exponent != 0) number = number * Rational::PowerOfTen(exponent);
    Push(std::move(number));
  }

  void Arithmetic(Op op) {
    const Rational b = Pop();
    const Rational a = Pop();
    switch (op) {
      case Op::kAdd:
        return Push(a + b);
      case Op::kSubtract:
        return Push(a - b);
      case Op::kMultiply:
        return Push(a * b);
      default:
        break;
    }
    if (b.is_zero()) {
      error_ = ReadError("division by zero");
      return;
    }
    Push(a / b);
  }

  void Root() {
    const Rational a = Pop();
    if (a.is_negative()) {
      error_ = ReadError("root of a negative number");
      return;
    }
    std::optional<Rational> root = a.SquareRoot();
    if (root) return Push(*std::move(root));
    unknown_ = true;
  }

  void Power() {
    const Rational exponent = Pop();
    const Rational base = Pop();
    if (base.is_zero() && exponent <= Rational(0)) {
      error_ = ReadError("zero to a power that is not positive");
      return;
    }
    const std::optional<long> n = exponent.AsLong();
    const auto limit = static_cast<long>(limits_.result_bits);
    if (!n || *n > limit || *n < -limit ||
        base.bits() * static_cast<std::size_t>(std::labs(*n)) >
            limits_.result_bits) {
      unknown_ = true;
      return;
    }
    Push(base.Power(*n));
  }

  const Limits& limits_;
  std::vector<Rational> stack_;
  std::size_t work_ = 0;
  bool unknown_ = false;
  std::optional<ReadError> error_;
};

}  // namespace

Read<Evaluation> Evaluate(const Expression& expression, const Limits& limits) {
  return Evaluator(limits).Run(expression);
}

}  // namespace rewards::math
