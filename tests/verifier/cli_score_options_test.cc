// Tests verifier/cli/score_options.h.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/verifier/cli_result.h"
#include "verifier/cli/score_options.h"

namespace verifier::cli {
namespace {

using testing::Result;

TEST(ScoreOptionsTest, ResultsGoBesideTheInput) {
  EXPECT_EQ(ScoredName("a/answers.jsonl"), "a/answers.scored.jsonl");
  EXPECT_EQ(ScoredName("answers"), "answers.scored.jsonl");
}

struct PlanCase {
  const char* name;
  ScoreOptions options;
  bool terminal;
  bool to_stdout;
  std::string_view path;
  int summary_fd;
};

ScoreOptions Options(const std::string& file, const std::string& output,
                     bool json, bool table, bool quiet) {
  ScoreOptions options;
  options.file = file;
  options.output = output;
  options.json = json;
  options.table = table;
  options.quiet = quiet;
  return options;
}

TEST(ScoreOptionsTest, EachOutputHasItsPlace) {
  const PlanCase cases[] = {
      {"pipe", Options("a.jsonl", "", false, false, false), false, true, "",
       -1},
      {"terminal", Options("a.jsonl", "", false, false, false), true, false,
       "a.scored.jsonl", 1},
      {"json", Options("a.jsonl", "", true, false, false), true, true, "", -1},
      {"file", Options("a.jsonl", "o", false, false, false), false, false, "o",
       2},
      {"file, terminal", Options("a.jsonl", "o", false, false, false), true,
       false, "o", 1},
      {"dash", Options("a.jsonl", "-", false, false, false), true, true, "",
       -1},
      {"table", Options("a.jsonl", "", false, true, false), false, false,
       "a.scored.jsonl", 1},
      {"table, json", Options("a.jsonl", "", true, true, false), false, true,
       "", 2},
      {"quiet", Options("a.jsonl", "o", false, true, true), true, false, "o",
       -1},
      {"stdin", Options("-", "", false, false, false), true, false, "", 1},
  };
  for (const PlanCase& c : cases) {
    const OutputPlan plan = PlanOutput(c.options, c.terminal);
    EXPECT_EQ(plan.results_to_stdout, c.to_stdout) << c.name;
    EXPECT_EQ(plan.results_path, c.path) << c.name;
    EXPECT_EQ(plan.summary_fd, c.summary_fd) << c.name;
  }
}

TEST(ScoreOptionsTest, OnlyKeepsTheOutcomesThatAreNamed) {
  const auto wrong = Result("a", "wrong", 0.0);
  EXPECT_TRUE(IsWanted(wrong, {}));
  EXPECT_TRUE(IsWanted(wrong, {"correct", "wrong"}));
  EXPECT_FALSE(IsWanted(wrong, {"correct", "invalid"}));
  protocol::ScoreResult invalid;
  invalid.status = protocol::Status::kInvalid;
  EXPECT_TRUE(IsWanted(invalid, {"invalid"}));
  EXPECT_FALSE(IsWanted(invalid, {"wrong"}));
}

}  // namespace
}  // namespace verifier::cli
