#include "rewards/math/exact/point.h"

#include <algorithm>

namespace rewards::math {
namespace {

// The finaliser of SplitMix64.
std::uint64_t Mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t HashOf(std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return hash;
}

constexpr long kBelowPoint = 52;  // bits after the binary point

struct Range {
  long bits;   // of the whole number that is drawn
  long below;  // bits after the point
};

// Round by round, each over the combinations of signs.
constexpr Range kRanges[] = {
    {54, 52},   // below 4
    {52, -48},  // large
    {52, 52},   // below 1
    {56, 52},   // below 16
};

int Combinations(std::size_t symbols) {
  return 1 << std::min(symbols, Point::kSigned);
}

}  // namespace

int Point::UsualTrials(std::size_t symbols) {
  return std::max(8, 2 * Combinations(symbols));
}

bool Point::IsNegative(std::string_view name) const {
  const int combination = trial_ % Combinations(symbols_.size());
  if (symbols_.size() > kSigned) {  // none, all, and some
    if (combination < 2) return combination == 1;
    return Random(HashOf(name) ^ 1) % 2 == 1;
  }
  const auto found = std::ranges::find(symbols_, name);
  return (combination >> (found - symbols_.begin()) & 1) != 0;
}

std::uint64_t Point::Random(std::uint64_t key) const {
  const auto which = static_cast<std::uint64_t>(trial_ + 1'000 * near_);
  return Mix(Mix(Mix(seed_) ^ which) ^ key);
}

Rational Point::Coordinate(std::string_view name) const {
  const std::uint64_t random = Random(HashOf(name));
  if (near_ != 0) {  // a 4,096th away at most
    const Rational at = Point(seed_, symbols_, trial_).Coordinate(name);
    const auto away = static_cast<long>(random >> 12);
    return at + at * Rational(away) / Rational(1L << 40) / Rational(1L << 24);
  }
  const int usual = UsualTrials(symbols_.size());
  if (trial_ >= usual) {  // one strip of (-8, 40) after the other
    const auto strip = static_cast<long>(
        (HashOf(name) + static_cast<std::uint64_t>(trial_) * 5) %
        static_cast<std::uint64_t>(kStrips));
    const auto within = static_cast<long>(random >> 12);
    return Rational(strip - 8) + Rational(within) / Rational(1L << 52);
  }
  const int round = trial_ / Combinations(symbols_.size());
  const Range& range = kRanges[round % 4];
  const std::uint64_t mask = (std::uint64_t{1} << range.bits) - 1;
  const long drawn = static_cast<long>(random & mask) | 1;
  const Rational value(IsNegative(name) ? -drawn : drawn);
  if (range.below < 0) return value * Rational(1L << -range.below);
  return value / Rational(1L << range.below);
}

}  // namespace rewards::math
