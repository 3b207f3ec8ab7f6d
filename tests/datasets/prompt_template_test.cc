#include "datasets/prompt_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/arithmetic_corpus.h"

namespace datasets {
namespace {

TEST(FormatPrompt, R1ZeroIsThePapersText) {
  EXPECT_EQ(FormatPrompt(PromptStyle::kR1Zero, "Compute 47+85"),
            "A conversation between User and Assistant. The user asks a "
            "question, and the Assistant solves it. The assistant first thinks "
            "about the reasoning process in the mind and then provides the "
            "user with the answer. The reasoning process and answer are "
            "enclosed within <think>...</think> and <answer>...</answer> tags, "
            "respectively, i.e., <think> reasoning process here </think> "
            "<answer> answer here </answer>. User: Compute 47+85. Assistant:");
}

TEST(FormatPrompt, ChatIsTheSameFrameWithoutTheInstruction) {
  EXPECT_EQ(FormatPrompt(PromptStyle::kChat, "计算47+85"),
            "User: 计算47+85. Assistant:");
}

TEST(PromptStyleName, Names) {
  EXPECT_EQ(PromptStyleName(PromptStyle::kChat), "chat");
  EXPECT_EQ(PromptStyleName(PromptStyle::kR1Zero), "r1-zero");
}

TEST(ArithmeticTokens, EachOnceAndNoneOfOneByte) {
  const std::vector<std::string> tokens = ArithmeticTokens();
  EXPECT_EQ(std::set<std::string>(tokens.begin(), tokens.end()).size(),
            tokens.size());
  for (const std::string& token : tokens) EXPECT_GE(token.size(), 2U) << token;
  EXPECT_THAT(tokens,
              testing::IsSupersetOf(
                  {std::string(kR1ZeroInstruction), std::string("User: "),
                   std::string(". Assistant:"), std::string("<think>"),
                   std::string("</think>"), std::string("<answer>"),
                   std::string("</answer>"), std::string("\\boxed{"),
                   std::string("ones"), std::string(" tens "),
                   std::string("个"), std::string("个位"), std::string("苹")}));
  EXPECT_LT(tokens.size(), 250U);
}

// How many tokens `text` takes, where a byte that begins none is one. `wide`
// counts the bytes above ASCII among those.
std::size_t CountTokens(std::string_view text,
                        const std::vector<std::string>& tokens,
                        std::size_t* wide) {
  std::size_t count = 0;
  while (!text.empty()) {
    std::size_t longest = 0;
    for (const std::string& token : tokens) {
      if (text.starts_with(token)) longest = std::max(longest, token.size());
    }
    if (longest == 0 && static_cast<unsigned char>(text[0]) >= 0x80) ++*wide;
    text.remove_prefix(std::max<std::size_t>(longest, 1));
    ++count;
  }
  return count;
}

TEST(ArithmeticTokens, ADocumentIsShort) {
  const std::vector<std::string> tokens = ArithmeticTokens();
  std::size_t wide = 0;
  EXPECT_EQ(CountTokens(FormatPrompt(PromptStyle::kR1Zero, "Compute 47+85"),
                        tokens, &wide),
            // instruction, "User: ", "Compute ", 47+85, ". Assistant:"
            9U);
  EXPECT_EQ(CountTokens("<think>ones 7+5=12 tens 4+8+1=13 so</think>"
                        "<answer>\\boxed{132}</answer>",
                        tokens, &wide),
            // tags 4, box 2, labels 3, the 14 bytes of two steps, 132
            26U);
  ArithmeticCorpus corpus({}, ColdStartOptions());
  for (int i = 0; i < 2000; ++i) {
    const Document document = corpus.Next();
    EXPECT_LE(CountTokens(document.prompt, tokens, &wide), 24U)
        << document.prompt;
    EXPECT_LE(CountTokens(document.completion, tokens, &wide), 80U)
        << document.completion;
  }
  EXPECT_EQ(wide, 0U);
}

}  // namespace
}  // namespace datasets
