// Two answers, parted by a line break or in the middle: the decision without
// conventions is the same from both sides, or, where work ended on one, not the
// opposite; default conventions do not crash.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "rewards/math/decide/equal.h"
#include "rewards/math/syntax/read.h"

namespace {

namespace math = rewards::math;

constexpr math::Policy NoConventions() {
  math::Policy policy;
  policy.percent = policy.degrees = policy.units = policy.assignment = false;
  policy.rounding = policy.labelled_tuples = policy.relation_interval = false;
  policy.equation_factor = false;
  return policy;
}

struct Decided {
  math::Decision decision;
  bool whole = false;  // there was work left
};

Decided Decide(const math::Tree& a, const math::Tree& b,
               const math::Policy& policy) {
  math::Work work;
  Decided decided{math::Equal(a, b, policy, &work, nullptr)};
  decided.whole = work.left() > 0;
  return decided;
}

bool Agree(const Decided& there, const Decided& back) {
  const math::Decision& one = there.decision;
  const math::Decision& other = back.decision;
  if (one.equality == other.equality && one.evidence == other.evidence) {
    return true;
  }
  constexpr auto kUndecided = math::Decision{}.equality;
  return (!there.whole && one.equality == kUndecided) ||
         (!back.whole && other.equality == kUndecided);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const bool parted = line != std::string_view::npos;
  const std::size_t end = parted ? line : size / 2;
  const auto one = math::ReadTree(text.substr(0, end), math::Limits{});
  const auto other =
      math::ReadTree(text.substr(parted ? end + 1 : end), math::Limits{});
  if (!one || !other) return 0;
  if (!Agree(Decide(*one, *other, NoConventions()),
             Decide(*other, *one, NoConventions()))) {
    std::fprintf(stderr, "not symmetric: %.*s\n", static_cast<int>(size),
                 text.data());
    std::abort();
  }
  static_cast<void>(Decide(*one, *other, math::Policy{}));
  return 0;
}
