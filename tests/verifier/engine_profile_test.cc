// Profiles: what an item that names one is judged by, and how gates count.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/verifier/engine_fixture.h"
#include "verifier/engine/describe.h"
#include "verifier/engine/explain.h"
#include "verifier/engine/gate.h"
#include "verifier/engine/judge_item.h"
#include "verifier/engine/prepare_item.h"
#include "verifier/engine/profile_problem.h"

namespace verifier::engine {
namespace {

using ::testing::HasSubstr;

ProfileCheck CheckBy(std::string checker, std::string_view params = "{}",
                     double weight = 1.0) {
  ProfileCheck check;
  check.checker = std::move(checker);
  check.params = boost::json::parse(params).as_object();
  check.weight = weight;
  return check;
}

ProfileCheck Optional(ProfileCheck check) {
  check.optional = true;
  return check;
}

ProfileCheck OnlyIf(ProfileCheck check, std::vector<std::string> names,
                    double otherwise = 0.0) {
  check.only_if = std::move(names);
  check.otherwise = otherwise;
  return check;
}

std::vector<Profile> Profiles() {
  std::vector<Profile> profiles(3);
  profiles[0].name = "r1-reasoning";
  profiles[0].summary = "as R1";
  profiles[0].template_name = "r1-zero";
  profiles[0].checks = {
      OnlyIf(CheckBy("math", R"({"extract": "strict"})"), {"format"}),
      Optional(CheckBy("code")), CheckBy("format", "{}", 0.5)};
  profiles[1].name = "twice";
  profiles[1].checks = {
      CheckBy("pattern", R"({"pattern": "a", "of": "all"})", 2.0),
      CheckBy("pattern", R"({"of": "all"})", 3.0)};
  profiles[2].name = "all-optional";
  profiles[2].checks = {Optional(CheckBy("math"))};
  return profiles;
}

const Registry& TheRegistry() {
  static const Registry registry(rewards::BuiltInCheckers(),
                                 rewards::BuiltInTemplates(), Profiles());
  return registry;
}

Item Parse(std::string_view text) {
  return protocol::ParseItem(boost::json::parse(text));
}

ScoreResult Score(std::string_view text) {
  const Item item = Parse(text);
  EXPECT_FALSE(item.error) << item.error->detail;
  return JudgeItem(TheRegistry(), item);
}

TEST(ProfileItems, HaveTheChecksOfTheProfileWithWhatTheyBring) {
  const ScoreResult result = Score(
      R"({"id":"a","profile":"r1-reasoning","checks":[
          {"checker":"math","gold":"4"}],
          "response":"<think>x</think><answer>\\boxed{4}</answer>"})");
  ASSERT_EQ(result.status, Status::kOk) << result.error->detail;
  ASSERT_EQ(result.checks.size(), 2u);  // code is optional
  EXPECT_EQ(result.checks[0].checker, "math");
  EXPECT_EQ(result.checks[0].gate, "open");
  EXPECT_EQ(result.checks[0].weight, 1.0);
  EXPECT_EQ(result.checks[1].checker, "format");
  EXPECT_EQ(result.checks[1].gate, "");
  EXPECT_EQ(result.checks[1].detail.at("template"), "r1-zero");
  EXPECT_EQ(result.reward, 1.5);
}

// The profile reads a box or an anchor; the item may say otherwise.
TEST(ProfileItems, WhatAnItemBringsWins) {
  const auto item = [](const char* more) {
    return R"({"id":"a","profile":"r1-reasoning","template":"r1","checks":[
        {"checker":"format","weight":4},{"checker":"math","gold":"4")" +
           std::string(more) +
           R"(},{"checker":"length","shape":"range","max":99}],
            "response":"<think>x</think>4"})";
  };
  const ScoreResult strict = Score(item(""));
  ASSERT_EQ(strict.checks.size(), 3u);
  EXPECT_EQ(strict.checks[0].checker, "math");
  EXPECT_EQ(strict.checks[0].score, 0.0);
  EXPECT_EQ(strict.checks[1].weight, 4.0);
  EXPECT_EQ(strict.checks[1].score, 1.0);  // by the item's template
  EXPECT_EQ(strict.checks[2].checker, "length");
  EXPECT_EQ(strict.reward, 5.0);
  EXPECT_EQ(Score(item(R"(,"extract":"auto")")).reward, 6.0);
}

