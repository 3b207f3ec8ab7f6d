// Lowering: a scalar term of a Tree as a node of a Graph. What is no number (a
// structure, plus-minus, a unit) has no node. No recursion over the input but
// over sums inside sums, kNested deep. Not thread-safe.

#ifndef REWARDS_MATH_EXACT_LOWERING_H_
#define REWARDS_MATH_EXACT_LOWERING_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/math/exact/algebra.h"
#include "rewards/math/exact/scalar.h"
#include "rewards/math/exact/work.h"

namespace rewards::math {

class Lowering {
 public:
  // Most terms that a sum or a product with numbers for bounds is written out
  // to.
  static constexpr long kBigTerms = 1'000;

  // Deepest sum inside a sum.
  static constexpr int kNested = 3;

  // Both are borrowed until the end. `suffix` is put behind every symbol's
  // name, so that two copies of one expression share none.
  Lowering(Algebra* algebra, Work* work, std::string_view suffix = {})
      : algebra_(algebra), work_(work), suffix_(suffix) {}

  // Nothing where the term is no number, is undefined or over a limit; see
  // Algebra::ok and defined.
  [[nodiscard]] std::optional<NodeId> Lower(TermRef term);

 private:
  using Bound = std::map<std::string, NodeId, std::less<>>;

  [[nodiscard]] std::optional<NodeId> Range(TermRef term, const Bound& bound,
                                            int depth);
  [[nodiscard]] std::optional<NodeId> Term(TermRef term,
                                           const std::vector<NodeId>& of,
                                           const Bound& bound);
  [[nodiscard]] static std::optional<NodeId> Index(const Tree& tree, TermId id,
                                                   const Bound& bound);
  [[nodiscard]] std::optional<NodeId> Call(std::string_view name,
                                           const std::vector<NodeId>& of);
  [[nodiscard]] std::optional<NodeId> Trigonometry(std::string_view name,
                                                   NodeId x);
  [[nodiscard]] NodeId UnknownFunction(std::string_view name,
                                       const std::vector<NodeId>& of);
  [[nodiscard]] std::optional<NodeId> Integers(std::string_view name,
                                               const std::vector<NodeId>& of);
  [[nodiscard]] std::optional<NodeId> Extreme(bool largest,
                                              const std::vector<NodeId>& of);
  [[nodiscard]] std::optional<NodeId> Logarithm(const std::vector<NodeId>& of);
  [[nodiscard]] NodeId DoubleFactorial(NodeId a);
  [[nodiscard]] NodeId Modulo(NodeId a, NodeId m);
  [[nodiscard]] std::optional<NodeId> Big(TermRef term, const Bound& bound,
                                          int depth);
  [[nodiscard]] std::optional<NodeId> Opaque(TermRef term, const Bound& bound,
                                             int depth);

  Algebra* algebra_;
  Work* work_;
  std::string suffix_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_LOWERING_H_
