// Gather: several readings of one final answer, brought together. What is said
// twice counts once; what differs is a list where it stands side by side, and
// hedged where it was announced. For one thread at a time.

#ifndef REWARDS_MATH_EXTRACT_GATHER_H_
#define REWARDS_MATH_EXTRACT_GATHER_H_

#include <optional>
#include <vector>

#include "rewards/math/exact/work.h"
#include "rewards/math/extract/reader.h"

namespace rewards::math {

class Gather {
 public:
  // Adds a reading. One that is not readable makes the whole so.
  void Add(Reading next);

  // As Add, but words yield to mathematics: "the answer is as follows" is none
  // where "the answer is 42" follows.
  void AddAnnounced(Reading next);

  // The one answer; hedged where several differ; nothing where none was added.
  [[nodiscard]] std::optional<Reading> One();

  // The one answer, or the list of them in their order.
  [[nodiscard]] std::optional<Reading> List();

 private:
  // What all comparisons of one gathering may cost, in units of Work.
  static constexpr std::size_t kUnits = 2'000;

  bool Same(const Tree& a, const Tree& b);

  std::vector<Reading> kept_;
  std::optional<Reading> unreadable_;
  bool differ_ = false;
  Work work_{kUnits};
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_GATHER_H_
