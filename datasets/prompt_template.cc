#include "datasets/prompt_template.h"

#include <cstddef>

#include "datasets/arithmetic_text.h"
#include "datasets/token_list.h"

namespace datasets {
std::string_view PromptStyleName(PromptStyle style) noexcept {
  return style == PromptStyle::kChat ? "chat" : "r1-zero";
}

std::string FormatPrompt(PromptStyle style, std::string_view question) {
  std::string prompt;
  if (style == PromptStyle::kR1Zero) prompt += kR1ZeroInstruction;
  prompt += kUserOpen;
  prompt += question;
  prompt += kAssistantOpen;
  return prompt;
}

std::vector<std::string> ArithmeticTokens() {
  TokenList tokens;
  for (const std::string_view text :
       {kR1ZeroInstruction, kUserOpen, kAssistantOpen,
        std::string_view("<think>"), std::string_view("</think>"),
        std::string_view("<answer>"), std::string_view("</answer>"),
        std::string_view("\\boxed{")}) {
    tokens.Add(text);
  }
  const std::vector<std::string> pieces = QuestionPieces();
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    for (std::size_t i = 0; i < kLabels; ++i) {
      const std::string label(LabelText(static_cast<Label>(i), language));
      tokens.Add(label);
      tokens.Add(label + ' ');
      tokens.Add(' ' + label);
      tokens.Add(' ' + label + ' ');
      tokens.AddCharacters(label);
    }
  }
  for (const std::string& piece : pieces) tokens.Add(piece);
  for (const std::string& piece : pieces) tokens.AddCharacters(piece);
  return tokens.Finish();
}

}  // namespace datasets
