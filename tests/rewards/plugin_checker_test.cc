// Plugins that go wrong, from the side of whoever asks. Without a jail: what is
// tested here is what is believed; assay_jail_test.cc has the jail.

#include "rewards/plugin/plugin_checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "rewards/plugin/plugin_pool.h"
#include "tests/rewards/plugin_fixture.h"

namespace rewards::plugin {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

// --- what goes wrong on an item, whatever its answer

struct Misdeed {
  const char* mode;
  Outcome want = Outcome::kNotJudged;
  milliseconds deadline = seconds(60);
};

void PrintTo(const Misdeed& row, std::ostream* os) { *os << row.mode; }

constexpr milliseconds kShort{300};
constexpr Outcome kNull = Outcome::kNotJudged;

constexpr Misdeed kMisdeeds[] = {
    {"wrong_id"},
    {"no_id"},
    {"nan"},
    {"huge_number"},
    {"score_2"},
    {"score_negative"},
    {"score_text"},
    {"score_null"},
    {"score_twice"},
    {"outcome_lie"},
    {"unknown_key"},
    {"detail_text"},
    {"detail_large"},
    {"html"},
    {"array"},
    {"deep"},
    {"empty_line"},
    {"two_lines"},
    {"not_utf8"},
    {"partial_line", kNull, kShort},
    {"partial_then_exit"},
    {"long_line"},
    {"flood_out"},
    {"flood_err", kNull, kShort},
    {"hang", kNull, kShort},
    {"spin", kNull, kShort},
    {"exit"},
    {"raise"},
    {"abort"},
    {"kill_self"},
    {"stop_self", kNull, kShort},
    {"close_out"},
    {"close_in", kNull, kShort},
    {"hold_pipe"},
    // The other side: what is a plugin's right.
    {"not_judged"},
    {"partial", Outcome::kPartial},
    {"unreadable", Outcome::kUnreadable},
    {"noisy", Outcome::kCorrect},
    {"slow", Outcome::kCorrect},
};

class MisdeedTest : public ::testing::TestWithParam<Misdeed> {};

TEST_P(MisdeedTest, CostsItsOwnItemAlone) {
  const Misdeed& row = GetParam();
  PluginOptions options = Hostile({});
  options.deadline = row.deadline;
  PluginUnderTest plugin(options);
  const Verdict verdict = plugin.Judge("good", {{"mode", row.mode}});
  EXPECT_EQ(verdict.outcome, row.want) << Reason(verdict);
  if (row.want == Outcome::kPartial) {
    EXPECT_EQ(Score(verdict), 0.25);
  }
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
  EXPECT_EQ(plugin.Judge("bad").outcome, Outcome::kWrong);
}

INSTANTIATE_TEST_SUITE_P(Plugin, MisdeedTest, ::testing::ValuesIn(kMisdeeds),
                         [](const auto& row) { return row.param.mode; });

// --- what one answer provokes

class ProvokedTest : public ::testing::TestWithParam<Misdeed> {};

TEST_P(ProvokedTest, IsAZeroForTheAnswerThatDidIt) {
  const Misdeed& row = GetParam();
  PluginOptions options = Hostile({"on_evil", row.mode});
  options.deadline = row.deadline;
  PluginUnderTest plugin(options);
  const Verdict verdict = plugin.Judge("evil");
  EXPECT_EQ(verdict.outcome, row.want) << Reason(verdict);
  EXPECT_EQ(Score(verdict), 0.0);
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
}

constexpr Misdeed kProvoked[] = {
    {"raise", Outcome::kWrong},
    {"exit", Outcome::kWrong},
    {"abort", Outcome::kWrong},
    {"kill_self", Outcome::kWrong},
    {"nan", Outcome::kWrong},
    {"two_lines", Outcome::kWrong},
    {"flood_out", Outcome::kWrong},
    {"hang", Outcome::kTimeout, kShort},
    {"stop_self", Outcome::kTimeout, kShort},
};

INSTANTIATE_TEST_SUITE_P(Plugin, ProvokedTest, ::testing::ValuesIn(kProvoked),
                         [](const auto& row) { return row.param.mode; });

TEST(PluginCheckerTest, TheItemsOwnDeadlineCounts) {
  PluginUnderTest plugin(Hostile({"on_evil", "hang"}));
  const Verdict verdict = plugin.Judge("evil", {}, kShort);
  EXPECT_EQ(verdict.outcome, Outcome::kTimeout) << Reason(verdict);
}

// --- what goes wrong at the start

struct Start {
  const char* mode;
  const char* problem;
};

void PrintTo(const Start& row, std::ostream* os) { *os << row.mode; }

class StartTest : public ::testing::TestWithParam<Start> {};

TEST_P(StartTest, IsRefusedWithTheReason) {
  PluginOptions options = Hostile({GetParam().mode});
  if (std::string(GetParam().mode) == "never_ready") {
    options.start_timeout = kShort;
  }
  std::string problem;
  EXPECT_EQ(MakePluginChecker(options, {}, StrictReader(), problem), nullptr);
  EXPECT_THAT(problem, HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    Plugin, StartTest,
    ::testing::Values(
        Start{"never_ready", "no line within its start_timeout of 300 ms"},
        Start{"exit_at_once", "exited with code 7 before its first line"},
        Start{"html_first", "does not describe a checker"},
        Start{"bad_schema", "its type must be object"},
        Start{"other_protocol", "\"assay_plugin\" must be 1"},
        Start{"two_hellos", "more than one line"},
        Start{"long_hello", "over 1048576 bytes"}),
    [](const auto& row) { return row.param.mode; });

TEST(PluginCheckerTest, AStartProblemQuotesTheLastWords) {
  PluginOptions options = Hostile({});
  options.command = {"python3", "-c", "raise SystemExit('no such module')"};
  std::string problem;
  EXPECT_EQ(MakePluginChecker(options, {}, StrictReader(), problem), nullptr);
  EXPECT_EQ(problem,
            "exited with code 1 before its first line: no such module");
}

// --- the pool

TEST(PluginCheckerTest, DescribesItself) {
  PluginUnderTest plugin(Hostile({}));
  const Checker& checker = plugin.checker();
  EXPECT_EQ(checker.name(), "hostile");
  EXPECT_EQ(checker.version(), "1");
  EXPECT_EQ(checker.summary(), "For tests.");
  EXPECT_EQ(checker.origin(), "plugin");
  EXPECT_EQ(checker.own_threads(), 1u);
  EXPECT_TRUE(checker.schema().contains("properties"));
  const auto refused = checker.Prepare({{"mod", "x"}});
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().pointer, "/mod");
}

TEST(PluginCheckerTest, ManyThreadsAskAFewProcesses) {
  PluginOptions options = Hostile({});
  options.pool = 3;
  PluginUnderTest plugin(options);
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&plugin, &right, t] {
      for (int i = 0; i < 50; ++i) {
        const bool good = (i + t) % 3 == 0;
        const Outcome outcome = plugin.Judge(good ? "good" : "bad").outcome;
        right += outcome == (good ? Outcome::kCorrect : Outcome::kWrong);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
}

TEST(PluginCheckerTest, ComesBackAfterItEndsBetweenItems) {
  PluginUnderTest plugin(Hostile({"exit_after", "2"}));
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect) << i;
  }
}

