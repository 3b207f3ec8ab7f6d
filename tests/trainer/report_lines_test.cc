#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "trainer/report/completions.h"
#include "trainer/report/consensus.h"
#include "trainer/report/final_table.h"
#include "trainer/report/interval.h"
#include "trainer/report/metrics.h"
#include "trainer/report/summary.h"

namespace trainer {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(Metrics, LineHasEveryKeyInItsOrder) {
  StepMetrics metrics("rl", 12);
  metrics.Set("reward/mean", 0.1);
  metrics.Set("tokens", std::int64_t{4096});
  metrics.Set("loss", kNan);
  metrics.Set("optim/lr", 1e-6);
  metrics.Set("optim/grad_norm", -kInf);
  metrics.Set("policy/is_ratio_mean", 1.0);
  metrics.Set("reward/mean", 0.30000000000000004);
  EXPECT_EQ(ToJsonLine(metrics),
            R"({"stage":"rl","step":12,"reward/mean":0.30000000000000004,)"
            R"("tokens":4096,"loss":null,"optim/lr":1e-06,)"
            R"("optim/grad_norm":null,"policy/is_ratio_mean":1.0})");
}

TEST(Consensus, TheMostFrequentAnswerDecides) {
  struct Row {
    const char* name;
    std::vector<Vote> votes;
    std::optional<bool> expected;
  };
  const Row rows[] = {
      {"no votes", {}, std::nullopt},
      {"no answers", {{"", false}, {"", false}}, false},
      {"one", {{"4", true}}, true},
      {"right majority", {{"5", false}, {"4", true}, {"4", true}}, true},
      {"wrong majority", {{"4", true}, {"5", false}, {"5", false}}, false},
      {"a tie: the first", {{"5", false}, {"4", true}}, false},
      {"a tie: the first again", {{"4", true}, {"5", false}}, true},
      {"silence is no answer", {{"", false}, {"", false}, {"4", true}}, true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(ConsensusCorrect(row.votes), row.expected) << row.name;
  }
}

TEST(Metrics, EveryDoubleReadsBackTheSame) {
  const double values[] = {0.0,
                           -0.0,
                           1.0 / 3.0,
                           5e-324,
                           2.2250738585072014e-308,
                           1.7976931348623157e308,
                           1e21,
                           123456789012345680.0,
                           -2.5,
                           0.1 + 0.2};
  StepMetrics metrics("sft", 1);
  for (std::size_t i = 0; i < std::size(values); ++i) {
    metrics.Set("v" + std::to_string(i), values[i]);
  }
  const std::string line = ToJsonLine(metrics);
  const auto read = ParseMetricsLine(line);
  ASSERT_TRUE(read) << read.error().text;
  ASSERT_EQ(read->values().size(), std::size(values));
  for (std::size_t i = 0; i < std::size(values); ++i) {
    const double value = *read->Find("v" + std::to_string(i));
    EXPECT_EQ(value, values[i]);
    EXPECT_EQ(std::signbit(value), std::signbit(values[i]));
  }
  EXPECT_EQ(ToJsonLine(*read), line);
}

TEST(Metrics, IntegersAndNullsReadBack) {
  const std::string line =
      R"({"stage":"a \"b\"","step":0,"n":9223372036854775807,"x":null})";
  const auto read = ParseMetricsLine(line);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->stage(), "a \"b\"");
  EXPECT_EQ(std::get<std::int64_t>(read->values()[0].second),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_TRUE(std::isnan(*read->Find("x")));
  EXPECT_EQ(read->Find("y"), std::nullopt);
  EXPECT_EQ(ToJsonLine(*read), line);
}

TEST(Metrics, RefusesKeysThatAreNone) {
  StepMetrics metrics("rl", 1);
  for (const char* key : {"", "stage", "step"}) {
    EXPECT_THROW(metrics.Set(key, 1.0), std::invalid_argument) << key;
  }
}

TEST(Metrics, HoldsAsManyAsTheLimit) {
  StepMetrics metrics("rl", 1);
  for (std::size_t i = 0; i < kMaxMetrics; ++i) {
    metrics.Set("k" + std::to_string(i), std::int64_t{1});
  }
  EXPECT_THROW(metrics.Set("one more", 1.0), std::length_error);
  std::string line = ToJsonLine(metrics);
  EXPECT_TRUE(ParseMetricsLine(line));
  line.insert(line.size() - 1, R"(,"one more":1)");
  EXPECT_FALSE(ParseMetricsLine(line));
}

struct BadLine {
  const char* name;
  const char* line;
  const char* error;
};

