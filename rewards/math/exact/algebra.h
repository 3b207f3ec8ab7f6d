// Algebra: makes nodes of a Graph in normal form. Sums collect like terms,
// products collect powers of one base, exact numbers are computed while they
// are small, and the rest is rewritten to few operations: every trigonometric
// function to sine and cosine, every power that is not a root to exp and log.
// Not thread-safe.
//
// Rules hold where both sides are real numbers; where a rule could lose that a
// term is undefined (1/x, log x), the term is kept in must_not_vanish().

#ifndef REWARDS_MATH_EXACT_ALGEBRA_H_
#define REWARDS_MATH_EXACT_ALGEBRA_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/rational.h"

namespace rewards::math {

struct Addend {
  NodeId node = Graph::kZero;
  Rational coefficient{1};
};

struct Factor {
  NodeId base = Graph::kOne;
  long exponent = 1;
};

class Algebra {
 public:
  // Largest number that is written out, numerator plus denominator, in bits.
  static constexpr std::size_t kNumberBits = 65'536;

  // Most terms of one sum and factors of one product.
  static constexpr std::size_t kTerms = 1'024;

  // Most nodes of one graph.
  static constexpr std::size_t kNodes = 16'384;

  // Both are borrowed until the end.
  Algebra(Graph* graph, Work* work) : graph_(graph), work_(work) {}

  // False once a limit was hit or a term is undefined: nothing that was made is
  // to be used then.
  [[nodiscard]] bool ok() const { return ok_; }

  // False once a term is certainly undefined, such as 1/0.
  [[nodiscard]] bool defined() const { return defined_; }

  // What an expression divided by, or a constant took the logarithm of.
  [[nodiscard]] const std::vector<NodeId>& must_not_vanish() const {
    return must_not_vanish_;
  }

  // What an expression of symbols took the logarithm of: it is real only where
  // these are positive.
  [[nodiscard]] const std::vector<NodeId>& must_be_positive() const {
    return must_be_positive_;
  }

  NodeId Number(const Rational& value) { return graph_->Number(value); }
  NodeId Number(long value) { return graph_->Number(Rational(value)); }
  NodeId Sum(std::vector<Addend> addends);
  NodeId Product(std::vector<Factor> factors);

  NodeId Add(NodeId a, NodeId b);
  NodeId Subtract(NodeId a, NodeId b);
  NodeId Multiply(NodeId a, NodeId b);
  NodeId Divide(NodeId a, NodeId b);
  NodeId Scale(NodeId a, const Rational& by);
  NodeId Negate(NodeId a) { return Scale(a, Rational(-1)); }

  // Odd roots of negative numbers are real: (-8)^{1/3} = -2.
  NodeId Power(NodeId base, NodeId exponent);
  NodeId Root(NodeId base, long index);
  NodeId Exp(NodeId a);
  NodeId Log(NodeId a);
  NodeId Sin(NodeId a);
  NodeId Cos(NodeId a);
  NodeId Arctan(NodeId a);
  NodeId Arcsin(NodeId a);
  NodeId Absolute(NodeId a);
  NodeId Floor(NodeId a);
  NodeId Factorial(NodeId a);
  NodeId Binomial(NodeId n, NodeId k);
  NodeId Plain(Op op, std::span<const NodeId> arguments,
               std::string_view name = {});
  // The same, with powers and products of sums multiplied out in every term,
  // where that is short.
  NodeId Expanded(NodeId a);
  NodeId Pi() { return Plain(Op::kPi, {}); }
  NodeId Imaginary() { return Plain(Op::kImaginary, {}); }

  // What `a` is a sum of, with numbers as multiples of one.
  [[nodiscard]] std::vector<Addend> AddendsOf(NodeId a) const;

  [[nodiscard]] const Graph& graph() const { return *graph_; }

  // Marks everything as over a limit, or as undefined.
  NodeId Fail();
  NodeId Undefined();

 private:
  // One rewriting calls another. Over this many in one another it fails, so
  // that no input uses up the machine's stack.
  static constexpr int kMaxDepth = 64;
  class Deeper {
   public:
    explicit Deeper(int* depth) : depth_(depth) { ++*depth_; }
    ~Deeper() { --*depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool too_deep() const { return *depth_ > kMaxDepth; }

   private:
    int* depth_;
  };

  [[nodiscard]] bool Pay(const Rational& value);
  NodeId PowerOfNumber(const Rational& base, long exponent);
  NodeId IntegerPower(NodeId base, long exponent);
  NodeId RootOfNumber(const Rational& base, long index);
  NodeId RootOfPositive(const Rational& base, long index);
  NodeId RationalPower(NodeId base, const Rational& exponent);
  NodeId NegativeToPower(const Rational& base, NodeId exponent);
  NodeId HugePower(const Rational& base, const Rational& exponent);
  NodeId LogOfNumber(const Rational& value);
  // log |a|, for a real.
  NodeId LogOfAbsolute(NodeId a);
  NodeId CosOfPi(Rational multiple);
  NodeId Binomial(const Rational& n, const Rational& k);
  // A product on its way: a number, factors that are no product themselves, and
  // all powers of e as one.
  struct Flat {
    Rational coefficient{1};
    std::vector<Factor> factors{};
    NodeId power = Graph::kOne;
  };
  [[nodiscard]] bool Flatten(std::vector<Factor> factors, Flat* flat);
  [[nodiscard]] std::vector<Factor> Merged(std::vector<Factor> factors) const;
  [[nodiscard]] std::vector<Factor> TakeWhole(
      std::vector<Factor>* factors) const;
  NodeId ProductOf(const std::vector<Factor>& factors,
                   const Rational& coefficient);
  // True where there were some to join.
  bool JoinRoots(std::vector<Factor>* factors);
  // The product, with sums multiplied out where that is short.
  NodeId Expand(NodeId a, NodeId b);
  // True where the form of `a` shows that it is a positive number.
  [[nodiscard]] bool IsPositive(NodeId a) const;
  // True where the last coefficient of `a` is negative.
  [[nodiscard]] bool IsNegated(NodeId a) const;

  Graph* graph_;
  Work* work_;
  int depth_ = 0;  // of rewritings in one another
  bool ok_ = true;
  bool defined_ = true;
  std::vector<NodeId> must_not_vanish_;
  std::vector<NodeId> must_be_positive_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_ALGEBRA_H_