TEST(PluginCheckerTest, AnItemOfAKilledProcessIsNotJudged) {
  PluginUnderTest plugin(Hostile({"slow", "0.5"}));
  std::thread killer([&plugin] {
    std::this_thread::sleep_for(milliseconds(100));
    kill(plugin.pids().front(), SIGKILL);
  });
  const Verdict verdict = plugin.Judge("good");
  killer.join();
  EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
  EXPECT_EQ(Reason(verdict),
            "the plugin was killed with this item in its hands");
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
}

TEST(PluginCheckerTest, AProcessKilledBetweenItemsCostsNone) {
  PluginUnderTest plugin(Hostile({}));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
    kill(plugin.pids().back(), SIGKILL);
    while (plugin.pids().size() < static_cast<std::size_t>(i) + 2) {
      std::this_thread::sleep_for(milliseconds(1));
    }
  }
}

TEST(PluginCheckerTest, WhereItCannotBeStartedNobodyWaits) {
  const TemporaryFile count;
  PluginUnderTest plugin(Hostile({"dies_second_time", count.path()}));
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kNotJudged);
  for (int i = 0; i < 3; ++i) {
    const Verdict verdict = plugin.Judge("good", {}, seconds(3'600));
    EXPECT_EQ(verdict.outcome, Outcome::kNotJudged);
    EXPECT_THAT(Reason(verdict), HasSubstr("exited with code 9"));
  }
}

TEST(PluginCheckerTest, AnotherDescriptionIsNoStart) {
  const TemporaryFile count;
  PluginUnderTest plugin(Hostile({"changes", count.path()}));
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
  EXPECT_EQ(plugin.Judge("good", {{"mode", "exit"}}).outcome,
            Outcome::kNotJudged);
  EXPECT_THAT(Reason(plugin.Judge("good")),
              HasSubstr("describes itself in other words"));
}

TEST(PluginCheckerTest, AfterARowOfFailuresItRestsAndIsTriedAgain) {
  PluginUnderTest plugin(Hostile({}));
  const boost::json::object bad = {{"mode", "exit"}};
  for (int i = 0; i < kFailuresToPause; ++i) {
    EXPECT_THAT(Reason(plugin.Judge("good", bad)),
                HasSubstr("exited with code 3"));
  }
  EXPECT_THAT(Reason(plugin.Judge("good")), HasSubstr("3 times in a row"));
  while (plugin.Judge("good").outcome != Outcome::kCorrect) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
}

TEST(PluginCheckerTest, AnswersThatProvokeFailuresNeverMakeItRest) {
  PluginUnderTest plugin(Hostile({"on_evil", "exit"}));
  for (int i = 0; i < 3 * kFailuresToPause; ++i) {
    EXPECT_EQ(plugin.Judge("evil").outcome, Outcome::kWrong);
  }
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
}

// Whether a process of the group runs; one that waits to be reaped by init does
// not.
bool GroupRuns(pid_t group) {
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    std::ifstream file(entry.path() / "stat");
    std::string stat;
    std::getline(file, stat);
    char state = 'Z';
    pid_t parent = 0;
    pid_t its_group = 0;
    std::istringstream(stat.substr(stat.rfind(')') + 1)) >> state >> parent >>
        its_group;
    if (its_group == group && state != 'Z') return true;
  }
  return false;
}