TEST(ProfileItems, ChecksOfOneCheckerAreMergedInOrder) {
  const ScoreResult result = Score(
      R"({"id":"a","profile":"twice","response":"abc","checks":[
          {"checker":"pattern"},{"checker":"pattern","pattern":"z"},
          {"checker":"pattern","pattern":"c"}]})");
  ASSERT_EQ(result.status, Status::kOk);
  ASSERT_EQ(result.checks.size(), 3u);
  EXPECT_EQ(result.checks[0].score, 1.0);
  EXPECT_EQ(result.checks[1].score, 0.0);
  EXPECT_EQ(result.checks[2].score, 1.0);
  EXPECT_EQ(result.reward, 3.0);
}

TEST(ProfileItems, AClosedGateTakesTheWeightAway) {
  const ScoreResult result = Score(
      R"({"id":"a","profile":"r1-reasoning","response":"\\boxed{4}",
          "checks":[{"checker":"math","gold":"4"}]})");
  ASSERT_EQ(result.status, Status::kOk);
  EXPECT_EQ(result.checks[0].score, 1.0);
  EXPECT_EQ(result.checks[0].weight, 0.0);
  EXPECT_EQ(result.checks[0].gate, "closed");
  EXPECT_EQ(result.reward, 0.0);
}

struct InvalidRow {
  const char* item;
  const char* pointer;
  const char* detail;
};

TEST(ProfileItems, WhatIsWrongIsSaidAtItsPlace) {
  for (const InvalidRow& row : {
           InvalidRow{R"("profile":"r1-reasonig")", "/profile",
                      "unknown profile; did you mean r1-reasoning?; this "
                      "service has r1-reasoning, twice, all-optional"},
           {R"("profile":"r1-reasoning")", "/profile",
            "the check math of the profile r1-reasoning cannot be used: /gold"},
           {R"("profile":"r1-reasoning","checks":[{"checker":"math"}])",
            "/checks/0/gold", "required"},
           {R"("profile":"r1-reasoning","checks":[{"checker":"math",
               "gold":"4","extract":"x"}])",
            "/checks/0/extract", "must be one of"},
           {R"("profile":"twice","checks":[{"checker":"pattern",
               "pattern":"("},{"checker":"pattern","pattern":"b"}])",
            "/checks/0/pattern", "RE2"},
           {R"("profile":"r1-reasoning","checks":[
               {"checker":"math","gold":"4"},{"checker":"maths"}])",
            "/checks/1/checker", "did you mean math?"},
           {R"("profile":"all-optional")", "/checks", "brings none"},
           {R"("template":"r2","checks":[{"checker":"format"}])", "/template",
            "unknown template; did you mean r1?"},
       }) {
    const std::string text =
        R"({"id":"a","response":"","prompt":"",)" + std::string(row.item) + "}";
    const ScoreResult result = Score(text);
    ASSERT_EQ(result.status, Status::kInvalid) << row.item;
    EXPECT_EQ(result.error->pointer, row.pointer) << row.item;
    EXPECT_THAT(result.error->detail, HasSubstr(row.detail)) << row.item;
    EXPECT_TRUE(result.checks.empty());
  }
}

