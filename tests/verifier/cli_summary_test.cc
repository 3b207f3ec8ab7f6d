// Tests verifier/cli/summary.h.

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/verifier/cli_result.h"
#include "verifier/cli/summary.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

using testing::Result;

TEST(SummaryTest, CountsOutcomesAndRewards) {
  Summary summary;
  summary.Add(Result("a", "correct", 1.0));
  summary.Add(Result("b", "wrong", 0.0));
  summary.Add(Result("c", "correct", 1.0));
  summary.Add(Result("d", "not_judged", std::nullopt));
  protocol::ScoreResult invalid;
  invalid.status = protocol::Status::kInvalid;
  summary.Add(invalid);
  EXPECT_EQ(summary.items(), 5u);
  EXPECT_EQ(summary.invalid(), 1u);
  EXPECT_EQ(summary.not_judged(), 1u);
  EXPECT_EQ(
      summary.Text(false),
      "checker        items          correct    partial      wrong unreadable"
      "    timeout  violation not judged\n"
      "math               4       2 (50.0 %)          -          1          -"
      "          -          -          1\n"
      "reward mean 0.667  std 0.471  of 3 items\n"
      "1 of 5 items invalid\n"
      "1 of 5 items not judged\n");
}

TEST(SummaryTest, ARowIsSafeAndFitsItsColumns) {
  auto result = Result("\x1b[2Jid", "wrong", 0.0);
  result.checks[0].detail["reason"] = std::string(500, 'x') + "\x1b[31m";
  const std::string row = ResultRow(result, 100, false);
  EXPECT_EQ(CharacterCount(row), 100u);
  EXPECT_EQ(row.find('\x1b'), std::string::npos);
  EXPECT_NE(ResultRow(result, 100, true).find("\x1b[31mwrong\x1b[0m"),
            std::string::npos);
}

}  // namespace
}  // namespace verifier::cli
