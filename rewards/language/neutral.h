// Neutral: what counts for no language: names and terms in a text of another
// script, and what is said too often. Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_NEUTRAL_H_
#define REWARDS_LANGUAGE_NEUTRAL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "rewards/language/chain.h"
#include "rewards/language/words.h"

namespace rewards::language {

inline constexpr std::size_t kNeutralRun = 2;
inline constexpr std::size_t kNeutralPercent = 15;
inline constexpr std::size_t kNeutralFloor = 4;
inline constexpr std::size_t kGramWords = 4;
inline constexpr std::size_t kGramCount = 3;

enum class Kind : std::uint8_t {
  kTarget,
  kForeign,
  kNeutral,   // in neither count: a name, a term
  kRepeated,  // in neither count: said often enough
};

// A word and what becomes of it.
struct Counted {
  Word word;
  Label label;
  Kind kind = Kind::kForeign;
};

// Words, as their hashes.
using Terms = std::unordered_set<std::uint64_t>;

// The words of `texts`, in any case.
[[nodiscard]] Terms ReadTerms(std::span<const std::string_view> texts);

// Marks words beyond the first of a run, and those that end a sequence of
// kGramWords for more than the kGramCount-th time.
void MarkRepeated(std::vector<Counted>& words);

// Marks foreign words, in runs of at most kNeutralRun, that are of `terms` or,
// with `names`, begin with a capital Latin letter; first come, up to
// kNeutralPercent of the words or kNeutralFloor words, whichever is more.
void MarkNeutral(std::vector<Counted>& words, const Terms& terms, bool names);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NEUTRAL_H_