TEST(ProfileItems, BeginWithTheirProfilesFirstCheck) {
  const auto first = [](const char* text) {
    const rewards::Checker* checker = FirstChecker(TheRegistry(), Parse(text));
    return checker == nullptr ? std::string() : std::string(checker->name());
  };
  EXPECT_EQ(first(R"({"id":"a","response":"","profile":"r1-reasoning",
                      "checks":[{"checker":"code"}]})"),
            "math");
  EXPECT_EQ(first(R"({"id":"a","response":"","profile":"all-optional",
                      "checks":[{"checker":"text"}]})"),
            "text");
  EXPECT_EQ(first(R"({"id":"a","response":"","profile":"none",
                      "checks":[{"checker":"text"}]})"),
            "text");
  EXPECT_EQ(first(R"({"id":"a","response":"","profile":"all-optional"})"), "");
}

TEST(ProfileItems, AreExplained) {
  const ExplainedItem explained = ExplainItem(
      TheRegistry(),
      Parse(R"({"id":"a","profile":"twice","response":"abc","checks":[
                {"checker":"pattern"},{"checker":"pattern","pattern":"b"}]})"));
  EXPECT_EQ(explained.result.checks.size(), 2u);
  ASSERT_EQ(explained.steps.size(), 2u);
  EXPECT_FALSE(explained.steps[1].empty());
}

// A response over its limit earns 0 by every check of the profile.
TEST(ProfileItems, TooLongIsUnreadable) {
  Item item = Parse(
      R"({"id":"a","profile":"r1-reasoning","response":"",
          "checks":[{"checker":"math","gold":"4"}]})");
  item.too_long = "too long";
  const ScoreResult result = JudgeItem(TheRegistry(), item);
  EXPECT_EQ(result.status, Status::kOk);
  EXPECT_EQ(result.reward, 0.0);
  ASSERT_EQ(result.checks.size(), 2u);
  EXPECT_EQ(result.checks[1].outcome, "unreadable");
}

protocol::CheckResult Judged(std::string checker, std::optional<double> score,
                             double weight = 2.0) {
  protocol::CheckResult check;
  check.checker = std::move(checker);
  check.score = score;
  check.outcome = score ? "partial" : "not_judged";
  check.weight = weight;
  return check;
}

struct GateRow {
  const char* name;
  std::vector<std::string> only_if;
  std::vector<std::string> unless;
  std::optional<double> a;
  std::optional<double> b;
  const char* gate;
  double weight;
};

TEST(Gates, OpenCloseAndDoNotKnow) {
  const std::optional<double> none;
  for (const GateRow& row : {
           GateRow{"Met", {"a"}, {}, 0.5, 0.0, "open", 2.0},
           {"Missed", {"a"}, {}, 0.49, 1.0, "closed", 0.5},
           {"BothMet", {"a", "b"}, {}, 1.0, 0.5, "open", 2.0},
           {"OneMissed", {"a", "b"}, {}, 1.0, 0.4, "closed", 0.5},
           {"Unless", {}, {"a"}, 0.4, 1.0, "open", 2.0},
           {"UnlessMet", {}, {"a"}, 0.5, 0.0, "closed", 0.5},
           {"Mixed", {"a"}, {"b"}, 1.0, 0.0, "open", 2.0},
           {"Unknown", {"a"}, {}, none, 1.0, "unknown", 2.0},
           {"UnknownUnless", {}, {"a"}, none, 1.0, "unknown", 2.0},
           {"UnknownButClosed", {"a", "b"}, {}, none, 0.0, "closed", 0.5},
       }) {
    ProfileCheck rule;
    rule.only_if = row.only_if;
    rule.unless = row.unless;
    rule.at_least = 0.5;
    rule.otherwise = 0.25;
    std::vector<protocol::CheckResult> checks = {
        Judged("x", 1.0), Judged("a", row.a), Judged("b", row.b)};
    ApplyGates({&rule, nullptr, nullptr}, checks);
    EXPECT_EQ(checks[0].gate, row.gate) << row.name;
    EXPECT_EQ(checks[0].weight, row.weight) << row.name;
    const bool unknown = std::string_view(row.gate) == "unknown";
    EXPECT_EQ(checks[0].score.has_value(), !unknown) << row.name;
    EXPECT_EQ(checks[1].weight, 2.0);
    EXPECT_EQ(checks[1].gate, "");
  }
}

