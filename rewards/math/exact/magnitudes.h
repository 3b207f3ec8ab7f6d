// Magnitudes: how large positive constants are that no ball can hold, such as
// 9^(9^(9^9)) and ((10!)!)!. Refutes and never proves. Not thread-safe.

#ifndef REWARDS_MATH_EXACT_MAGNITUDES_H_
#define REWARDS_MATH_EXACT_MAGNITUDES_H_

#include <optional>
#include <vector>

#include "rewards/math/exact/ball.h"
#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/work.h"

namespace rewards::math {

// exp(exp(... exp(top))), `height` times, for a real number in a ball. From
// height 1 on, `top` is above 1, so that more height is more.
struct Magnitude {
  int height = 0;
  Ball top{};
};

class Magnitudes {
 public:
  // `graph` is borrowed until the end, and must not grow. Computes the positive
  // constants among the nodes `below`; ends early where the work is used up.
  Magnitudes(const Graph* graph, const std::vector<bool>& below, Work* work);

  // True where the node is certainly not zero: it is positive, or a sum whose
  // positive part is certainly not as large as its negative one.
  [[nodiscard]] bool IsNotZero(NodeId id) const;

 private:
  using Maybe = std::optional<Magnitude>;

  [[nodiscard]] Maybe Compute(NodeId id) const;
  // The sum of those terms of a sum whose coefficients have the sign `sign`.
  // Where there is none, a number.
  [[nodiscard]] Maybe Side(NodeId id, int sign) const;
  [[nodiscard]] Maybe Product(NodeId id) const;

  const Graph* graph_;
  std::vector<Maybe> sizes_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_MAGNITUDES_H_
