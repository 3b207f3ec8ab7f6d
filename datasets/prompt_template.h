// PromptTemplate: the text around a question, exactly as a model sees it, and
// the strings of it that are worth a token of their own. Pure; any thread.

#ifndef DATASETS_PROMPT_TEMPLATE_H_
#define DATASETS_PROMPT_TEMPLATE_H_

#include <string>
#include <string_view>
#include <vector>

namespace datasets {

// The template of DeepSeek-R1-Zero (arXiv 2501.12948, table 1) is
// kR1ZeroInstruction, kUserOpen, the question, kAssistantOpen. The chat frame
// is the same without the instruction.
inline constexpr std::string_view kR1ZeroInstruction =
    "A conversation between User and Assistant. The user asks a question, and "
    "the Assistant solves it. The assistant first thinks about the reasoning "
    "process in the mind and then provides the user with the answer. The "
    "reasoning process and answer are enclosed within <think>...</think> and "
    "<answer>...</answer> tags, respectively, i.e., <think> reasoning process "
    "here </think> <answer> answer here </answer>. ";
inline constexpr std::string_view kUserOpen = "User: ";
inline constexpr std::string_view kAssistantOpen = ". Assistant:";

enum class PromptStyle { kChat, kR1Zero };

// "chat" or "r1-zero".
[[nodiscard]] std::string_view PromptStyleName(PromptStyle style) noexcept;

// `question` in its frame. A response starts right behind it.
[[nodiscard]] std::string FormatPrompt(PromptStyle style,
                                       std::string_view question);

// Strings for a byte-level tokenizer that takes the longest match, each once,
// in a fixed order, none of one byte: the pieces of the templates, the four
// tags, the box, the labels of worked steps with the spaces around them, the
// constant pieces of the questions, and every Chinese character in these.
[[nodiscard]] std::vector<std::string> ArithmeticTokens();

}  // namespace datasets

#endif  // DATASETS_PROMPT_TEMPLATE_H_
