// Words: what a word outside of a command means, in any case of letters: a
// function, a constant, a connector, a number. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_WORDS_H_
#define REWARDS_MATH_SYNTAX_WORDS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rewards/math/syntax/token.h"

namespace rewards::math::syntax {

// `word` with ASCII capitals made small.
[[nodiscard]] std::string Lower(std::string_view word);

// The token a word stands for: "sin", "pi", "or", "infinity", "或"; kWord where
// it has no meaning of its own. `text` and `data` as in commands.h.
struct Meaning {
  TokenKind kind = TokenKind::kWord;
  std::string_view text{};
  std::uint32_t data = 0;
};
[[nodiscard]] Meaning MeaningOf(std::string_view word);

// A function's name at the front of a run such as "sinx", where one letter
// follows it; else empty.
[[nodiscard]] std::string_view FunctionPrefix(std::string_view word);

// True for a short English word that mathematics may spell by chance: "ad",
// "an", "at".
[[nodiscard]] bool IsShortWord(std::string_view word);

// True for a run of letters that is read as a product, "xy" or "abc": never an
// English word. `alone` says that nothing but the run stands there.
[[nodiscard]] bool IsProductOfLetters(std::string_view word, bool alone);

// The number that words spell, in English up to millions ("twenty-five", "one
// hundred and five") or in Chinese (十二, 三百). Nothing where they do not.
[[nodiscard]] std::optional<long> NumberOfWords(
    std::span<const std::string> words);

// True for a word that may stand in a spelled number, "and" excepted.
[[nodiscard]] bool IsNumberWord(std::string_view word);

// Into how many parts a word divides: "half" and "halves" 2, "thirds" 3, up to
// 10. 0 where it does not, or names one part where `several` are meant, or
// several where one is ("third" is also an ordinal: only "one third" counts).
[[nodiscard]] long PartsOfOne(std::string_view word, bool several);

// What a word after a number multiplies it by: million, thousand, dozen, 万; or
// 0.
[[nodiscard]] long Magnitude(std::string_view word);

// The set that a noun names: "integers" is Z, "real" is R; or empty.
[[nodiscard]] std::string_view SetNoun(std::string_view word);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_WORDS_H_
