// Nouns: which words may name what is counted ("18 integers"), and which may
// not. Pure; thread-safe.

#ifndef REWARDS_MATH_SYNTAX_NOUNS_H_
#define REWARDS_MATH_SYNTAX_NOUNS_H_

#include <string_view>

namespace rewards::math::syntax {

// True for a word that may name what is counted. Outside of \text it must stand
// apart and look like a word. False for words that change a value ("million"),
// join two ("or") or make a sentence.
[[nodiscard]] bool MayBeNoun(std::string_view word, bool in_text, bool spaced);

// True for a word of another script that says something else of the number
// before it: its square, at least so much, not it.
[[nodiscard]] bool ChangesForeign(std::string_view word);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_NOUNS_H_
