// The words around a suite's question, for a model that is asked without
// examples, or with some. Pure; any thread.

#ifndef DATASETS_SUITES_SUITE_PROMPT_H_
#define DATASETS_SUITES_SUITE_PROMPT_H_

#include <span>
#include <string>
#include <string_view>

#include "datasets/suites/suite.h"
#include "datasets/task.h"

namespace datasets {

// How an answer is asked for, in the task's language: "Please reason step by
// step, and put your final answer within \boxed{}." for mathematics, as
// DeepSeek-R1's usage recommendations have it; the same of the letter for a
// choice, of all right letters for one with several; a fenced block of
// its check's language for a program. Empty for IFEval, whose prompts say it
// all.
[[nodiscard]] std::string AnswerInstruction(const Suite& suite,
                                            const Task& task);

// The question, an empty line and the instruction.
[[nodiscard]] std::string ZeroShotQuestion(const Suite& suite,
                                           const Task& task);

// An example: a question with an answer that is written out.
struct Shot {
  std::string question{};
  std::string answer{};
};

// Each example and the question as "Question: ...\nAnswer: ...", in Chinese
// "问题：" and "答案：", with an empty line between them; the instruction
// before them; what follows is the answer. Without examples it is
// ZeroShotQuestion.
[[nodiscard]] std::string FewShotQuestion(const Suite& suite, const Task& task,
                                          std::span<const Shot> shots);

}  // namespace datasets

#endif  // DATASETS_SUITES_SUITE_PROMPT_H_
