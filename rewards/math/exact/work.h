// Work: how much one comparison may still ask of the machine. Spent inside the
// arithmetic, in units of about a microsecond's work, so that a decision ends
// without a clock, a signal or a thread, and equal requests end equally. Not
// thread-safe: one per comparison.

#ifndef REWARDS_MATH_EXACT_WORK_H_
#define REWARDS_MATH_EXACT_WORK_H_

#include <cstddef>

namespace rewards::math {

class Work {
 public:
  // About 10 ms on a core of 2020.
  static constexpr std::size_t kDefault = 10'000;

  explicit Work(std::size_t units = kDefault) : left_(units) {}

  // Takes `units`; false where they are not there, and from then on.
  [[nodiscard]] bool Spend(std::size_t units) {
    if (units > left_) {
      left_ = 0;
      return false;
    }
    left_ -= units;
    return true;
  }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXACT_WORK_H_
