#include "rewards/format_checker.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "rewards/registry.h"

namespace rewards {
namespace {

namespace json = boost::json;

Verdict Judge(std::string_view params, std::string_view response,
              std::string_view template_name = "r1") {
  const auto checker = MakeFormatChecker();
  auto check = checker->Prepare(json::parse(params).as_object());
  if (!check) {
    ADD_FAILURE() << check.error().pointer << ": " << check.error().detail;
    return {};
  }
  Submission submission;
  submission.response = response;
  submission.template_name = template_name;
  return (*check)->Judge(submission, Budget());
}

constexpr std::string_view kZero = "<think>a</think><answer>4</answer>";
constexpr std::string_view kChat = "<think>a</think>4";

TEST(FormatChecker, RightIsCorrect) {
  const Verdict verdict = Judge("{}", kChat);
  EXPECT_EQ(verdict.outcome, Outcome::kCorrect);
  EXPECT_EQ(verdict.detail.at("reason"), "ok");
  EXPECT_EQ(verdict.detail.at("template"), "r1");
}

TEST(FormatChecker, TemplateComesFromTheItemUnlessTheCheckNamesOne) {
  EXPECT_EQ(Score(Judge("{}", "<think>a</think>so 4", "r1-zero")), 0.0);
  EXPECT_EQ(Score(Judge("{}", kZero, "r1-zero")), 1.0);
  EXPECT_EQ(Score(Judge(R"({"template": "r1"})", kChat, "r1-zero")), 1.0);
  EXPECT_EQ(Judge("{}", kChat, "none").outcome, Outcome::kNotJudged);
}

TEST(FormatChecker, MalformedIsWrongWithItsReason) {
  const Verdict verdict = Judge("{}", "<think>a");
  EXPECT_EQ(verdict.outcome, Outcome::kWrong);
  EXPECT_EQ(verdict.detail.at("reason"), "truncated");
}

TEST(FormatChecker, NothingIsUnreadable) {
  for (const std::string_view response : {"", " \n", "</s>"}) {
    const Verdict verdict = Judge(R"({"strip_eos": ["</s>"]})", response);
    EXPECT_EQ(verdict.outcome, Outcome::kUnreadable);
    EXPECT_EQ(Score(verdict), 0.0);
  }
  EXPECT_EQ(Judge("{}", " ", "qwen3-nothink").outcome, Outcome::kUnreadable);
}

TEST(FormatChecker, LadderStopsAtTheFirstFault) {
  const std::string_view ladder = R"({"credit": "ladder"})";
  const auto score = [&](std::string_view response) {
    return Score(Judge(ladder, response, "r1-zero"));
  };
  EXPECT_EQ(score(kZero), 1.0);
  EXPECT_EQ(score("<think>a</think><answer>4</answer> x"), 0.8);
  EXPECT_EQ(score("<think>a</think><answer></answer>"), 0.6);
  EXPECT_EQ(score("<think>a</think> so <answer>4</answer>"), 0.4);
  EXPECT_EQ(score("<think> </think><answer>4</answer>"), 0.2);
  EXPECT_EQ(score("x <think>a</think><answer>4</answer>"), 0.0);
  EXPECT_EQ(score("<think>a</think><think>a</think>"), 0.0);
}

TEST(FormatChecker, AllowancesAreOff) {
  const std::string_view after = "<think>a</think><answer>4</answer> bye";
  EXPECT_EQ(Score(Judge("{}", after, "r1-zero")), 0.0);
  EXPECT_EQ(Score(Judge(R"({"allow_text_after": true})", after, "r1-zero")),
            1.0);
  EXPECT_EQ(
      Score(Judge(R"({"allow_text_after": true})",
                  "<think>a</think><answer>4</answer></answer>", "r1-zero")),
      0.0);
  EXPECT_EQ(Score(Judge("{}", "<think>\n</think>4")), 0.0);
  EXPECT_EQ(
      Score(Judge(R"({"allow_empty_think": true})", "<think>\n</think>4")),
      1.0);
}

TEST(FormatChecker, DeclaredTemplates) {
  Template declared;
  declared.name = "sky";
  declared.open = "<|begin_of_thought|>";
  declared.close = "<|end_of_thought|>";
  const auto checker = MakeFormatChecker(
      std::make_shared<const TemplateSet>(std::vector<Template>{declared}));
  const auto score = [&](std::string_view params, std::string_view name) {
    const auto check = checker->Prepare(json::parse(params).as_object());
    EXPECT_TRUE(check);
    Submission submission;
    submission.response = "<|begin_of_thought|>a<|end_of_thought|>4";
    submission.template_name = name;
    return Score((*check)->Judge(submission, Budget()));
  };
  EXPECT_EQ(score("{}", "sky"), 1.0);
  EXPECT_EQ(score(R"({"template": "sky"})", "r1"), 1.0);
  EXPECT_EQ(score("{}", "r1"), 0.0);
  EXPECT_FALSE(MakeFormatChecker()->Prepare({{"template", "sky"}}));
}

TEST(FormatChecker, PeerRules) {
  const std::string_view trl = R"({"rule": "trl"})";
  const Verdict verdict = Judge(trl, "<think></think>");
  EXPECT_EQ(verdict.outcome, Outcome::kCorrect);
  EXPECT_EQ(verdict.detail.at("rule"), "trl");
  EXPECT_EQ(Judge(trl, "a</think>4").outcome, Outcome::kWrong);
  EXPECT_EQ(Score(Judge(R"({"rule": "trl", "prefill": true})", "a</think>4")),
            1.0);
  EXPECT_EQ(Score(Judge(R"({"rule": "tag-count"})", "<think>\n")), 0.25);
  const std::string_view strict =
      "<think>\na\n</think>\n<answer>\n4\n"
      "</answer><|im_end|>";
  EXPECT_EQ(Score(Judge(R"({"rule": "open-r1"})", strict)), 0.0);
  EXPECT_EQ(Score(Judge(R"({"rule": "open-r1", "strip_eos": ["<|im_end|>"]})",
                        strict)),
            1.0);
}

TEST(FormatChecker, CreditIsPartialAndNeverFull) {
  const std::string_view graded = R"({"credit": "tags"})";
  EXPECT_EQ(Score(Judge(graded, kZero, "r1-zero")), 1.0);
  EXPECT_EQ(Score(Judge(graded, "<think>a</think><answer>4", "r1-zero")), 0.6);
  EXPECT_EQ(Judge(graded, "no tags", "r1-zero").outcome, Outcome::kWrong);
  EXPECT_EQ(Score(Judge(R"({"credit": "none"})", "<think>a</think><answer>4",
                        "r1-zero")),
            0.0);
}

TEST(FormatChecker, Options) {
  EXPECT_EQ(Score(Judge(R"({"prefill": true})", "a</think>4")), 1.0);
  EXPECT_EQ(Score(Judge(R"({"prefill": false})", kChat, "r1-prefill")), 1.0);
  EXPECT_EQ(Score(Judge(R"({"whitespace": "strict"})", kChat)), 0.0);
  EXPECT_EQ(Score(Judge(R"({"whitespace": "free"})", kZero, "openr1-strict")),
            1.0);
  EXPECT_EQ(Score(Judge(R"({"strip_eos": ["</s>"]})",
                        "<think>a</think><answer>4</answer></s>", "r1-zero")),
            1.0);
}

TEST(FormatChecker, CustomTags) {
  const std::string_view two =
      R"({"template": "custom", "open": "[T]", "close": "[/T]"})";
  EXPECT_EQ(Score(Judge(two, "[T]a[/T]4")), 1.0);
  EXPECT_EQ(Score(Judge(two, kChat)), 0.0);
  const std::string_view four =
      R"({"template": "custom", "open": "<思考>", "close": "</思考>",
          "answer_open": "<答>", "answer_close": "</答>"})";
  EXPECT_EQ(Score(Judge(four, "<思考>a</思考><答>4</答>")), 1.0);
  EXPECT_EQ(Score(Judge(four, "<思考>a</思考>4")), 0.0);
}

