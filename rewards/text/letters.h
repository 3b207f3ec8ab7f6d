// Letters: which options of a multiple choice a text names. Reads "B", "(B)",
// "B.", "B: 300 m", "\text{B}", "**B**", "Option B", full-width forms, and for
// several "A, C", "A and C", "AC". Never looks at a gold. Pure; thread-safe;
// linear time.
//
// A letter inside a word is none, and so are the words "a", "A" and "I". In
// lower case a letter counts alone, in brackets, or before a mark: "(b)", "b.".

#ifndef REWARDS_TEXT_LETTERS_H_
#define REWARDS_TEXT_LETTERS_H_

#include <string>
#include <string_view>

namespace rewards::text {

inline constexpr int kLeastOptions = 2;
inline constexpr int kMostOptions = 26;

struct LetterRules {
  int options = 4;        // A is the first; kLeastOptions to kMostOptions
  bool multiple = false;  // several letters may be chosen
  // The text is all of an answer that nothing announced: then a letter with
  // words after it needs brackets or a mark, so that no sentence is taken for a
  // choice.
  bool unannounced = false;
};

struct Letters {
  std::string chosen{};  // upper case, sorted, each once; empty: none
  bool hedged = false;   // names several where one is asked for, or "or"
};

[[nodiscard]] Letters ReadLetters(std::string_view text,
                                  const LetterRules& rules);

}  // namespace rewards::text

#endif  // REWARDS_TEXT_LETTERS_H_
