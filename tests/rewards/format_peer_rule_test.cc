#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include "rewards/format/grammar.h"
#include "rewards/format/peer_rule.h"

namespace rewards::format {
namespace {

struct Row {
  std::string_view name;
  std::string_view rule;
  std::string_view response;
  double score = 1.0;
};

class PeerRuleTest : public testing::TestWithParam<Row> {};

TEST_P(PeerRuleTest, SaysWhatThePeerSays) {
  const PeerRule* rule = FindPeerRule(GetParam().rule);
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->score(GetParam().response), GetParam().score);
}

// What a rule is for, where it ends, and the faults that it is known for.
INSTANTIATE_TEST_SUITE_P(
    Table, PeerRuleTest,
    testing::Values(
        Row{"OpenR1", "open-r1",
            "<think>\na\n</think>\n<answer>\n4\n</answer>"},
        Row{"OpenR1EmptyIsRight", "open-r1",
            "<think>\n\n</think>\n<answer>\n\n</answer>"},
        Row{"OpenR1NoLineToShare", "open-r1",
            "<think>\n</think>\n<answer>\n4\n</answer>", 0.0},
        Row{"OpenR1LinesAfterPass", "open-r1",
            "<think>\na\n</think>\n<answer>\n4\n</answer>\nUser: hi"},
        Row{"OpenR1TextAfter", "open-r1",
            "<think>\na\n</think>\n<answer>\n4\n</answer> hi", 0.0},
        Row{"OpenR1LaterClose", "open-r1",
            "<think>\na\n</think>\n<answer>\n4\n</answer>x\n</answer>"},
        Row{"OpenR1Inline", "open-r1", "<think>a</think>\n<answer>4</answer>",
            0.0},
        Row{"OpenR1TwoThoughtsPass", "open-r1",
            "<think>\na\n</think>\n<think>\nb\n</think>\n<answer>\n4\n"
            "</answer>"},
        Row{"TagCount", "tag-count",
            "<think>\na\n</think>\n<answer>\n4\n</answer>"},
        Row{"TagCountOrderIsFree", "tag-count",
            "\n</answer>\n<answer>\n\n</think>\n<think>\n"},
        Row{"TagCountTwice", "tag-count", "<think>\n<think>\n\n</think>\n",
            0.25},
        Row{"TagCountNone", "tag-count", "<think>a</think>", 0.0},
        Row{"Trl", "trl", "<think>a</think>4"},
        Row{"TrlNothingInIt", "trl", "<think></think>"},
        Row{"TrlCloseTwice", "trl", "<think>a</think>4</think>5"},
        Row{"TrlOpenTwice", "trl", "<think>a</think>4<think>", 0.0},
        Row{"TrlPrefilledEarnsNothing", "trl", "a</think>4", 0.0},
        Row{"TrlTextBefore", "trl", " <think>a</think>4", 0.0},
        Row{"VerlGeo3k", "verl-geo3k", "<think>a</think>\\boxed{4} bye"},
        Row{"VerlGeo3kEmptyBox", "verl-geo3k", "<think></think>\\boxed{}"},
        Row{"VerlGeo3kBoxInTheThought", "verl-geo3k",
            "<think>\\boxed{4}</think>", 0.0},
        Row{"VerlGeo3kNoOpen", "verl-geo3k", "a</think>\\boxed{4}", 0.0},
        Row{"VerlGeo3kUnclosed", "verl-geo3k", "<think>a</think>\\boxed{4",
            0.0},
        Row{"NemoGeo3kNoOpen", "nemo-rl-geo3k", "a</think>\\boxed{4}"},
        Row{"NemoGeo3kNoClose", "nemo-rl-geo3k", "\\boxed{4}", 0.0},
        Row{"NemoMath", "nemo-rl-math", "<think>a</think>\n<answer>4</answer>"},
        Row{"NemoMathLastLine", "nemo-rl-math",
            "<think>a</think>\n<answer>4</answer>\n"},
        Row{"NemoMathNoLine", "nemo-rl-math",
            "<think>a</think><answer>4</answer>", 0.0},
        Row{"NemoMathTextAfter", "nemo-rl-math",
            "<think>a</think>\n<answer>4</answer>.", 0.0},
        Row{"NemoMathTwoAnswers", "nemo-rl-math",
            "<think>a</think>\n<answer>4</answer><answer>4</answer>", 0.0},
        Row{"NemoMathTwoThoughtsPass", "nemo-rl-math",
            "<think>a</think><think>b</think>\n<answer>4</answer>"},
        Row{"OpenInstruct", "open-instruct-soft",
            "so a</think> \n<answer>4</answer> bye"},
        Row{"OpenInstructWideSpace", "open-instruct-soft",
            "a</think>\u3000\u00A0<answer></answer>"},
        Row{"OpenInstructLater", "open-instruct-soft",
            "a</think>b</think><answer>4</answer>"},
        Row{"OpenInstructTextBetween", "open-instruct-soft",
            "a</think>so<answer>4</answer>", 0.0},
        Row{"ReasoningGym", "reasoning-gym",
            " <think>a</think>\n<answer>4</answer> bye"},
        Row{"ReasoningGymTwoAnswers", "reasoning-gym",
            "<think>a</think><answer>4</answer><answer>5</answer>", 0.0},
        Row{"ReasoningGymNested", "reasoning-gym",
            "<think>a<think>b</think><answer>4</answer>", 0.0},
        Row{"ReasoningGymLoneCloseAfter", "reasoning-gym",
            "<think>a</think><answer>4</answer></answer>"},
        Row{"SimpleRlAnyOrder", "simplerl",
            "x<answer>4</answer>y<think>a</think>z"},
        Row{"SimpleRlBlank", "simplerl", "<think>a</think><answer>\n</answer>",
            0.0},
        Row{"Verifiers", "verifiers", "\n<think>a</think> "},
        Row{"VerifiersNothingAfter", "verifiers", "<think>a</think>", 0.0},
        Row{"VerifiersTwice", "verifiers", "<think>a</think>4</think>5", 0.0}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(PeerRules, EachHasARowAndAnUnknownOneIsNone) {
  EXPECT_EQ(PeerRules().size(), 10U);
  EXPECT_EQ(FindPeerRule("r1"), nullptr);
}

// Sizes that the peer's own pattern, which is quadratic (76 KB in 0.8 s), would
// not come back from.
TEST(PeerRules, HostileSizes) {
  std::string text = "<think>\n";
  while (text.size() < (std::size_t{4} << 20)) {
    text += "\n</think>\n<answer>\n</think> \n";
  }
  for (const PeerRule& rule : PeerRules()) {
    const bool fault = rule.name == "trl";  // closed many times is right
    EXPECT_EQ(rule.score(text) >= 1.0, fault) << rule.name;
  }
}

struct Tally {
  int n = 0;
  int accepted = 0;  // wrongly, by our grammar
  int refused = 0;   // wrongly
};

// Prints what each rule says of the shared cases of the templates that it is
// for, beside our grammar.
TEST(PeerRules, BesideOursOnTheSharedCases) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  struct Aim {
    std::string_view rule;
    std::string_view templates;
  };
  constexpr Aim kAims[] = {{"open-r1", "openr1-strict"},
                           {"open-r1", "r1-zero openr1-strict"},
                           {"trl", "r1 qwen3-think"},
                           {"trl", "r1-prefill"},
                           {"open-instruct-soft", "r1-zero r1-zero-prefill"},
                           {"nemo-rl-math", "r1-zero"},
                           {"nemo-rl-geo3k", "boxed"},
                           {"verl-geo3k", "boxed"},
                           {"verifiers", "r1 qwen3-think"},
                           {"reasoning-gym", "r1-zero"},
                           {"simplerl", "r1-zero"}};
  std::cout << "rule on templates: n, wrongly accepted, wrongly refused\n";
  for (const Aim& aim : kAims) {
    std::ifstream file(std::string(data) + "/cases/format_open.jsonl");
    ASSERT_TRUE(file);
    Tally tally;
    for (std::string line; std::getline(file, line);) {
      const auto row = boost::json::parse(line).as_object();
      const std::string name(row.at("template").as_string());
      const std::string padded = " " + std::string(aim.templates) + " ";
      if (padded.find(" " + name + " ") == std::string::npos) continue;
      const bool right = row.at("expected").as_bool();
      const bool paid =
          FindPeerRule(aim.rule)->score(row.at("text").as_string()) >= 1.0;
      ++tally.n;
      tally.accepted += paid && !right ? 1 : 0;
      tally.refused += right && !paid ? 1 : 0;
    }
    std::cout << aim.rule << " on " << aim.templates << ": " << tally.n << ", "
              << tally.accepted << ", " << tally.refused << "\n";
    EXPECT_GT(tally.n, 0) << aim.templates;
  }
}

}  // namespace
}  // namespace rewards::format