TEST(Metrics, NamesWhatIsWrong) {
  const BadLine rows[] = {
      {"torn", R"({"stage":"rl","step":1)", "byte"},
      {"not an object", "[]", "is no object"},
      {"no stage", R"({"step":1})", "stage: is no string"},
      {"no step", R"({"stage":"rl"})", "step: is no count"},
      {"step below zero", R"({"stage":"rl","step":-1})", "step: is no count"},
      {"step with a point", R"({"stage":"rl","step":1.0})", "step"},
      {"a text", R"({"stage":"rl","step":1,"x":"1"})", "x: is no number"},
      {"too large", R"({"stage":"rl","step":1,"x":9223372036854775808})", "x"},
      {"empty key", R"({"stage":"rl","step":1,"":1})", "an empty key"},
      {"twice", R"({"stage":"rl","step":1,"x":1,"x":2})", "byte"},
      {"nested", R"({"stage":"rl","step":1,"x":{}})", ""},
  };
  for (const BadLine& row : rows) {
    const auto read = ParseMetricsLine(row.line);
    ASSERT_FALSE(read) << row.name;
    EXPECT_THAT(read.error().text, testing::HasSubstr(row.error)) << row.name;
  }
}

CompletionRecord Sample() {
  CompletionRecord record;
  record.stage = "rl";
  record.step = 7;
  record.id = "q1/3";
  record.prompt = "1+1?";
  record.response = "<think>x</think> \\boxed{2}\n\xff";
  record.checks = {{{"checker", "math"}, {"gold", "2"}}};
  verifier::protocol::CheckResult result;
  result.checker = "math";
  result.outcome = "correct";
  result.score = 1.0;
  result.evidence = "proved";
  result.elapsed_us = 123;
  record.results = {result, {}};
  record.reward = 1.0;
  record.advantage = kNan;
  record.length = 9;
  record.finish = "eos";
  return record;
}

TEST(Completions, LineIsExact) {
  EXPECT_EQ(
      ToJsonLine(Sample()),
      "{\"stage\":\"rl\",\"step\":7,\"id\":\"q1/3\",\"prompt\":\"1+1?\","
      "\"response\":\"<think>x</think> \\\\boxed{2}\\n\xef\xbf\xbd\","
      "\"checks\":[{\"checker\":\"math\",\"gold\":\"2\"}],"
      "\"results\":[{\"checker\":\"math\",\"outcome\":\"correct\","
      "\"score\":1.0,\"weight\":1.0,\"evidence\":\"proved\",\"detail\":{}},"
      "{\"checker\":\"\",\"outcome\":\"not_judged\",\"score\":null,"
      "\"weight\":1.0,\"detail\":{}}],"
      "\"reward\":1.0,\"advantage\":null,\"length\":9,\"finish\":\"eos\"}");
}

TEST(Completions, ReadsBack) {
  const std::string line = ToJsonLine(Sample());
  const auto read = ParseCompletionLine(line);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(ToJsonLine(*read), line);
  EXPECT_EQ(read->reward, 1.0);
  EXPECT_EQ(read->advantage, std::nullopt);
  ASSERT_EQ(read->results.size(), 2u);
  EXPECT_EQ(read->results[1].score, std::nullopt);
}

TEST(Completions, NamesWhatIsWrong) {
  const std::string line = ToJsonLine(Sample());
  const auto broken = [&line](const std::string& from, const std::string& to) {
    std::string text = line;
    text.replace(text.find(from), from.size(), to);
    const auto read = ParseCompletionLine(text);
    return read ? "read" : read.error().text;
  };
  EXPECT_THAT(broken("\"step\":7", "\"step\":\"7\""),
              testing::StartsWith("step: "));
  EXPECT_THAT(broken("\"finish\":\"eos\"", "\"finish\":null"),
              testing::StartsWith("finish: "));
  EXPECT_THAT(broken("\"outcome\":\"correct\"", "\"outcome\":1"),
              testing::StartsWith("results: "));
  EXPECT_THAT(broken("\"length\":9", "\"length\":9.5"),
              testing::StartsWith("length: "));
  EXPECT_THAT(broken("\"reward\":1.0", "\"reward\":[]"),
              testing::StartsWith("reward: "));
}

TEST(Completions, FileNamesSort) {
  EXPECT_EQ(CompletionFileName(120), "step_000120.jsonl");
  EXPECT_EQ(CompletionFileName(1'234'567), "step_1234567.jsonl");
}

