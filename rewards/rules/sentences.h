// Sentences: how many sentences a text has, as IFEval counts them: by the rules
// of NLTK's Punkt tokenizer (Kiss and Strunk 2006) for English, with a list of
// abbreviations in place of the trained ones. A line's end ends no sentence.
// Pure; any thread; linear time.

#ifndef REWARDS_RULES_SENTENCES_H_
#define REWARDS_RULES_SENTENCES_H_

#include <cstddef>
#include <string_view>

namespace rewards::rules {

[[nodiscard]] std::size_t CountSentences(std::string_view text);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_SENTENCES_H_
