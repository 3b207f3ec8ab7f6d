#include "datasets/prompt_template.h"

#include <algorithm>
#include <cstddef>

#include "datasets/arithmetic_text.h"

namespace datasets {
namespace {

// Keeps the first of equal strings. A single byte is a token already.
class Tokens {
 public:
  void Add(std::string_view token) {
    if (token.size() < 2) return;
    if (std::find(tokens_.begin(), tokens_.end(), token) != tokens_.end()) {
      return;
    }
    tokens_.emplace_back(token);
  }

  // Every character of `utf8` that is not ASCII.
  void AddCharacters(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
      std::size_t end = at + 1;
      while (end < utf8.size() &&
             (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) {
        ++end;
      }
      Add(utf8.substr(at, end - at));
      at = end;
    }
  }

  [[nodiscard]] std::vector<std::string> Finish() { return std::move(tokens_); }

 private:
  std::vector<std::string> tokens_;
};

}  // namespace

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
  Tokens tokens;
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
