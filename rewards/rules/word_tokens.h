// WordTokens: the words of a text as IFEval's capital_word_frequency has them:
// those of NLTK's word_tokenize, without its marks. Pure; any thread; linear
// time.

#ifndef REWARDS_RULES_WORD_TOKENS_H_
#define REWARDS_RULES_WORD_TOKENS_H_

#include <string_view>
#include <vector>

namespace rewards::rules {

// In order; a contraction is two ("DON'T": "DO" and "N'T"), so is "cannot".
// Borrows. What has no letter may be missing or cut otherwise.
[[nodiscard]] std::vector<std::string_view> WordTokens(std::string_view text);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_WORD_TOKENS_H_
