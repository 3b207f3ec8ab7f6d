#include <gtest/gtest.h>

#include <limits>
#include <ostream>
#include <string>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/score_result.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

CheckResult Check(std::optional<double> score, double weight = 1.0) {
  CheckResult check;
  check.checker = "math";
  check.outcome = score ? (*score == 1.0 ? "correct" : "wrong") : "not_judged";
  check.score = score;
  check.weight = weight;
  return check;
}

TEST(RewardTest, IsTheWeightedSumOrNothing) {
  EXPECT_EQ(Reward({}), 0.0);
  EXPECT_EQ(Reward({Check(1.0), Check(0.0, 5.0)}), 1.0);
  EXPECT_EQ(Reward({Check(1.0, 2.0), Check(0.5, -1.0)}), 1.5);
  EXPECT_EQ(Reward({Check(1.0), Check(std::nullopt)}), std::nullopt);
  EXPECT_EQ(Reward({Check(1.0), Check(std::nullopt, 0.0)}), 1.0);
  EXPECT_EQ(Reward({Check(kNaN)}), std::nullopt);
  EXPECT_EQ(Reward({Check(1.0, 1e308), Check(1.0, 1e308)}), std::nullopt);
}

TEST(ScoreResultTest, DefaultEarnsNothing) {
  EXPECT_EQ(JsonText(ToJson(ScoreResult{})),
            R"({"id":null,"status":"not_judged","reward":null,"queue_us":0,)"
            R"("exec_us":0,"checks":[]})");
  EXPECT_EQ(Reward({CheckResult{}}), std::nullopt);
}

ScoreResult Ok() {
  ScoreResult result;
  result.id = "q\n1";
  result.status = Status::kOk;
  result.checks = {Check(1.0, 2.5)};
  result.checks[0].evidence = "proved";
  result.checks[0].detail = {{"reason", "equal integers"}};
  result.checks[0].elapsed_us = 31;
  result.reward = Reward(result.checks);
  result.queue_us = 40;
  result.exec_us = 210;
  return result;
}

TEST(ScoreResultTest, TextIsTheContracts) {
  EXPECT_EQ(
      ScoreResponseText({Ok(), ScoreResult{}}),
      R"({"results":[{"id":"q\n1","status":"ok","reward":2.5,"queue_us":40,)"
      R"("exec_us":210,"checks":[{"checker":"math","outcome":"correct",)"
      R"("score":1.0,"weight":2.5,"evidence":"proved","detail":{"reason":)"
      R"("equal integers"},"elapsed_us":31}]},{"id":null,"status":)"
      R"("not_judged","reward":null,"queue_us":0,"exec_us":0,"checks":[]}]})");
  EXPECT_EQ(ScoreResponseText({}), R"({"results":[]})");
}

TEST(ScoreResultTest, ReadsBackEveryStatus) {
  ScoreResult invalid;
  invalid.id = "a";
  invalid.status = Status::kInvalid;
  invalid.error = FieldError("/checks/0/gold", "empty");
  ScoreResult cancelled;
  cancelled.status = Status::kCancelled;
  ScoreResult not_judged;
  not_judged.checks = {Check(std::nullopt), Check(0.0)};
  for (const ScoreResult& result : {Ok(), invalid, cancelled, not_judged}) {
    const std::string text = JsonText(ToJson(result));
    const auto read = ParseScoreResult(*ParseStrictJson(text));
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(JsonText(ToJson(*read)), text);
  }
}

// A good result with one thing replaced is a lie.
struct LieRow {
  std::string name;
  std::string replace;
  std::string with;
};

std::ostream& operator<<(std::ostream& out, const LieRow& row) {
  return out << row.name;
}

class LyingResultTest : public ::testing::TestWithParam<LieRow> {};

TEST_P(LyingResultTest, IsNotBelieved) {
  std::string text = JsonText(ToJson(Ok()));
  ASSERT_TRUE(ParseScoreResult(*ParseStrictJson(text)));
  const std::size_t at = text.find(GetParam().replace);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, GetParam().replace.size(), GetParam().with);
  const auto value = ParseStrictJson(text);
  ASSERT_TRUE(value) << text;
  EXPECT_FALSE(ParseScoreResult(*value)) << text;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LyingResultTest,
    ::testing::Values(
        LieRow{"id is a number", R"("q\n1")", "1"},
        LieRow{"no id", R"("id":"q\n1",)", ""},
        LieRow{"unknown status", R"("ok")", R"("fine")"},
        LieRow{"no status", R"("status":"ok",)", ""},
        LieRow{"status without reward", R"("ok")", R"("not_judged")"},
        LieRow{"reward is a string", R"("reward":2.5)", R"("reward":"2.5")"},
        LieRow{"reward is missing", R"("reward":2.5,)", ""},
        LieRow{"ok without reward", R"("reward":2.5)", R"("reward":null)"},
        LieRow{"reward is another", R"("reward":2.5)", R"("reward":2.6)"},
        LieRow{"score over 1", R"("score":1.0,"weight":2.5)",
               R"("score":2.5,"weight":1.0)"},
        LieRow{"score under 0", R"("score":1.0,"weight":2.5)",
               R"("score":-1.0,"weight":-2.5)"},
        LieRow{"score is null", R"("score":1.0)", R"("score":null)"},
        LieRow{"score is a string", R"("score":1.0)", R"("score":"1")"},
        LieRow{"score is true", R"("score":1.0)", R"("score":true)"},
        LieRow{"not judged with a score", R"("correct")", R"("not_judged")"},
        LieRow{"correct with score 0",
               R"("reward":2.5,"queue_us":40,)"
               R"("exec_us":210,"checks":[{"checker":"math",)"
               R"("outcome":"correct","score":1.0)",
               R"("reward":0.0,"queue_us":40,)"
               R"("exec_us":210,"checks":[{"checker":"math",)"
               R"("outcome":"correct","score":0.0)"},
        LieRow{"wrong with score 1", R"("correct")", R"("wrong")"},
        LieRow{"partial with score 1", R"("correct")", R"("partial")"},
        LieRow{"unknown outcome", R"("correct")", R"("splendid")"},
        LieRow{"no weight", R"("weight":2.5,)", ""},
        LieRow{"no checker", R"("checker":"math",)", ""},
        LieRow{"checks is missing", R"("checks":)", R"("cheques":)"},
        LieRow{"time is negative", R"("queue_us":40)", R"("queue_us":-40)"},
        LieRow{"time is a fraction", R"("exec_us":210)", R"("exec_us":1.5)"},
        LieRow{"evidence is a number", R"("proved")", "1"},
        LieRow{"detail is a number", R"({"reason":"equal integers"})", "1"},
        LieRow{"no detail", R"("detail":{"reason":"equal integers"},)", ""},
        LieRow{"ok and an error", R"("checks":[)",
               R"("error":{"pointer":"","detail":""},"checks":[)"}));

TEST(ScoreResultTest, InvalidHasAnErrorAndNoChecks) {
  const auto parse = [](const std::string& text) {
    return ParseScoreResult(*ParseStrictJson(text)).has_value();
  };
  const std::string start =
      R"({"id":"a","status":"invalid","reward":null,"queue_us":0,)"
      R"("exec_us":0,"checks":[])";
  EXPECT_TRUE(parse(start + R"(,"error":{"pointer":"/id","detail":"x"}})"));
  EXPECT_FALSE(parse(start + "}"));
  EXPECT_FALSE(parse(start + R"(,"error":{"pointer":"/id"}})"));
  EXPECT_FALSE(parse(start + R"(,"error":"x"})"));
}

}  // namespace
}  // namespace verifier::protocol