// What a gate could not judge is never a number, and what has no weight never
// makes a null.
TEST(Gates, NotJudgedIsNull) {
  ProfileCheck rule;
  rule.only_if = {"a"};
  std::vector<protocol::CheckResult> checks = {Judged("x", 1.0),
                                               Judged("a", std::nullopt, 0.0)};
  ApplyGates({&rule, nullptr}, checks);
  EXPECT_EQ(protocol::Reward(checks), std::nullopt);
  checks = {Judged("x", 1.0, 0.0), Judged("a", std::nullopt, 0.0)};
  ApplyGates({&rule, nullptr}, checks);
  EXPECT_EQ(protocol::Reward(checks), 0.0);
  checks = {Judged("x", std::nullopt), Judged("a", 0.0)};
  ApplyGates({&rule, nullptr}, checks);
  EXPECT_EQ(protocol::Reward(checks), 0.0);  // closed: it does not count
}

struct ProblemRow {
  ProfileCheck check;
  const char* key;
  const char* detail;
};

TEST(ProfileProblem, NamesTheKey) {
  const auto gated = [](std::string name) {
    return OnlyIf(CheckBy("text", R"({"gold": "a"})"), {std::move(name)});
  };
  for (const ProblemRow& row : {
           ProblemRow{CheckBy("maths"), "checker", "did you mean math?"},
           {CheckBy("math", R"({"glod": "4"})"), "glod", "unknown parameter"},
           {CheckBy("math", R"({"extract": "x"})"), "extract", "must be"},
           {CheckBy("language", R"({"target": "tlh"})"), "target", "/target"},
           {CheckBy("pattern", R"({"pattern": "("})"), "pattern", "RE2"},
           {CheckBy("length", R"({"shape": "cosine", "max": 0})"), "max",
            "whole number"},
           {gated("formt"), "only_if", "did you mean format?"},
           {gated("text"), "only_if", "no other check"},
           {gated("code"), "only_if", "is optional"},
       }) {
    Profile profile;
    profile.name = "p";
    profile.checks = {CheckBy("format"), Optional(CheckBy("code")), row.check};
    const auto problems = ProfileProblems(profile, TheRegistry());
    ASSERT_EQ(problems.size(), 1u) << row.check.checker << row.key;
    EXPECT_EQ(problems[0].check, 2u);
    EXPECT_EQ(problems[0].key, row.key);
    EXPECT_THAT(problems[0].detail, HasSubstr(row.detail));
  }
  for (const Profile& good : Profiles()) {
    EXPECT_TRUE(ProfileProblems(good, TheRegistry()).empty()) << good.name;
  }
  Profile other;
  other.template_name = "r1-zer";
  other.checks = {CheckBy("units", R"({"any": 1})")};
  const auto problems = ProfileProblems(other, TheRegistry(), {"units"});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].key, "template");
  EXPECT_EQ(problems[0].check, std::nullopt);
}

TEST(Describe, NamesTemplatesAndProfiles) {
  const auto all = DescribeCheckers(TheRegistry());
  EXPECT_EQ(all.at("templates").as_array().size(), 8u);
  EXPECT_EQ(all.at("templates").at(1).at("answer_open"), "<answer>");
  const auto& profile = all.at("profiles").at(0);
  EXPECT_EQ(profile.at("name"), "r1-reasoning");
  EXPECT_EQ(profile.at("template"), "r1-zero");
  const auto& math = profile.at("checks").at(0);
  EXPECT_EQ(math.at("gate").at("only_if").at(0), "format");
  EXPECT_EQ(math.at("params").at("extract"), "strict");
  EXPECT_EQ(profile.at("checks").at(1).at("optional"), true);
}

}  // namespace
}  // namespace verifier::engine