// What was killed needs a turn of the processor to end.
bool GroupEnds(pid_t group) {
  for (int i = 0; i < 500; ++i) {
    if (!GroupRuns(group)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

TEST(PluginCheckerTest, NothingOfItIsLeft) {
  for (const char* mode : {"honest", "ignores_sigterm", "hold_pipe", "hang"}) {
    std::vector<pid_t> pids;
    {
      PluginOptions options = Hostile({mode});
      options.deadline = kShort;
      options.pool = 2;
      PluginUnderTest plugin(options);
      static_cast<void>(plugin.Judge("good"));
      pids = plugin.pids();
    }
    EXPECT_FALSE(pids.empty());
    for (const pid_t pid : pids) EXPECT_TRUE(GroupEnds(pid)) << mode;
  }
}

// --- the item and the log

TEST(PluginCheckerTest, AnItemArrivesAsItIs) {
  PluginOptions options = Hostile({});
  options.command = {"python3", "-c", R"(if True:
    import json, sys
    print('{"assay_plugin": 1, "version": "1", "summary": "s", "schema": '
          '{"type": "object", "additionalProperties": true}}')
    for line in sys.stdin:
      item = json.loads(line)
      print(json.dumps({"id": item.pop("id"), "score": 0.5, "detail": item}))
  )"};
  PluginUnderTest plugin(options);
  const std::string odd =
      "\n\r\t\"\\</script>\x01\x7f \u2028\u0085 \U0001F600 {\"id\": \"1\"}\n";
  const auto check =
      plugin.checker().Prepare({{"a", {1, 2.5, nullptr}}, {"b", odd}});
  ASSERT_TRUE(check.has_value());
  const Verdict verdict = (*check)->Judge(
      {.prompt = odd, .response = odd, .template_name = "x"},
      {.deadline = std::chrono::steady_clock::now() + seconds(60)});
  EXPECT_EQ(verdict.detail,
            (boost::json::object{
                {"prompt", odd},
                {"response", odd},
                {"template", "x"},
                {"params", {{"a", {1, 2.5, nullptr}}, {"b", odd}}}}));
}

TEST(PluginCheckerTest, LargeItemsPass) {
  PluginUnderTest plugin(Hostile({}));
  EXPECT_EQ(plugin.Judge(std::string(4 << 20, '\n')).outcome, Outcome::kWrong);
}

TEST(PluginCheckerTest, StandardErrorGoesToTheLog) {
  PluginUnderTest plugin(Hostile({"noisy"}));
  EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
  plugin.AwaitLog("plugin hostile: noise?[31m 1");
}

TEST(PluginCheckerTest, AFloodOfErrorsIsBounded) {
  PluginOptions options = Hostile({});
  options.command = {"python3", "-c", R"(if True:
    import json, sys
    print('{"assay_plugin": 1, "version": "1", "summary": "s", "schema": '
          '{"type": "object"}}')
    for line in sys.stdin:
      sys.stderr.write("noise\n" * 1000)
      sys.stderr.flush()
      print(json.dumps({"id": json.loads(line)["id"], "score": 1}))
  )"};
  PluginUnderTest plugin(options);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(plugin.Judge("good").outcome, Outcome::kCorrect);
  }
  EXPECT_LE(plugin.Lines("plugin hostile: noise"), 2 * kMostLogLines);
}

}  // namespace
}  // namespace rewards::plugin
