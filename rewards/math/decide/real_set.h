// RealSet: a set of real numbers, in one normal form: finitely many cut points
// in order, and for each of them and each open gap between them whether it
// belongs. Cuts are constants of the exact core, compared by CompareReals
// (plain numbers by value), so an operation can fail: nothing where an order
// was not decided. A value that borrows its trees.

#ifndef REWARDS_MATH_DECIDE_REAL_SET_H_
#define REWARDS_MATH_DECIDE_REAL_SET_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

// Most cut points of one set: two ends for each of kMaxElements intervals. Over
// it: nothing.
inline constexpr std::size_t kMaxCuts = 2 * kMaxElements;

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
  RealSet(const std::vector<TermRef>& cuts, std::vector<bool> at,
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

  // The least and the greatest cut; nothing where the set is not bounded, or
  // empty.
  [[nodiscard]] std::optional<std::pair<TermRef, TermRef>> ends() const;

 private:
  struct Cut {
    TermRef at;
    std::optional<Rational> value{};  // of a plain number
  };

  explicit RealSet(bool everything) : gaps_{everything} {}
  RealSet(std::vector<Cut> cuts, std::vector<bool> at, std::vector<bool> gaps);
  void Normalise();

  [[nodiscard]] static std::optional<int> Order(Context* context, const Cut& a,
                                                const Cut& b);

  std::vector<Cut> cuts_;
  std::vector<bool> at_;
  std::vector<bool> gaps_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_REAL_SET_H_
