// Context: what one comparison carries along: its conventions, its budget, its
// proof, and the trees that it builds. Not thread-safe: one per comparison.

#ifndef REWARDS_MATH_DECIDE_CONTEXT_H_
#define REWARDS_MATH_DECIDE_CONTEXT_H_

#include <cstddef>
#include <list>
#include <string>
#include <utility>

#include "rewards/math/decide/policy.h"
#include "rewards/math/exact/decision.h"
#include "rewards/math/exact/scalar.h"
#include "rewards/math/exact/work.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// Deepest nesting of structures (a set of tuples of intervals ...) that is
// looked into. Over it: undecided.
inline constexpr std::size_t kMaxNesting = 12;

// Most elements of a collection, conditions of a system, pieces of a set of
// real numbers. Over it: undecided.
inline constexpr std::size_t kMaxElements = 256;

struct Context {
  Policy policy{};
  Work* work = nullptr;
  Proof* proof = nullptr;  // may be null

  // Trees made on the way. Their addresses hold for as long as the context.
  std::list<Tree> made{};

  std::size_t nesting = 0;

  // Adds a line to the proof, if there is one.
  void Note(std::string line) const {
    if (proof != nullptr) proof->push_back(std::move(line));
  }
};

// A context on the same budget, without conventions: the symmetric core. What
// it makes is gone with it.
[[nodiscard]] Context ExactContext(const Context& context);

// One step into a structure, for as long as it lives.
class Nested {
 public:
  explicit Nested(Context* context) : context_(context) { ++context_->nesting; }
  ~Nested() { --context_->nesting; }
  Nested(const Nested&) = delete;
  Nested& operator=(const Nested&) = delete;
  [[nodiscard]] bool too_deep() const {
    return context_->nesting > kMaxNesting;
  }

 private:
  Context* context_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_CONTEXT_H_
