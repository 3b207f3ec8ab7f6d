// Split: which generated tasks are for training and which are held out, by a
// fixed hash of what a task is about: the same for every seed and wording.
// Pure; any thread.

#ifndef DATASETS_SPLIT_H_
#define DATASETS_SPLIT_H_

#include <cstdint>
#include <string_view>

#include "datasets/arithmetic_random.h"

namespace datasets {

enum class Split { kTrain, kHeldOut };

// "train" or "held_out".
[[nodiscard]] constexpr std::string_view SplitName(Split split) noexcept {
  return split == Split::kTrain ? "train" : "held_out";
}

// The share of all contents that is held out.
inline constexpr double kHeldOutShare = 0.15;

// Of a content's hash, whose first 53 bits must be mixed well.
[[nodiscard]] constexpr bool IsHeldOutHash(std::uint64_t hash) noexcept {
  return UnitInterval(hash) < kHeldOutShare;
}

// The hash of a sequence: begin with any `hash`, add one `part` after another.
[[nodiscard]] constexpr std::uint64_t AddToHash(std::uint64_t hash,
                                                std::uint64_t part) noexcept {
  return MixBits(hash ^ MixBits(part + 0x9E3779B97F4A7C15U));
}

}  // namespace datasets

#endif  // DATASETS_SPLIT_H_
