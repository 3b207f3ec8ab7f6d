// JudgeReply: what a language model that judges said. Believed only where it
// fits to the letter. Pure; any thread.

#ifndef REWARDS_HTTP_JUDGE_REPLY_H_
#define REWARDS_HTTP_JUDGE_REPLY_H_

#include <optional>
#include <string>
#include <string_view>

#include "rewards/plugin/plugin_protocol.h"

namespace rewards::http {

// The text of the one choice in `body`, the answer of chat completions, without
// the judge's own thought (up to the last </think>). None, with why in `error`:
// no such JSON, no text, cut off at max_tokens.
[[nodiscard]] std::optional<std::string> ReadContent(
    std::string_view body, const plugin::JsonReader& read, std::string& error);

// "correctness" of {"analysis": string, "correctness": boolean}, which is all
// of `content` but for a code fence around it.
[[nodiscard]] std::optional<bool> ReadCorrectness(
    std::string_view content, const plugin::JsonReader& read,
    std::string& error);

// How much better answer A is: 2 for [[A>>B]] to -2 for [[B>>A]]. A `content`
// with two labels that differ has none.
[[nodiscard]] std::optional<int> ReadLabel(std::string_view content,
                                           std::string& error);

// "A>>B" for 2. Requires: -2 <= label <= 2.
[[nodiscard]] std::string_view LabelName(int label);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_JUDGE_REPLY_H_
