// JudgeQuestion: what a language model that judges is asked. Pure; any thread.
//
// Every text that we did not write stands between two lines that hold a mark.
// The mark is a digest of all of them, so that none can hold it and close its
// own quotation; equal questions have equal marks.

#ifndef REWARDS_HTTP_JUDGE_QUESTION_H_
#define REWARDS_HTTP_JUDGE_QUESTION_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace rewards::http {

struct JudgeQuestion {
  std::string system{};
  std::string user{};
};

// Whether `answer` says what `gold` says: {"analysis", "correctness"}.
[[nodiscard]] JudgeQuestion GoldQuestion(std::string_view prompt,
                                         std::string_view gold,
                                         std::string_view answer);

// Which of two answers is better: one of five labels, [[A>>B]] to [[B>>A]].
[[nodiscard]] JudgeQuestion PairQuestion(std::string_view prompt,
                                         std::string_view a,
                                         std::string_view b);

// The body of a request of chat completions, JSON: temperature 0, no stream.
[[nodiscard]] std::string ChatRequest(const JudgeQuestion& question,
                                      std::string_view model,
                                      std::size_t max_tokens);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_JUDGE_QUESTION_H_
