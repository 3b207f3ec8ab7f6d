// RealSet: a set of real numbers, in one normal form: finitely many cut points
// in order, and for each of them and each open gap between them whether it
// belongs. Cuts are constants of the exact core, compared by CompareReals, so
// an operation can fail: nothing where an order was not decided. A value that
// borrows its trees.

#ifndef REWARDS_MATH_DECIDE_REAL_SET_H_
#define REWARDS_MATH_DECIDE_REAL_SET_H_

#include <functional>
#include <optional>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

class RealSet {
 public:
  // Nothing, everything, one number. A number must be a real constant.
  [[nodiscard]] static RealSet Empty() { return RealSet(false); }
  [[nodiscard]] static RealSet All() { return RealSet(true); }
  [[nodiscard]] static RealSet Point(TermRef at);

  // All below `at`, or above it; with it or without.
  [[nodiscard]] static RealSet Below(TermRef at, bool closed);
  [[nodiscard]] static RealSet Above(TermRef at, bool closed);

  // By cuts in ascending order: whether cut i belongs, whether the gap before
  // it does, and the gap after the last. Requires: one gap more than cuts.
  RealSet(std::vector<TermRef> cuts, std::vector<bool> at,
          std::vector<bool> gaps);

  // `keep(in_first, in_second)` for each number.
  [[nodiscard]] static std::optional<RealSet> Combine(
      Context* context, const RealSet& a, const RealSet& b,
      const std::function<bool(bool, bool)>& keep);
  [[nodiscard]] static std::optional<RealSet> Union(Context* context,
                                                    const RealSet& a,
                                                    const RealSet& b);
  [[nodiscard]] static std::optional<RealSet> Intersection(Context* context,
                                                           const RealSet& a,
                                                           const RealSet& b);
  [[nodiscard]] static std::optional<RealSet> Difference(Context* context,
                                                         const RealSet& a,
                                                         const RealSet& b);

  // Whether two sets hold the same numbers.
  [[nodiscard]] static std::optional<bool> Same(Context* context,
                                                const RealSet& a,
                                                const RealSet& b);

  // The set with every open end closed: [1, 2] for (1, 2).
  [[nodiscard]] RealSet Closed() const;

  [[nodiscard]] bool empty() const;
  [[nodiscard]] const std::vector<TermRef>& cuts() const { return cuts_; }

  // True where it is finitely many numbers.
  [[nodiscard]] bool is_finite() const;

 private:
  explicit RealSet(bool everything) : gaps_{everything} {}
  void Normalise();

  std::vector<TermRef> cuts_;
  std::vector<bool> at_;
  std::vector<bool> gaps_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_REAL_SET_H_
