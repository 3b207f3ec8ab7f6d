// The forms of a response: by table, and what the format checker says of them.

#include "datasets/response_form.h"

#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>

#include "rewards/format/grammar.h"
#include "rewards/format/template.h"
#include "rewards/format/transcript.h"

namespace datasets {
namespace {

constexpr auto kEn = Language::kEnglish;
constexpr auto kZh = Language::kChinese;

TEST(FormatResponse, IsWrittenSo) {
  using enum ResponseForm;
  EXPECT_EQ(FormatResponse(kPlain, kEn, "tens 4 so", "132"), "tens 4 so 132");
  EXPECT_EQ(FormatResponse(kPlain, kEn, "", "132"), "132");
  EXPECT_EQ(FormatResponse(kR1Zero, kEn, "so", "132"),
            "<think>so</think><answer>\\boxed{132}</answer>");
  EXPECT_EQ(FormatResponse(kR1Zero, kZh, "所以", "B", AnswerStyle::kBare),
            "<think>所以</think><answer>B</answer>");
  EXPECT_EQ(FormatResponse(kR1, kEn, "so", "132"),
            "<think>\nso\n</think>\n\nThe answer is \\boxed{132}.");
  EXPECT_EQ(FormatResponse(kR1, kZh, "所以", "132"),
            "<think>\n所以\n</think>\n\n答案是\\boxed{132}。");
  EXPECT_EQ(FormatResponse(kR1, kEn, "greet", "Hi!", AnswerStyle::kBare),
            "<think>\ngreet\n</think>\n\nHi!");
}

TEST(FormatResponse, TheFormatCheckerTakesEachFormInItsOwnTemplateOnly) {
  using rewards::format::CheckFormat;
  using rewards::format::FindTemplate;
  for (const Language language : {kEn, kZh}) {
    for (const AnswerStyle style : {AnswerStyle::kBoxed, AnswerStyle::kBare}) {
      const std::string zero =
          FormatResponse(ResponseForm::kR1Zero, language, "so", "5", style);
      const std::string r1 =
          FormatResponse(ResponseForm::kR1, language, "so", "5", style);
      const std::string plain =
          FormatResponse(ResponseForm::kPlain, language, "so", "5", style);
      EXPECT_TRUE(CheckFormat(zero, *FindTemplate("r1-zero")).ok()) << zero;
      EXPECT_TRUE(CheckFormat(r1, *FindTemplate("r1")).ok()) << r1;
      EXPECT_FALSE(CheckFormat(r1, *FindTemplate("r1-zero")).ok()) << r1;
      EXPECT_FALSE(CheckFormat(plain, *FindTemplate("r1")).ok()) << plain;
      EXPECT_FALSE(CheckFormat(plain, *FindTemplate("r1-zero")).ok()) << plain;
    }
  }
}

TEST(ResponseFormName, Names) {
  EXPECT_EQ(ResponseFormName(ResponseForm::kPlain), "plain");
  EXPECT_EQ(ResponseFormName(ResponseForm::kR1Zero), "r1-zero");
  EXPECT_EQ(ResponseFormName(ResponseForm::kR1), "r1");
}

struct Refinement {
  const char* name;
  std::string response;
  std::optional<std::string> refined;  // in English
};
void PrintTo(const Refinement& r, std::ostream* os) { *os << r.name; }

class Refinements : public testing::TestWithParam<Refinement> {};

TEST_P(Refinements, AreWrittenSo) {
  EXPECT_EQ(RefineToR1(GetParam().response, kEn), GetParam().refined);
}

const std::string kR1Five =
    "<think>\nso\n</think>\n\nThe answer is \\boxed{5}.";

const Refinement kRefinements[] = {
    {"Boxed", "<think>so</think><answer>\\boxed{5}</answer>", kR1Five},
    {"Bare", "<think>so</think><answer>5</answer>", kR1Five},
    {"SpaceAroundTags",
     " <think>\n so </think>\n<answer> \\boxed{ 5 }\n</answer>\n", kR1Five},
    {"Word", "<think>so</think><answer>\\boxed{DBU}</answer>",
     "<think>\nso\n</think>\n\nThe answer is \\boxed{DBU}."},
    {"Fence", "<think>so</think><answer>```python\nprint(5)\n```</answer>",
     "<think>\nso\n</think>\n\n```python\nprint(5)\n```"},
    {"ThoughtOfLines", "<think>a\n\tb</think><answer>5</answer>",
     "<think>\na\n\tb\n</think>\n\nThe answer is \\boxed{5}."},
    {"Nothing", "", std::nullopt},
    {"NoTags", "so 5", std::nullopt},
    {"NoThought", "<answer>5</answer>", std::nullopt},
    {"NoAnswer", "<think>so</think>5", std::nullopt},
    {"ThoughtNotClosed", "<think>so<answer>5</answer>", std::nullopt},
    {"AnswerNotClosed", "<think>so</think><answer>5", std::nullopt},
    {"BlankThought", "<think> \n</think><answer>5</answer>", std::nullopt},
    {"BlankAnswer", "<think>so</think><answer> </answer>", std::nullopt},
    {"EmptyBox", "<think>so</think><answer>\\boxed{ }</answer>", std::nullopt},
    {"TextBefore", "x<think>so</think><answer>5</answer>", std::nullopt},
    {"TextBetween", "<think>so</think>x<answer>5</answer>", std::nullopt},
    {"TextAfter", "<think>so</think><answer>5</answer>x", std::nullopt},
    {"SecondAnswer", "<think>so</think><answer>5</answer><answer>5</answer>",
     std::nullopt},
    {"SecondThought", "<think>so</think><think>so</think><answer>5</answer>",
     std::nullopt},
    {"OpenInThought", "<think><think>so</think><answer>5</answer>",
     std::nullopt},
    {"CloseInAnswer", "<think>so</think><answer>5</think></answer>",
     std::nullopt},
    {"AnswerOpenInThought", "<think><answer>so</think><answer>5</answer>",
     std::nullopt},
    {"AnswerCloseInThought", "<think></answer>so</think><answer>5</answer>",
     std::nullopt},
    {"TwoBoxes", "<think>so</think><answer>\\boxed{5} \\boxed{6}</answer>",
     std::nullopt},
    {"TextBesideTheBox", "<think>so</think><answer>it is \\boxed{5}</answer>",
     std::nullopt},
    {"SeveralLines", "<think>so</think><answer>5\n6</answer>", std::nullopt},
    {"ControlCharacter", "<think>s\x01o</think><answer>5</answer>",
     std::nullopt},
};
INSTANTIATE_TEST_SUITE_P(RefineToR1, Refinements,
                         testing::ValuesIn(kRefinements),
                         [](const auto& test) { return test.param.name; });

TEST(RefineToR1, IsTheR1FormOfWhatWasFormatted) {
  for (const Language language : {kEn, kZh}) {
    for (const AnswerStyle style : {AnswerStyle::kBoxed, AnswerStyle::kBare}) {
      EXPECT_EQ(RefineToR1(FormatResponse(ResponseForm::kR1Zero, language,
                                          "个位 1", "42", style),
                           language),
                FormatResponse(ResponseForm::kR1, language, "个位 1", "42"));
    }
  }
}

TEST(RefineToR1, TheCheckersReadTheSameAnswer) {
  const auto refined =
      RefineToR1("<think>so</think><answer>\\boxed{5}</answer>", kZh);
  ASSERT_TRUE(refined);
  EXPECT_EQ(rewards::format::SplitTranscript(*refined, "r1").answer,
            "\n\n答案是\\boxed{5}。");
}

}  // namespace
}  // namespace datasets
