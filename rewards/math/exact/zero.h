// Zero: whether a node is zero, everywhere where it is a real number. The rungs
// of the ladder above normal form: balls at points, which refute, and models,
// which prove. Not thread-safe.

#ifndef REWARDS_MATH_EXACT_ZERO_H_
#define REWARDS_MATH_EXACT_ZERO_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rewards/math/exact/algebra.h"
#include "rewards/math/exact/ball.h"
#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/graph.h"
#include "rewards/math/exact/point.h"
#include "rewards/math/exact/work.h"

namespace rewards::math {

enum class ZeroEvidence : std::uint8_t {
  kUnknown,     // not decided
  kUndefined,   // a part of it is undefined, or nowhere shown not to be
  kConsistent,  // balls met zero at every point, and no proof was found
  kZero,        // proved
  kNotZero,     // refuted with proof
};

struct ZeroResult {
  ZeroEvidence evidence = ZeroEvidence::kUnknown;
  // A constant.
  std::string_view reason = "not decided";
};

class ZeroTest {
 public:
  // Points that a function of symbols is tried at beyond Point::UsualTrials,
  // where few of these are in its domain, or where it may be made of pieces.
  static constexpr int kMoreTrials = Point::kStrips + 8;

  // Models that must all be zero, where one says nothing by itself. An
  // indeterminate has 48 random bits or more, and what is zero has a degree
  // below 2^13 in it (Model::kHeld): each fails to see a difference with a
  // chance below 2^-34.
  static constexpr int kModels = 3;

  // All is borrowed until the end. `seed` stands for the question. `proof` may
  // be null.
  ZeroTest(const Algebra* algebra, std::uint64_t seed, Work* work, Proof* proof)
      : algebra_(algebra), seed_(seed), work_(work), proof_(proof) {}

  [[nodiscard]] ZeroResult Test(NodeId node);

  // The certified sign of a real constant.
  [[nodiscard]] std::optional<int> Sign(NodeId node);

  // A ball around a constant; nothing where it has no value that we know.
  [[nodiscard]] std::optional<Ball> Value(NodeId node, long precision);

 private:
  [[nodiscard]] ZeroResult TestConstant(NodeId node);
  [[nodiscard]] ZeroResult TestFunction(NodeId node);
  // Whether nothing that must not vanish may.
  [[nodiscard]] bool AllDefined() const;
  void Say(std::string_view rung);

  const Algebra* algebra_;
  std::uint64_t seed_;
  Work* work_;
  Proof* proof_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_ZERO_H_
