#include "rewards/language_checker.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <string_view>

#include "rewards/registry.h"

namespace rewards {
namespace {

Verdict Judge(std::string_view params, std::string_view response,
              std::string_view prompt = {},
              std::string_view template_name = "r1") {
  const auto checker = MakeLanguageChecker();
  auto check = checker->Prepare(boost::json::parse(params).as_object());
  if (!check) {
    ADD_FAILURE() << check.error().pointer << ": " << check.error().detail;
    return {};
  }
  Submission submission;
  submission.prompt = prompt;
  submission.response = response;
  submission.template_name = template_name;
  return (*check)->Judge(submission, Budget());
}

constexpr std::string_view kEnglish = R"({"target": "en"})";
constexpr std::string_view kPrompt = R"({"target": "prompt"})";
constexpr std::string_view kMixed =
    "<think>First we add them.</think>我们得到四。";

TEST(LanguageChecker, ScoreIsTheFraction) {
  EXPECT_EQ(Judge(kEnglish, "so it is").outcome, Outcome::kCorrect);
  EXPECT_EQ(Judge(kEnglish, "我们先计算").outcome, Outcome::kWrong);
  const Verdict mixed = Judge(kEnglish, "so it 我们 is");
  EXPECT_EQ(mixed.outcome, Outcome::kPartial);
  EXPECT_EQ(Score(mixed), 0.75);
  EXPECT_EQ(mixed.detail.at("fraction"), 0.75);
  EXPECT_EQ(mixed.detail.at("fraction_chars"), 0.6);
  EXPECT_EQ(mixed.detail.at("words_target"), 3U);
  EXPECT_EQ(mixed.detail.at("words_total"), 4U);
  EXPECT_EQ(mixed.detail.at("target"), "en");
  EXPECT_EQ(mixed.detail.at("reason"), "3 of 4 words are in en");
}

TEST(LanguageChecker, NoWordsIsUnreadable) {
  for (const std::string_view response :
       {"", "$x^2$ = 4", "<think></think>It is four."}) {
    const Verdict verdict = Judge(kEnglish, response);
    EXPECT_EQ(verdict.outcome, Outcome::kUnreadable) << response;
    EXPECT_EQ(Score(verdict), 0.0);
    EXPECT_EQ(verdict.detail.at("reason"), "no words");
  }
}

TEST(LanguageChecker, ReadsThePartAskedFor) {
  EXPECT_EQ(Score(Judge(kEnglish, kMixed)), 1.0);
  EXPECT_EQ(Score(Judge(R"({"target": "en", "of": "reasoning"})", kMixed)),
            1.0);
  EXPECT_EQ(Score(Judge(R"({"target": "en", "of": "answer"})", kMixed)), 0.0);
  EXPECT_EQ(Judge(R"({"target": "en", "of": "all"})", kMixed).outcome,
            Outcome::kPartial);
  EXPECT_EQ(Score(Judge(kEnglish, "我们</think>so it is", {}, "r1-prefill")),
            0.0);
}

TEST(LanguageChecker, PromptNamesTheTarget) {
  EXPECT_EQ(Judge(kPrompt, "so it is", "What is it?").detail.at("target"),
            "en");
  EXPECT_EQ(Score(Judge(kPrompt, "so it is", "这是什么？")), 0.0);
  // Not the answer's fault, whatever the answer is.
  for (const std::string_view response : {"so it is", "", "我们"}) {
    EXPECT_EQ(Judge(kPrompt, response, "").outcome, Outcome::kNotJudged);
    EXPECT_EQ(Judge(kPrompt, response, "Что это такое?").outcome,
              Outcome::kNotJudged);
  }
}

TEST(LanguageChecker, LongestText) {
  std::string text(kMaxLanguageBytes, ' ');
  text.replace(0, 5, "so it");
  EXPECT_EQ(Judge(kEnglish, text).outcome, Outcome::kCorrect);
  text += ' ';
  EXPECT_EQ(Judge(kEnglish, text).outcome, Outcome::kUnreadable);
}

struct BadRow {
  std::string_view name;
  std::string_view params;
  std::string_view pointer;
};

class LanguageParamsTest : public testing::TestWithParam<BadRow> {};

TEST_P(LanguageParamsTest, IsRefused) {
  const auto check = MakeLanguageChecker()->Prepare(
      boost::json::parse(GetParam().params).as_object());
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(
    Table, LanguageParamsTest,
    testing::Values(BadRow{"NoTarget", "{}", "/target"},
                    BadRow{"OtherLanguage", R"({"target": "fr"})", "/target"},
                    BadRow{"NoTag", R"({"target": ""})", "/target"},
                    BadRow{"TargetNoString", R"({"target": 1})", "/target"},
                    BadRow{"Of", R"({"target": "en", "of": "half"})", "/of"},
                    BadRow{"Group", R"({"target": "en", "group_related": 1})",
                           "/group_related"},
                    BadRow{"Unknown", R"({"target": "en", "off": "all"})",
                           "/off"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(LanguageChecker, ErrorListsWhatIsSupported) {
  const auto check = MakeLanguageChecker()->Prepare({{"target", "fr"}});
  ASSERT_FALSE(check);
  for (const char* tag : {"\"en\"", "\"zh\"", "\"prompt\""}) {
    EXPECT_NE(check.error().detail.find(tag), std::string::npos) << tag;
  }
}

TEST(LanguageChecker, IsRegistered) {
  const Registry registry = BuiltInRegistry();
  const Checker* checker = registry.Find("language");
  ASSERT_NE(checker, nullptr);
  EXPECT_EQ(checker->schema().at("properties").as_object().size(), 3U);
}

}  // namespace
}  // namespace rewards
