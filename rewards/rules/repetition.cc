#include "rewards/rules/repetition.h"

#include <algorithm>

namespace rewards::rules {
namespace {

// Sequences of one length, by where they start: equal numbers for equal ones.
struct Sequences {
  std::size_t length = 0;
  std::vector<std::uint32_t> numbers{};
};

std::vector<std::uint64_t> Sorted(std::vector<std::uint64_t> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// Each of `a` with the one of `b` that starts where it ends.
Sequences Joined(const Sequences& a, const Sequences& b) {
  Sequences joined{a.length + b.length, {}};
  if (b.numbers.size() <= a.length) return joined;
  std::vector<std::uint64_t> keys(b.numbers.size() - a.length);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = std::uint64_t{a.numbers[i]} << 32 | b.numbers[i + a.length];
  }
  const std::vector<std::uint64_t> distinct = Sorted(keys);
  joined.numbers.reserve(keys.size());
  for (const std::uint64_t key : keys) {
    const auto at = std::lower_bound(distinct.begin(), distinct.end(), key);
    joined.numbers.push_back(static_cast<std::uint32_t>(at - distinct.begin()));
  }
  return joined;
}

}  // namespace

Repetition MeasureRepetition(const std::vector<std::uint32_t>& words,
                             std::size_t n) {
  if (words.size() < n) return {};
  Sequences doubled{1, words};
  Sequences whole{0, std::vector<std::uint32_t>(words.size() + 1)};
  for (std::size_t rest = n; rest > 0; rest /= 2) {
    if (rest % 2 == 1) whole = Joined(whole, doubled);
    if (rest > 1) doubled = Joined(doubled, doubled);
  }
  std::vector<std::uint32_t> numbers = whole.numbers;
  std::sort(numbers.begin(), numbers.end());
  const auto end = std::unique(numbers.begin(), numbers.end());
  return {whole.numbers.size(),
          static_cast<std::size_t>(end - numbers.begin())};
}

}  // namespace rewards::rules
