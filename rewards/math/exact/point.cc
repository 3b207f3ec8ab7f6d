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

constexpr int kRanged = 16;   // trials that draw from a range
constexpr long kStrips = 48;  // of length one, that the others draw from

struct Range {
  long bits;   // of the whole number that is drawn
  bool signs;  // negative numbers too
  long below;  // bits after the point
};

// Trial by trial, in turn: the first decide most questions.
constexpr Range kRanges[] = {
    {54, false, 52},  // (0, 4)
    {54, true, 52},   // (-4, 4)
    {52, false, 52},  // (0, 1)
    {53, true, 52},   // (-2, 2)
    {56, false, 52},  // (0, 16)
    {56, true, 52},   // (-16, 16)
    {52, true, 12},   // large
    {52, true, 52},   // (-1, 1)
};

}  // namespace

std::uint64_t Point::Random(std::uint64_t key) const {
  const auto which = static_cast<std::uint64_t>(trial_ + 1'000 * near_);
  return Mix(Mix(Mix(seed_) ^ which) ^ key);
}

Rational Point::Coordinate(std::string_view name) const {
  if (near_ != 0) {  // a 4,096th away at most
    const Rational at = Point(seed_, trial_).Coordinate(name);
    const auto away = static_cast<long>(Random(HashOf(name)) >> 12);
    return at + at * Rational(away) / Rational(1L << 40) / Rational(1L << 24);
  }
  const std::uint64_t random = Random(HashOf(name));
  if (trial_ >= kRanged) {  // one strip of (-8, 40) after the other
    const auto strip = static_cast<long>(
        (HashOf(name) + static_cast<std::uint64_t>(trial_) * 5) % kStrips);
    const auto within = static_cast<long>(random >> 12);
    return Rational(strip - 8) + Rational(within) / Rational(1L << kBelowPoint);
  }
  const Range& range = kRanges[static_cast<std::size_t>(trial_) % 8];
  // In the second round the ranges are four times as wide.
  const long bits = range.bits + trial_ / 8 * 2;
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  long drawn = static_cast<long>(random & mask) | 1;
  if (range.signs && (random >> 63) != 0) drawn = -drawn;
  return Rational(drawn) / Rational(1L << range.below);
}

}  // namespace rewards::math