struct BadRow {
  std::string_view name;
  std::string_view params;
  std::string_view pointer;
};

class FormatParamsTest : public testing::TestWithParam<BadRow> {};

TEST_P(FormatParamsTest, IsRefused) {
  const auto params = json::parse(GetParam().params).as_object();
  const auto check = MakeFormatChecker()->Prepare(params);
  ASSERT_FALSE(check);
  EXPECT_EQ(check.error().pointer, GetParam().pointer);
  EXPECT_FALSE(check.error().detail.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, FormatParamsTest,
    testing::Values(
        BadRow{"UnknownKey", R"({"templates": "r1"})", "/templates"},
        BadRow{"UnknownTemplate", R"({"template": "r2"})", "/template"},
        BadRow{"TemplateNoString", R"({"template": 1})", "/template"},
        BadRow{"Whitespace", R"({"whitespace": "loose"})", "/whitespace"},
        BadRow{"Credit", R"({"credit": "half"})", "/credit"},
        BadRow{"Rule", R"({"rule": "r1"})", "/rule"},
        BadRow{"RuleAndTemplate", R"({"rule": "trl", "template": "r1"})",
               "/template"},
        BadRow{"RuleAndCredit", R"({"rule": "trl", "credit": "tags"})",
               "/credit"},
        BadRow{"TextAfter", R"({"allow_text_after": 1})", "/allow_text_after"},
        BadRow{"EmptyThink", R"({"allow_empty_think": 1})",
               "/allow_empty_think"},
        BadRow{"Prefill", R"({"prefill": 1})", "/prefill"},
        BadRow{"EosNoArray", R"({"strip_eos": "</s>"})", "/strip_eos"},
        BadRow{"EosEmpty", R"({"strip_eos": ["a", ""]})", "/strip_eos/1"},
        BadRow{"TagsWithoutCustom", R"({"open": "[T]"})", "/open"},
        BadRow{"TagsWithOther", R"({"template": "r1", "close": "x"})",
               "/close"},
        BadRow{"CustomWithoutClose", R"({"template": "custom", "open": "a"})",
               "/close"},
        BadRow{"CustomEmptyTag",
               R"({"template": "custom", "open": "", "close": "x"})", "/open"},
        BadRow{"CustomHalfAnAnswer",
               R"({"template": "custom", "open": "a", "close": "x",
                   "answer_open": "b"})",
               "/answer_close"},
        BadRow{"CustomSameTags",
               R"({"template": "custom", "open": "aa", "close": "a"})",
               "/open"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(FormatLimits, TagBytes) {
  const auto prepare = [](std::size_t bytes) {
    return MakeFormatChecker()->Prepare({{"template", "custom"},
                                         {"open", std::string(bytes, 'o')},
                                         {"close", "c"}});
  };
  EXPECT_TRUE(prepare(kMaxTagBytes));
  EXPECT_FALSE(prepare(kMaxTagBytes + 1));
}

TEST(FormatLimits, EosTokens) {
  const auto prepare = [](std::size_t tokens, std::size_t bytes) {
    json::array eos(tokens, json::string(std::string(bytes, 'e')));
    return MakeFormatChecker()->Prepare({{"strip_eos", eos}});
  };
  EXPECT_TRUE(prepare(kMaxEosTokens, kMaxTagBytes));
  EXPECT_FALSE(prepare(kMaxEosTokens + 1, kMaxTagBytes));
  EXPECT_FALSE(prepare(kMaxEosTokens, kMaxTagBytes + 1));
}

TEST(FormatChecker, SchemaNamesEveryParameter) {
  const json::object schema = MakeFormatChecker()->schema();
  EXPECT_EQ(schema.at("properties").as_object().size(), 12U);
  EXPECT_EQ(schema.at("additionalProperties"), false);
}

TEST(FormatRegistry, ItemsMayNameBuiltInTemplates) {
  const Registry registry = BuiltInRegistry();
  const TemplateSet& templates = registry.templates();
  EXPECT_NE(templates.Find("r1"), nullptr);
  EXPECT_NE(templates.Find("openr1-strict"), nullptr);
  EXPECT_EQ(templates.Find("custom"), nullptr);
  EXPECT_EQ(templates.Find(""), nullptr);
  EXPECT_EQ(templates.names().size(), 8U);
  EXPECT_NE(registry.Find("format"), nullptr);
}

// Every row of the shared cases: its check's options, and whether it is right.
TEST(FormatCases, AllAgree) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  std::ifstream file(std::string(data) + "/cases/format_open.jsonl");
  ASSERT_TRUE(file) << "cases/format_open.jsonl";
  int rows = 0;
  for (std::string line; std::getline(file, line); ++rows) {
    const json::object row = json::parse(line).as_object();
    json::object params;
    for (const auto& [key, value] : row) {
      if (key != "id" && key != "text" && key != "expected" && key != "why") {
        params[key] = value;
      }
    }
    const Verdict verdict =
        Judge(json::serialize(params), row.at("text").as_string());
    EXPECT_EQ(Score(verdict), row.at("expected").as_bool() ? 1.0 : 0.0)
        << line.substr(0, 300) << "\n"
        << verdict.detail;
  }
  EXPECT_GE(rows, 58);
}

}  // namespace
}  // namespace rewards
