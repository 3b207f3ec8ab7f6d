#include "rewards/language_checker.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <string_view>
#include <vector>

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
  EXPECT_EQ(mixed.detail.at("dominant"), "en");
  EXPECT_EQ(mixed.detail.at("words_neutral"), 0U);
  EXPECT_EQ(mixed.detail.at("words_repeated"), 0U);
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
  EXPECT_EQ(Judge(kPrompt, "Also zählen wir zusammen.", "Wie viel ist das?")
                .detail.at("target"),
            "de");
  EXPECT_EQ(
      Score(Judge(kPrompt, "So we add them up again.", "Wie viel ist das?")),
      0.0);
  // Not the answer's fault, whatever the answer is.
  for (const std::string_view response : {"so it is", "", "我们"}) {
    EXPECT_EQ(Judge(kPrompt, response, "").outcome, Outcome::kNotJudged);
    EXPECT_EQ(Judge(kPrompt, response, "1 + 1 = ?").outcome,
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
    testing::Values(
        BadRow{"NoTarget", "{}", "/target"},
        BadRow{"OtherLanguage", R"({"target": "xx"})", "/target"},
        BadRow{"NoTag", R"({"target": ""})", "/target"},
        BadRow{"TargetNoString", R"({"target": 1})", "/target"},
        BadRow{"Of", R"({"target": "en", "of": "half"})", "/of"},
        BadRow{"Group", R"({"target": "en", "group_related": 1})",
               "/group_related"},
        BadRow{"Neutral", R"({"target": "en", "neutral": "a"})", "/neutral"},
        BadRow{"Unknown", R"({"target": "en", "off": "all"})", "/off"}),
    [](const auto& test) { return std::string(test.param.name); });

std::string TargetError(std::string_view target) {
  const auto check = MakeLanguageChecker()->Prepare({{"target", target}});
  EXPECT_FALSE(check);
  return check ? std::string() : check.error().detail;
}

TEST(LanguageChecker, ErrorListsWhatIsSupported) {
  const std::string error = TargetError("qqq");
  for (const char* tag : {"\"en\"", "\"zh\"", "\"sw\"", "\"prompt\""}) {
    EXPECT_NE(error.find(tag), std::string::npos) << tag;
  }
  EXPECT_EQ(error.find("und"), std::string::npos);
}

TEST(LanguageChecker, ErrorNamesTheNearest) {
  EXPECT_NE(TargetError("German").find("did you mean \"de\""),
            std::string::npos);
  EXPECT_NE(TargetError("zh_CN").find("did you mean \"zh\""),
            std::string::npos);
  EXPECT_EQ(TargetError("qqqqqq").find("did you mean"), std::string::npos);
}

TEST(LanguageChecker, PlacesOfForeignWords) {
  // In bytes of the response, though the reasoning alone is read.
  const Verdict verdict =
      Judge(kEnglish, "<think>so it 我们 is, and 他 too</think>四");
  EXPECT_EQ(verdict.detail.at("foreign"),
            boost::json::parse(R"([[13, 19, "zh"], [28, 31, "zh"]])"));
  EXPECT_TRUE(
      Judge(kEnglish, "so it is").detail.at("foreign").as_array().empty());
}

TEST(LanguageChecker, PlacesAreBounded) {
  std::string text;
  for (std::size_t i = 0; i <= kMostSpans; ++i) {
    text += "this one is our number ";
    text += static_cast<char>('a' + i % 26);
    text += static_cast<char>('a' + i / 26);
    text += "x 我们. ";
  }
  const Verdict verdict = Judge(kEnglish, text);
  EXPECT_EQ(verdict.detail.at("foreign").as_array().size(), kMostSpans);
}

// Two spans a sentence; no two sentences are the same.
std::string TwoSpansEach(std::size_t sentences) {
  std::string text;
  for (std::size_t i = 0; i < sentences; ++i) {
    text += "this one is our number ";
    for (std::size_t rest = i, n = 0; n < 3; ++n, rest /= 26) {
      text += static_cast<char>('a' + rest % 26);
    }
    text += "x 我们. ";
  }
  return text;
}

Explanation Explain(std::string_view response) {
  const auto check =
      MakeLanguageChecker()->Prepare(boost::json::parse(kEnglish).as_object());
  Submission submission;
  submission.response = response;
  return (*check)->Explain(submission, Budget());
}

std::string Said(const Explanation& steps, std::string_view name) {
  for (const auto& step : steps) {
    if (step.step == name) return step.finding;
  }
  return "";
}

TEST(LanguageChecker, ExplainedSpansAreBounded) {
  const std::string text = TwoSpansEach(kMostExplainedSpans / 2 + 10);
  std::vector<std::size_t> ends;
  const Explanation cut = Explain(text);
  for (const auto& step : cut) {
    if (step.step == "span") ends.push_back(step.place->end);
  }
  ASSERT_EQ(ends.size(), kMostExplainedSpans);
  EXPECT_EQ(Said(cut, "spans"), "more than 10000, the rest is not shown");
  EXPECT_EQ(Said(Explain(text.substr(0, ends.back())), "spans"), "");
}

TEST(LanguageChecker, GroupRelated) {
  constexpr std::string_view kMalay =
      "Kita boleh menulis kedua-dua nombor itu kerana ia mudah.";
  EXPECT_EQ(Score(Judge(R"({"target": "id"})", kMalay)), 1.0);
  EXPECT_LT(Score(Judge(R"({"target": "id", "group_related": false})", kMalay)),
            0.5);
}

TEST(LanguageChecker, NeutralTerms) {
  EXPECT_LT(Score(Judge(R"({"target": "zh"})", "我们 use 模型")), 1.0);
  EXPECT_EQ(
      Score(Judge(R"({"target": "zh", "neutral": ["use"]})", "我们 use 模型")),
      1.0);
  // Words of the prompt are.
  EXPECT_EQ(Score(Judge(R"({"target": "zh"})", "我们 use 模型", "use?")), 1.0);
}

TEST(LanguageChecker, NeutralLimits) {
  const auto pointer = [](std::size_t terms, std::size_t bytes) {
    const boost::json::array neutral(
        terms, boost::json::value(std::string(bytes, 'a')));
    const auto check = MakeLanguageChecker()->Prepare(
        {{"target", "en"}, {"neutral", neutral}});
    return check ? std::string("none") : check.error().pointer;
  };
  EXPECT_EQ(pointer(kMostNeutral, 1), "none");
  EXPECT_EQ(pointer(kMostNeutral + 1, 1), "/neutral");
  EXPECT_EQ(pointer(1, kMostNeutralBytes), "none");
  EXPECT_EQ(pointer(1, kMostNeutralBytes + 1), "/neutral/0");
}

TEST(LanguageChecker, IsRegistered) {
  const Registry registry = BuiltInRegistry();
  const Checker* checker = registry.Find("language");
  ASSERT_NE(checker, nullptr);
  EXPECT_EQ(checker->schema().at("properties").as_object().size(), 4U);
}

}  // namespace
}  // namespace rewards
