// Words: the words and numbers of a text, by Unicode's rules and ICU's
// dictionaries (Chinese, Japanese, Thai). Pure; any thread; linear time.

#ifndef REWARDS_RULES_WORDS_H_
#define REWARDS_RULES_WORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rewards::rules {

// The words of `text`, UTF-8, in order: word-break segments that hold a letter
// or a digit. Borrows. None where ICU cannot serve, which is never the text's
// fault. Requires: less than 2 GiB.
[[nodiscard]] std::optional<std::vector<std::string_view>> SplitWords(
    std::string_view text);

// Equal numbers for equal words, upper and lower case alike: each word's place
// among the distinct ones in order.
[[nodiscard]] std::vector<std::uint32_t> NumberWords(
    const std::vector<std::string_view>& words);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_WORDS_H_
