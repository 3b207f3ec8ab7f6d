#include "rewards/rules/repetition.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rewards::rules {
namespace {

// Sequences of one length, by where they start: equal numbers for equal ones.
struct Sequences {
  std::size_t length = 0;
  std::vector<std::uint32_t> numbers{};
};

// Equal numbers for equal keys.
std::vector<std::uint32_t> Numbered(const std::vector<std::uint64_t>& keys) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
  sorted.reserve(keys.size());
  for (const std::uint64_t key : keys) {
    sorted.emplace_back(key, static_cast<std::uint32_t>(sorted.size()));
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::uint32_t> numbers(keys.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i].first != sorted[i - 1].first) ++next;
    numbers[sorted[i].second] = next;
  }
  return numbers;
}

// Each of `a` with the one of `b` that starts where it ends.
Sequences Joined(const Sequences& a, const Sequences& b) {
  if (b.numbers.size() <= a.length) return {a.length + b.length, {}};
  std::vector<std::uint64_t> keys(b.numbers.size() - a.length);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    keys[i] = std::uint64_t{a.numbers[i]} << 32 | b.numbers[i + a.length];
  }
  return {a.length + b.length, Numbered(keys)};
}

}  // namespace

Repetition MeasureRepetition(const std::vector<std::uint32_t>& words,
                             std::size_t n) {
  if (words.size() < n) return {};
  Sequences doubled{1, words};
  std::optional<Sequences> whole;
  for (std::size_t rest = n; rest > 0; rest /= 2) {
    if (rest % 2 == 1) whole = whole ? Joined(*whole, doubled) : doubled;
    if (rest > 1) doubled = Joined(doubled, doubled);
  }
  std::vector<std::uint32_t> numbers = std::move(whole->numbers);
  const std::size_t grams = numbers.size();
  std::sort(numbers.begin(), numbers.end());
  const auto end = std::unique(numbers.begin(), numbers.end());
  return {grams, static_cast<std::size_t>(end - numbers.begin())};
}

}  // namespace rewards::rules