RunSummary TwoStages() {
  RunSummary summary;
  summary.name = "r1-mini";
  summary.seed = 18'446'744'073'709'551'615u;
  StageSummary sft;
  sft.stage = "cold-start";
  sft.model = "checkpoints/cold-start";
  StageSummary rl;
  rl.stage = "rl";
  rl.model = "checkpoints/rl";
  rl.pass_at_1 = 0.5834;
  rl.pass_at_1_ci = 0.03;
  rl.cons_at_k = kNan;
  rl.format_rate = 1.0;
  rl.language_rate = 0.987;
  rl.mean_tokens = 148.25;
  rl.wall_s = 1148.0;
  summary.stages = {sft, rl};
  summary.reward_models = {{"helpful", 0.9}, {"safe", {}}};
  return summary;
}

TEST(Summary, TextIsExact) {
  EXPECT_EQ(ToJson(TwoStages()),
            R"({
  "name": "r1-mini",
  "seed": 18446744073709551615,
  "stages": [
    {"stage":"cold-start","model":"checkpoints/cold-start","pass_at_1":null,)"
            R"("pass_at_1_ci":null,"cons_at_k":null,"pass_at_k":null,)"
            R"("general":null,"preference":null,)"
            R"("format_rate":null,"language_rate":null,)"
            R"("mean_tokens":null,"wall_s":null},
    {"stage":"rl","model":"checkpoints/rl","pass_at_1":0.5834,)"
            R"("pass_at_1_ci":0.03,"cons_at_k":null,"pass_at_k":null,)"
            R"("general":null,"preference":null,)"
            R"("format_rate":1.0,"language_rate":0.987,)"
            R"("mean_tokens":148.25,"wall_s":1148.0}
  ],
  "reward_models": [
    {"name":"helpful","pair_accuracy":0.9},
    {"name":"safe","pair_accuracy":null}
  ]
}
)");
}

TEST(Summary, ReadsBack) {
  for (const RunSummary& summary : {TwoStages(), RunSummary()}) {
    const auto read = ParseSummary(ToJson(summary));
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(ToJson(*read), ToJson(summary));
  }
}

TEST(Summary, NamesWhatIsWrong) {
  const auto error = [](const char* from, const char* to) {
    std::string text = ToJson(TwoStages());
    text.replace(text.find(from), std::string(from).size(), to);
    const auto read = ParseSummary(text);
    return read ? "read" : read.error().text;
  };
  EXPECT_EQ(error("0.5834", "\"x\""), "stages/1/pass_at_1: is no number");
  EXPECT_EQ(error("\"rl\"", "1"), "stages/1/stage: is no string");
  EXPECT_EQ(error("18446744073709551615", "-1"), "seed: is no count");
  EXPECT_EQ(error("0.9}", "{}}"),
            "reward_models/0/pair_accuracy: is no number");
  EXPECT_THAT(error("{\n", ""), testing::StartsWith("byte "));
}

TEST(FinalTable, IsExact) {
  EXPECT_EQ(FinalTable(TwoStages()),
            "stage                         pass@1   format language   tokens"
            "     wall\n"
            "cold-start                         -        -        -        -"
            "        -\n"
            "rl                    58.3 ±   3.0 %  100.0 %   98.7 %    148.2"
            "    19:08\n"
            "reward model helpful             :   90.0 % of held-out pairs "
            "right\n"
            "reward model safe                :        - of held-out pairs "
            "right\n");
}

TEST(Interval, HandValues) {
  // p = 1, 0.5, 0, 0.5: mean 0.5, s^2 = 0.5/3, half = 1.96 sqrt(0.5/12).
  const ProblemCount four[] = {{4, 4}, {2, 4}, {0, 4}, {1, 2}};
  const PassEstimate estimate = EstimatePassAt1(four);
  EXPECT_DOUBLE_EQ(*estimate.mean, 0.5);
  EXPECT_NEAR(*estimate.half_width, 0.40007595, 1e-7);
}

TEST(Interval, EqualProblemsAreSure) {
  const ProblemCount equal[] = {{1, 2}, {2, 4}};
  EXPECT_DOUBLE_EQ(*EstimatePassAt1(equal).half_width, 0.0);
}

TEST(Interval, ProblemsWithoutSamplesDoNotCount) {
  const ProblemCount problems[] = {{0, 0}, {3, 4}};
  const PassEstimate estimate = EstimatePassAt1(problems);
  EXPECT_DOUBLE_EQ(*estimate.mean, 0.75);
  EXPECT_EQ(estimate.half_width, std::nullopt);
  EXPECT_EQ(EstimatePassAt1({}).mean, std::nullopt);
}

TEST(Interval, RefusesImpossibleCounts) {
  const ProblemCount more[] = {{3, 2}};
  const ProblemCount less[] = {{-1, 2}};
  EXPECT_THROW((void)EstimatePassAt1(more), std::invalid_argument);
  EXPECT_THROW((void)EstimatePassAt1(less), std::invalid_argument);
}

}  // namespace
}  // namespace trainer
