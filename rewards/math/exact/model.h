// Model: the exact value of every node at a point, in a field of algebraic
// numbers. Where a node is not algebraic (pi, e^x, log 2, f(x)), an
// indeterminate takes its place: a random number close to the true one. What is
// zero at several such models is zero by the laws of algebra, and so truly.
//
// exp(a + b) = exp(a) exp(b), the sums of angles and the logarithms of products
// are kept: exponents and angles are split into terms with integer factors, and
// an angle's indeterminate is a rational point of the circle. Not thread-safe.

#ifndef REWARDS_MATH_EXACT_MODEL_H_
#define REWARDS_MATH_EXACT_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "rewards/math/exact/algebraic.h"
#include "rewards/math/exact/coprime_base.h"
#include "rewards/math/exact/enclosures.h"
#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/point.h"
#include "rewards/math/exact/work.h"

namespace rewards::math {

class Model {
 public:
  // Most bits that a zero is decided with.
  static constexpr long kBits = 40'000;

  // `near` has been evaluated at `point`. All is borrowed until the end.
  Model(const Graph* graph, const std::vector<bool>* below,
        const Enclosures* near, const Point* point, Work* work);

  // Largest number held, numerator and denominator, in bits.
  static constexpr double kHeld = 400'000;

  enum class Zero { kUnknown, kZero, kNotZero };

  // Whether the node is zero here. Requires: it is below.
  [[nodiscard]] Zero Decide(NodeId root);

  // True where Decide met an indeterminate: one model proves nothing then.
  [[nodiscard]] bool is_random() const { return random_; }

 private:
  struct Angle {  // cosine and sine
    Algebraic cosine{Rational(1)};
    Algebraic sine{};
  };

  // What is to be computed: an exponential and an angle need no value of what
  // they are split into.
  void FindWanted(NodeId root);
  [[nodiscard]] bool Evaluate(long precision);
  [[nodiscard]] bool EvaluateOnce();
  // By a test of the values: once to learn how many bits decide it, and once
  // with these.
  [[nodiscard]] Zero DecideBy(Zero (Model::*test)(NodeId), NodeId root);
  [[nodiscard]] Zero Test(NodeId root);
  // A sum with inverse functions is zero where, as an angle, it is a whole
  // number of turns, and less than one.
  [[nodiscard]] bool IsAngle(NodeId root) const;
  [[nodiscard]] Zero TestAngle(NodeId root);
  [[nodiscard]] bool Compute(NodeId id);
  [[nodiscard]] bool Sum(NodeId id);
  [[nodiscard]] bool Product(NodeId id);
  [[nodiscard]] bool Root(NodeId id);
  // A root of what is not zero, for the node `id`.
  [[nodiscard]] Algebraic RootOf(NodeId id, const Algebraic& inside,
                                 long index);
  [[nodiscard]] bool IsNewRoot(NodeId id, const Algebraic& inside, long index);
  [[nodiscard]] bool Exp(NodeId id);
  [[nodiscard]] bool Logarithm(NodeId id);
  [[nodiscard]] bool LogOfRational(const Rational& value, Rational* log);
  [[nodiscard]] bool LogOfAlgebraic(NodeId id, const Algebraic& value);
  [[nodiscard]] bool Trigonometry(NodeId id);
  [[nodiscard]] bool Inverse(NodeId id);
  [[nodiscard]] bool Absolute(NodeId id);
  [[nodiscard]] bool Floor(NodeId id);
  [[nodiscard]] bool Indeterminate(NodeId id, const Ball& near);

  [[nodiscard]] bool AngleOf(NodeId node, const Rational& times, Angle* angle);
  [[nodiscard]] bool AngleOfInverse(NodeId node, Angle* angle);
  [[nodiscard]] bool AngleOfPi(const Rational& times, Angle* angle);
  [[nodiscard]] Angle AddAngles(const Angle& a, const Angle& b) const;
  [[nodiscard]] Angle Multiple(Angle angle, long times) const;

  // Takes the work of an operation with a result of so many bits.
  [[nodiscard]] bool Pay(double bits);
  // A random number near `ball`, real; nothing can be said where it is huge.
  [[nodiscard]] bool RandomNear(const Ball& ball, std::uint64_t key,
                                Rational* value);
  // A positive or negative sign; false where it is not known.
  [[nodiscard]] bool SignOf(const Algebraic& value, int* sign);
  // Zero is decided once the precision is known; before, anything may be zero.
  [[nodiscard]] bool IsZero(const Algebraic& value, bool* zero);

  [[nodiscard]] bool Pi(Rational* value);
  // Joins the root of unity that turns pi times this far, and i with it. False
  // where the order is too large.
  [[nodiscard]] bool JoinCyclotomic(const Rational& turns);
  [[nodiscard]] double Degree() const;
  void FindDenominators();

  const Graph* graph_;
  const std::vector<bool>* below_;
  const Enclosures* near_;
  const Point* point_;
  Work* work_;

  struct Radical {
    NodeId id = 0;
    long index = 2;
    std::optional<Rational> inside{};
  };
  struct Logarithmic {
    Algebraic value{};
    Rational log{};
  };

  std::vector<bool> wanted_;
  std::vector<Algebraic> values_;
  CoprimeBase base_;                     // of what logarithms are taken of
  std::vector<Radical> radicals_;        // that the degree has counted
  std::vector<Logarithmic> logs_;        // of what is not rational
  std::map<NodeId, long> denominators_;  // of a term in exponents and angles
  long precision_ = 0;
  bool first_ = true;  // the pass that finds the degree
  double radical_degree_ = 1;
  unsigned long cyclotomic_ = 1;  // the order of the root of unity
  bool complex_ = false;
  bool conjugates_ = false;
  bool random_ = false;
  double bits_needed_ = 0;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_MODEL_H_
