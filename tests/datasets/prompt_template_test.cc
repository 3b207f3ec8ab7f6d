#include "datasets/prompt_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "datasets/arithmetic_corpus.h"
#include "trainer/tokenizer/tokenizer.h"

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

TEST(ArithmeticTokens, MakeATokenizerInWhichDocumentsAreShort) {
  const auto tokenizer = trainer::Tokenizer::Make(ArithmeticTokens());
  ASSERT_TRUE(tokenizer) << tokenizer.error().detail;
  // instruction, "User: ", "Compute ", 47+85, ". Assistant:"
  EXPECT_EQ(
      tokenizer->Encode(FormatPrompt(PromptStyle::kR1Zero, "Compute 47+85"))
          .size(),
      9U);
  // tags 4, box 2, labels 3, the 14 bytes of two steps, 132
  EXPECT_EQ(tokenizer
                ->Encode("<think>ones 7+5=12 tens 4+8+1=13 so</think>"
                         "<answer>\\boxed{132}</answer>")
                .size(),
            26U);
  ArithmeticCorpus corpus({}, ColdStartOptions());
  for (int i = 0; i < 2000; ++i) {
    const Document document = corpus.Next();
    const auto prompt = tokenizer->Encode(document.prompt);
    const auto completion = tokenizer->Encode(document.completion);
    EXPECT_LE(prompt.size(), 16U) << document.prompt;
    EXPECT_LE(completion.size(), 60U) << document.completion;
    for (const auto& tokens : {prompt, completion}) {
      for (const std::int32_t token : tokens) {
        // A byte of its own is ASCII: no character is cut up.
        ASSERT_TRUE(token < 0x80 || token >= trainer::Tokenizer::kFirstAdded)
            << document.prompt << document.completion;
      }
    }
  }
}

}  // namespace
}  // namespace datasets
