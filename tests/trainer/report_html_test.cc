// Tests trainer/report: run_reader.h, curves.h and html_report.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "trainer/report/curves.h"
#include "trainer/report/html_report.h"
#include "trainer/report/measure_table.h"
#include "trainer/report/run_reader.h"

namespace trainer {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class Run : public ::testing::Test {
 protected:
  Run()
      : folder_(fs::temp_directory_path() /
                ("assay_report_" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "completions");
    Write("recipe.resolved.toml", "name = \"r\"\n");
  }
  ~Run() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  ReportInput Read() const { return ReadRun(folder_.string()).value(); }
  std::string Error() const {
    const auto input = ReadRun(folder_.string());
    return input.has_error() ? input.error().text : "";
  }
  std::string Path(const std::string& name) const {
    return (folder_ / name).string();
  }

  fs::path folder_;
};

StepMetrics Step(const std::string& stage, std::int64_t step, double reward) {
  StepMetrics metrics(stage, step);
  metrics.Set("reward/mean", reward);
  return metrics;
}

TEST_F(Run, OneThatHasJustBegunIsAPage) {
  const std::string page = HtmlReport(Read());
  EXPECT_THAT(page, HasSubstr("no stage has been evaluated yet"));
  EXPECT_THAT(page, HasSubstr("name = &quot;r&quot;"));
}

TEST_F(Run, NoRunIsAnError) {
  fs::remove(folder_ / "recipe.resolved.toml");
  EXPECT_THAT(Error(), HasSubstr("is no run"));
  EXPECT_TRUE(ReadRun("/nonexistent").has_error());
}

TEST_F(Run, ABrokenLineIsNamedAHalfOneLeftOut) {
  Write("metrics.jsonl",
        "{\"stage\":\"rl\",\"step\":1,\"loss\":2.0}\n{\"stage\":\"rl\",\"st");
  const ReportInput input = Read();
  EXPECT_EQ(input.metrics.size(), 1U);
  ASSERT_EQ(input.notices.size(), 1U);
  EXPECT_THAT(input.notices[0], HasSubstr("metrics.jsonl:2: a last line"));
  Write("metrics.jsonl", "{\"stage\":\"rl\",\"step\":1}\nnonsense\n");
  EXPECT_THAT(Error(), HasSubstr(Path("metrics.jsonl") + ":2: "));
  Write("metrics.jsonl", "");
  Write("completions/step_000001.jsonl", "{}\n");
  EXPECT_THAT(Error(), HasSubstr("step_000001.jsonl:1: "));
}

TEST_F(Run, CompletionsAreOfTheFirstTheMiddleAndTheLastStep) {
  for (int step = 1; step <= 9; ++step) {
    CompletionRecord record;
    record.stage = "rl";
    record.step = step;
    std::string lines;
    for (int i = 0; i < 200; ++i) lines += ToJsonLine(record) + '\n';
    Write("completions/" + CompletionFileName(step), lines);
  }
  const ReportInput input = Read();
  EXPECT_EQ(input.completions.size(), kReportCompletions);
  std::set<std::int64_t> steps;
  for (const auto& one : input.completions) steps.insert(one.step);
  EXPECT_EQ(steps, (std::set<std::int64_t>{1, 5, 9}));
}

TEST_F(Run, CompletionsOfEvaluationsAreShownInEqualShares) {
  CompletionRecord record;
  for (const char* stage : {"cold", "rl"}) {
    record.stage = stage;
    std::string lines;
    for (std::size_t i = 0; i < kReportEvaluated; ++i) {
      lines += ToJsonLine(record) + '\n';
    }
    Write(std::string("completions/eval_") + stage + ".jsonl", lines);
  }
  const ReportInput input = Read();
  ASSERT_EQ(input.completions.size(), kReportEvaluated);
  EXPECT_EQ(input.completions.front().stage, "cold");
  EXPECT_EQ(input.completions[kReportEvaluated / 2].stage, "rl");
}

TEST_F(Run, DataCardsBecomeFunnels) {
  fs::create_directories(folder_ / "data");
  Write("data/dev3.card.json",
        R"({"stage":"dev3","source":"checkpoints/dev2","sampled":10000,)"
        R"("filters":[{"name":"right","kept":3000,"dropped":7000}],)"
        R"("documents":1775,"by_kind":{"add2":1000,"chat":775},)"
        R"("by_language":{"en":900},"mean_tokens":43.25})");
  const std::string page = HtmlReport(Read());
  EXPECT_THAT(page, HasSubstr("<td>right</td><td>3000</td><td>7000</td>"
                              "<td>30.0 %</td>"));
  EXPECT_THAT(page, HasSubstr("<td>documents</td><td>1775</td>"));
  EXPECT_THAT(page, HasSubstr("kinds: add2 1000, chat 775"));
  EXPECT_THAT(page, HasSubstr("tokens of a document: 43.2"));
}

struct BadCard {
  const char* text;
  const char* want;
};
TEST_F(Run, ABrokenDataCardIsNamed) {
  fs::create_directories(folder_ / "data");
  constexpr BadCard kBad[] = {
      {"{", "byte "},
      {"[]", "is no object"},
      {"{}", "stage is not there"},
      {R"({"stage":1})", "stage is no string"},
      {R"({"stage":"a","sampled":-1})", "sampled is no count"},
      {R"({"stage":"a","filters":{}})", "filters is no array"},
      {R"({"stage":"a","filters":[{"kept":0.5}]})",
       "filters/0/kept is no count"},
      {R"({"stage":"a","by_kind":{"add2":"1"}})", "by_kind/add2 is no count"},
      {R"({"stage":"a","mean_tokens":"1"})", "mean_tokens is no number"},
  };
  for (const BadCard& bad : kBad) {
    Write("data/a.card.json", bad.text);
    EXPECT_THAT(Error(), HasSubstr(Path("data/a.card.json") + ": "));
    EXPECT_THAT(Error(), HasSubstr(bad.want)) << bad.text;
  }
}

TEST(MeasureTable, StagesAndMeasuresThatAreKnown) {
  RunSummary summary;
  summary.stages = {{.stage = "base", .wall_s = 3.0},
                    {.stage = "zero", .pass_at_1 = 0.578, .pass_at_1_ci = 0.03},
                    {.stage = "dev1",
                     .pass_at_1 = 0.429,
                     .pass_at_k = 0.9,
                     .general = 0.5,
                     .mean_tokens = 39.0}};
  const MeasureTable table = MeasuresOf(summary);
  EXPECT_EQ(table.stages, (std::vector<std::string>{"zero", "dev1"}));
  std::vector<std::string> lines;
  for (const auto& row : table.rows) {
    std::string line = row.measure;
    for (const auto& cell : row.cells) line += " | " + cell;
    lines.push_back(line);
  }
  EXPECT_EQ(lines,
            (std::vector<std::string>{
                "pass@1, % (95 %) | 57.8 ± 3.0 | 42.9", "pass@k, % | - | 90.0",
                "general, % | - | 50.0", "tokens of a response | - | 39.0"}));
  EXPECT_TRUE(MeasuresOf({}).rows.empty());
}

TEST(HtmlReport, MeasuresAndRewardModelsStandInTables) {
  ReportInput input;
  EXPECT_THAT(HtmlReport(input), Not(HasSubstr("<h2>Measures</h2>")));
  EXPECT_THAT(HtmlReport(input), Not(HasSubstr("<h2>Reward models</h2>")));
  EXPECT_THAT(HtmlReport(input), Not(HasSubstr("<h2>Data</h2>")));
  input.summary.stages = {{.stage = "zero", .preference = 0.25}};
  input.summary.reward_models = {{"helpful", 0.875}};
  const std::string page = HtmlReport(input);
  EXPECT_THAT(page, HasSubstr("<tr><th>measure</th><th>zero</th></tr>"));
  EXPECT_THAT(page, HasSubstr("<td>preference, %</td><td>25.0</td>"));
  EXPECT_THAT(page, HasSubstr("<td>helpful</td><td>87.5 %</td>"));
}

TEST(HtmlReport, ALongResponseIsCutAtACharacter) {
  ReportInput input;
  CompletionRecord record;
  record.response = std::string(kReportTextBytes - 1, 'a');
  input.completions = {record};
  const std::string mark = " […]";
  EXPECT_THAT(HtmlReport(input), Not(HasSubstr(mark)));
  input.completions[0].response += "b";  // at the limit
  EXPECT_THAT(HtmlReport(input), HasSubstr("ab\""));
  input.completions[0].response.back() = '\xE6';  // one past it, and cut in two
  input.completions[0].response += "\x95\xB0";
  EXPECT_THAT(HtmlReport(input), HasSubstr("aa" + mark));
}

TEST(HtmlReport, TextOfARunNeverBecomesCode) {
  const std::string attack = "</script><script>alert(1)</script><img src=x>";
  ReportInput input;
  input.recipe = attack;
  input.notices = {attack};
  input.summary.name = attack;
  input.summary.stages = {{.stage = attack, .model = attack}};
  input.metrics = {Step(attack, 1, 0.5)};
  CompletionRecord record;
  record.prompt = attack;
  record.response = attack + "\xff\xe2\x80\xa8";
  input.completions = {record};
  const std::string page = HtmlReport(input);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img src=x>")));
  EXPECT_THAT(page, Not(HasSubstr("\xe2\x80\xa8")));
  EXPECT_THAT(page, HasSubstr("\\u003c/script>"));
}

TEST(HtmlReport, AsksForNothingElse) {
  const std::string page = HtmlReport({});
  for (const char* word :
       {"src=\"http", "href=\"http", "@import", "url(http"}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

TEST(HtmlReport, NumbersStandInTheTableWithoutJavaScript) {
  ReportInput input;
  input.summary.stages = {{.stage = "cold", .pass_at_1 = 0.213},
                          {.stage = "rl",
                           .pass_at_1 = 0.8,
                           .pass_at_1_ci = 0.036,
                           .mean_tokens = 27.64}};
  const std::string page = HtmlReport(input);
  EXPECT_THAT(page, HasSubstr("cold 21.3 % → rl 80.0 %"));
  EXPECT_THAT(page, HasSubstr("<td>80.0 % ± 3.6</td>"));
  EXPECT_THAT(page, HasSubstr("<td>27.6</td>"));
}

TEST(HtmlReport, AVeryLongRunStaysSmall) {
  ReportInput input;
  for (std::int64_t i = 1; i <= 10'000; ++i) {
    StepMetrics step("rl", i);
    for (const char* key : {"reward/mean", "reward/std", "accuracy", "format",
                            "language", "entropy", "loss", "grad_norm", "lr"}) {
      step.Set(key, std::sqrt(static_cast<double>(i)));
    }
    input.metrics.push_back(step);
  }
  EXPECT_LT(HtmlReport(input).size(), 10U << 20);
}

TEST(Curves, AtTheLimitEveryPointOnePastThemAveraged) {
  ReportInput input;
  for (std::size_t i = 1; i <= kCurvePoints; ++i) {
    input.metrics.push_back(
        Step("rl", static_cast<std::int64_t>(i), static_cast<double>(i)));
  }
  ASSERT_EQ(CurvesOf(input).size(), 1U);
  EXPECT_EQ(CurvesOf(input)[0].lines[0].points.size(), kCurvePoints);
  input.metrics.push_back(Step("rl", kCurvePoints + 1, kCurvePoints + 1.0));
  const auto points = CurvesOf(input)[0].lines[0].points;
  EXPECT_EQ(points.size(), kCurvePoints / 2 + 1);
  EXPECT_EQ(points[0], (std::pair<std::int64_t, double>{2, 1.5}));
  EXPECT_EQ(points.back().first, kCurvePoints + 1);
}

TEST(Curves, FurtherChecksShareAPlot) {
  ReportInput input;
  StepMetrics step("rl", 1);
  step.Set("check1/word_limit", 0.5);
  step.Set("check10/other", 0.25);
  step.Set("check_mark", 1.0);
  step.Set("check/none", 1.0);
  step.Set("reflection", 0.125);
  input.metrics = {step};
  const auto curves = CurvesOf(input);
  ASSERT_EQ(curves.size(), 2U);
  EXPECT_EQ(curves[0].title, "words of reflection a completion");
  ASSERT_EQ(curves[1].lines.size(), 2U);
  EXPECT_EQ(curves[1].lines[0].label, "check1/word_limit");
  EXPECT_EQ(curves[1].lines[1].label, "check10/other");
}

TEST(Curves, TheLanguageAblationIsOnePlotFromTheStagesBegin) {
  const auto step = [](const std::string& stage, std::int64_t number,
                       double language) {
    StepMetrics metrics(stage, number);
    metrics.Set("language", language);
    return metrics;
  };
  ReportInput input;
  input.metrics = {step("dev2", 11, 0.5), step("dev2", 12, 0.75)};
  EXPECT_TRUE(ComparisonsOf(input).empty());
  input.metrics.push_back(step("no_language", 31, 0.25));
  const auto all = ComparisonsOf(input);
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].lines.size(), 2U);
  using Points = std::vector<std::pair<std::int64_t, double>>;
  EXPECT_EQ(all[0].lines[0].points, (Points{{1, 0.5}, {2, 0.75}}));
  EXPECT_EQ(all[0].lines[1].points, (Points{{1, 0.25}}));
  EXPECT_THAT(HtmlReport(input), HasSubstr("\"comparisons\":[{"));
}

TEST(Curves, WhatIsNotFiniteIsNoPointAndStagesStandApart) {
  ReportInput input;
  input.metrics = {Step("a", 1, 1.0), Step("a", 2, NAN), Step("b", 3, 2.0)};
  StepMetrics timing("b", 3);
  timing.Set("time/step", 0.5);
  input.timings = {timing};
  const auto curves = CurvesOf(input);
  ASSERT_EQ(curves.size(), 3U);
  EXPECT_EQ(curves[0].stage, "a");
  EXPECT_EQ(curves[0].lines[0].points.size(), 1U);
  EXPECT_EQ(curves[1].stage, "b");
  EXPECT_EQ(curves[2].title, "seconds a step");
}

}  // namespace
}  // namespace trainer
