#include "rewards/math/decide/matching.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Pairs off by augmenting paths, breadth first.
class Matcher {
 public:
  Matcher(std::size_t count,
          const std::function<Decision(std::size_t, std::size_t)>& compare,
          std::span<const std::size_t> likely)
      : count_(count),
        compare_(compare),
        likely_(likely),
        cells_(count * count) {}

  // A full pairing over the equal pairs, and the undecided ones if `hopeful`.
  bool Pairs(bool hopeful) {
    hopeful_ = hopeful;
    owner_.assign(count_, kNone);
    for (std::size_t i = 0; i < count_; ++i) {
      if (!Augment(i)) return false;
    }
    return true;
  }

  // Of a full pairing over equal pairs.
  Decision Total() {
    Decision whole = Proved("the same elements");
    for (std::size_t j = 0; j < count_; ++j) Join(&whole, At(owner_[j], j));
    return whole;
  }

 private:
  const Decision& At(std::size_t i, std::size_t j) {
    std::optional<Decision>& cell = cells_[i * count_ + j];
    if (!cell) cell = compare_(i, j);
    return *cell;
  }

  bool Allows(std::size_t i, std::size_t j) {
    const Decision& decision = At(i, j);
    return IsEqual(decision) || (hopeful_ && IsUndecided(decision));
  }

  bool Augment(std::size_t start) {
    std::vector<std::size_t> from(count_, kNone);  // column -> row before it
    std::vector<std::size_t> queue{start};
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::size_t i = queue[head];
      for (std::size_t step = 0; step < count_; ++step) {
        const std::size_t first = likely_.empty() ? i : likely_[i];
        const std::size_t j = (first + step) % count_;
        if (from[j] != kNone || !Allows(i, j)) continue;
        from[j] = i;
        if (owner_[j] == kNone) return Flip(from, start, j);
        queue.push_back(owner_[j]);
      }
    }
    return false;
  }

  bool Flip(const std::vector<std::size_t>& from, std::size_t start,
            std::size_t free) {
    for (std::size_t j = free;;) {
      const std::size_t i = from[j];
      std::size_t before = kNone;
      for (std::size_t k = 0; k < count_; ++k) {
        if (owner_[k] == i) before = k;
      }
      owner_[j] = i;
      if (i == start) return true;
      j = before;
    }
  }

  std::size_t count_;
  const std::function<Decision(std::size_t, std::size_t)>& compare_;
  std::span<const std::size_t> likely_;
  std::vector<std::optional<Decision>> cells_;
  std::vector<std::size_t> owner_;  // column -> row
  bool hopeful_ = false;
};

}  // namespace

Decision MatchElements(
    std::size_t count,
    const std::function<Decision(std::size_t, std::size_t)>& compare,
    std::span<const std::size_t> likely) {
  Matcher matcher(count, compare, likely);
  if (matcher.Pairs(/*hopeful=*/false)) return matcher.Total();
  if (!matcher.Pairs(/*hopeful=*/true)) return Refuted("different elements");
  return Undecided("elements that could not be told apart");
}

std::vector<std::size_t> LikelyPairs(std::span<const TermRef> some,
                                     std::span<const TermRef> others) {
  std::unordered_multimap<std::uint64_t, std::size_t> free;
  // Backwards, so that equal ones come in order on most implementations.
  for (std::size_t j = others.size(); j-- > 0;) {
    free.emplace(ShapeOf(others[j]), j);
  }
  std::vector<std::size_t> likely(some.size(), kNone);
  std::vector<bool> taken(others.size(), false);
  for (std::size_t i = 0; i < some.size(); ++i) {
    const auto found = free.find(ShapeOf(some[i]));
    if (found == free.end()) continue;
    likely[i] = found->second;
    taken[found->second] = true;
    free.erase(found);
  }
  std::size_t next = 0;
  for (std::size_t& j : likely) {
    if (j != kNone) continue;
    while (taken[next]) ++next;
    j = next++;
  }
  return likely;
}

}  // namespace rewards::math
