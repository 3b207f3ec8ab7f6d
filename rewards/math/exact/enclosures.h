// Enclosures: a ball around the true value of every node of a graph at a point,
// rigorous: what two balls that do not meet stand for is different. Not
// thread-safe.

#ifndef REWARDS_MATH_EXACT_ENCLOSURES_H_
#define REWARDS_MATH_EXACT_ENCLOSURES_H_

#include <cstdint>
#include <vector>

#include "rewards/math/exact/ball.h"
#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/point.h"
#include "rewards/math/exact/work.h"

namespace rewards::math {

enum class Reach : std::uint8_t {
  kUnknown,  // too large, not precise enough, or not computed at all
  kOutside,  // not a real number here, such as the square root of x at -1
  kInside,
};

class Enclosures {
 public:
  // `graph` is borrowed until the end, and must not grow. `below` says which
  // nodes are wanted, with all that is below them.
  Enclosures(const Graph* graph, std::vector<bool> below);

  // Computes every ball at `point`, with `precision` bits. False where the work
  // is used up: then nothing here means anything.
  [[nodiscard]] bool Evaluate(const Point& point, long precision, Work* work);

  [[nodiscard]] Reach ReachOf(NodeId id) const { return reach_[id]; }
  [[nodiscard]] const Ball& ValueOf(NodeId id) const { return values_[id]; }

 private:
  [[nodiscard]] Reach Compute(NodeId id, const Point& point, long precision);
  [[nodiscard]] Reach Sum(NodeId id, long precision);
  [[nodiscard]] Reach Product(NodeId id, long precision);
  [[nodiscard]] Reach Function(NodeId id, long precision);
  [[nodiscard]] Reach UnknownFunction(NodeId id, long precision);
  [[nodiscard]] std::size_t CostOf(NodeId id, long precision) const;

  const Graph* graph_;
  std::vector<bool> below_;
  std::vector<Ball> values_;
  std::vector<Reach> reach_;
};

// True where the ball is so large that no exponential of it is to be taken.
[[nodiscard]] bool IsHuge(const Ball& ball);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_ENCLOSURES_H_
