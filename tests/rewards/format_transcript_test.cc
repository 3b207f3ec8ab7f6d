#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "rewards/format/transcript.h"

namespace rewards::format {
namespace {

struct Row {
  std::string_view name;
  std::string_view template_name;
  std::string_view response;
  std::string_view reasoning;
  std::string_view answer;
  bool tagged = true;
};

class TranscriptTest : public testing::TestWithParam<Row> {};

TEST_P(TranscriptTest, Splits) {
  const Row& row = GetParam();
  const Transcript got = SplitTranscript(row.response, row.template_name);
  EXPECT_EQ(got.reasoning, row.reasoning);
  EXPECT_EQ(got.answer, row.answer);
  EXPECT_EQ(got.tagged, row.tagged);
}

INSTANTIATE_TEST_SUITE_P(
    Table, TranscriptTest,
    testing::Values(
        Row{"Chat", "r1", "<think>a</think>b", "a", "b"},
        Row{"KeepsWhiteSpace", "r1", "<think>\na\n</think>\n\nb\n", "\na\n",
            "\n\nb\n"},
        Row{"NoTagsIsBoth", "r1", "so 4", "so 4", "so 4", false},
        Row{"NoTagsIsBothWhenPrefilled", "r1-prefill", "so 4", "so 4", "so 4",
            false},
        Row{"Empty", "r1", "", "", "", false},
        Row{"Unclosed", "r1", "<think>a 4", "a 4", ""},
        Row{"NoOpening", "r1", "a</think>b", "a", "b"},
        Row{"Prefilled", "r1-prefill", "a</think>b", "a", "b"},
        Row{"TextBeforeTheThoughtIsNoAnswer", "r1", "4<think>a</think>", "a",
            ""},
        Row{"LastCloseEndsTheThought", "r1", "<think>a</think>4</think>5",
            "a</think>4", "5"},
        Row{"ReopenedThoughtLeavesNoAnswer", "r1", "<think>a</think>4<think>b",
            "a</think>4<think>b", ""},
        Row{"SecondThought", "r1", "<think>a</think>4<think>b</think>5",
            "a</think>4<think>b", "5"},
        Row{"CloseBeforeOpen", "r1", "a</think>b<think>c</think>d",
            "a</think>b<think>c", "d"},
        Row{"AnswerTagsAreTextInChat", "r1", "<think>a</think><answer>4", "a",
            "<answer>4"},
        Row{"Zero", "r1-zero", "<think>a</think> <answer>4</answer>", "a", "4"},
        Row{"ZeroPrefilled", "r1-zero-prefill", "a</think><answer>4</answer>",
            "a", "4"},
        Row{"ZeroWithoutAnswerTags", "r1-zero", "<think>a</think> 4", "a",
            " 4"},
        Row{"ZeroAnswerUnclosed", "r1-zero", "<think>a</think><answer>4", "a",
            "4"},
        Row{"ZeroAnswerInTheThoughtIsNoAnswer", "r1-zero",
            "<think>a<answer>4</answer></think>", "a<answer>4</answer>", ""},
        Row{"ZeroThoughtUnclosed", "r1-zero", "<think>a<answer>4</answer>",
            "a<answer>4</answer>", ""},
        Row{"ZeroWrongOrderHasNoAnswer", "r1-zero",
            "<answer>4</answer><think>a</think>", "a", ""},
        Row{"ZeroTwoAnswersStayTogether", "r1-zero",
            "<think>a</think><answer>3</answer><answer>4</answer>", "a",
            "3</answer><answer>4"},
        Row{"ZeroAnswerAlone", "r1-zero", "so <answer>4</answer>.", "so ", "4"},
        Row{"ZeroClosingAnswerTagAlone", "r1-zero", "4</answer> x", "", "4"},
        Row{"ZeroAnswerTagsReversed", "r1-zero", "1</answer>2<answer>3", "",
            "3"},
        Row{"Boxed", "boxed", "<think>a</think>\\boxed{4}", "a", "\\boxed{4}"},
        Row{"ThinkingOff", "qwen3-nothink", "<think>\n\n</think>\n\n4", "\n\n",
            "\n\n4"},
        Row{"UnknownNameIsR1", "nope", "<think>a</think>b", "a", "b"},
        Row{"OtherCaseIsNoTag", "r1", "<Think>a</Think>b", "<Think>a</Think>b",
            "<Think>a</Think>b", false},
        Row{"NulBytes", "r1", std::string_view("<think>\0</think>\0b", 18),
            std::string_view("\0", 1), std::string_view("\0b", 2)}),
    [](const auto& test) { return std::string(test.param.name); });

// Whatever a response is built of, no byte of it is both reasoning and answer
// once it is tagged, and no thought's tag is inside the answer.
TEST(TranscriptProperty, AnswerNeverHoldsReasoning) {
  const std::string_view pieces[] = {"<think>", "</think>", "<answer>",
                                     "</answer>", "x"};
  for (const char* name : {"r1", "r1-zero", "r1-prefill", "r1-zero-prefill"}) {
    for (int code = 0; code < 5 * 5 * 5 * 5 * 5 * 5; ++code) {
      std::string text;
      for (int rest = code, i = 0; i < 6; ++i, rest /= 5) {
        text += pieces[rest % 5];
      }
      const Transcript got = SplitTranscript(text, name);
      if (!got.tagged) continue;
      EXPECT_EQ(got.answer.find("<think>"), std::string_view::npos) << text;
      EXPECT_EQ(got.answer.find("</think>"), std::string_view::npos) << text;
      if (got.answer.empty() || got.reasoning.empty()) continue;
      const bool apart =
          got.reasoning.data() + got.reasoning.size() <= got.answer.data() ||
          got.answer.data() + got.answer.size() <= got.reasoning.data();
      EXPECT_TRUE(apart) << text;
    }
  }
}

TEST(TranscriptProperty, ManyTags) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "<think></think>";
  text += "4";
  const Transcript got = SplitTranscript(text, "r1");
  EXPECT_EQ(got.answer, "4");
  EXPECT_EQ(got.reasoning.size(), text.size() - 16);
}

}  // namespace
}  // namespace rewards::format
