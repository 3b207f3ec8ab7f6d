#include "rewards/code/driven_run.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/code/asked.h"
#include "rewards/code/beside_run.h"
#include "rewards/code/call_host.h"
#include "rewards/code/talk.h"
#include "rewards/code/twice.h"
#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

// What all kinds of test come down to.
struct Script {
  std::string_view setup{};
  std::string_view test{};
  std::string_view path{};  // of a harness
};

// What a program had to do with how its test went.
struct Influence {
  bool answered = false;
  // More than that it has objects of the names that it was asked for.
  bool told = false;
};

TestReport Failed(std::string why) {
  return {.verdict = TestVerdict::kJudgeFailure, .failure = std::move(why)};
}

// Between a program and its test.
class Hub {
 public:
  Hub(const Candidate& candidate, const CallHost& host)
      : asked_(candidate, host),
        deadline_(candidate.until.deadline),
        driver_(candidate.runner, host.driver(), DriverLimits(candidate),
                candidate.until.deadline) {}

  [[nodiscard]] TestReport Run(const Script& script) {
    if (!asked_.Load()) return asked_.Failure();
    loaded_ = Clock::now();
    std::string first = "t";
    for (const std::string_view text :
         {script.setup, script.test, script.path}) {
      Encode(StringValue(text), &first);
    }
    if (!driver_.Send(first, kPatience)) return DriverFailure();
    for (;;) {
      const auto question = driver_.Receive(kPatience);
      if (!question) return DriverFailure();
      if ((*question)[0] == 'q') return End(*question);
      if (!IsQuestion(*question)) {
        driver_.End();
        return Blame("the test asks what nobody can answer");
      }
      const auto answer = asked_.Ask(*question);
      if (!answer) return asked_.Failure();
      influence_.answered = true;
      if (!IsMereObject(*question, *answer)) influence_.told = true;
      if (!driver_.Send(*answer, kPatience)) return DriverFailure();
    }
  }

 private:
  // The driver's own limits end it sooner.
  static constexpr std::chrono::hours kPatience{1};

  static sandbox::RunLimits DriverLimits(const Candidate& candidate) {
    sandbox::RunLimits limits = kDriverLimits;
    limits.wall = std::min(limits.wall + candidate.task.limits.wall,
                           sandbox::kMostLimits.wall);
    return limits;
  }

  static bool IsQuestion(std::string_view frame) {
    constexpr std::string_view kQuestions = "gascinrx";
    return kQuestions.find(frame[0]) != std::string_view::npos &&
           Scan(frame.substr(1)).has_value();
  }

  static bool IsMereObject(std::string_view question, std::string_view answer) {
    constexpr std::size_t kSize = 7;  // v, H and its number, N
    return question[0] == 'g' && answer.size() == kSize && answer[1] == 'H';
  }

  // The test did not come to its end, for a reason that is the program's where
  // it had a say.
  [[nodiscard]] TestReport Blame(
      std::string why, TestVerdict verdict = TestVerdict::kWrongAnswer) {
    if (!influence_.answered) return Failed(std::move(why));
    return asked_.Judged(verdict, std::move(why));
  }

  [[nodiscard]] TestReport DriverFailure() {
    using sandbox::Ending;
    const sandbox::RunResult* ended = driver_.Ended();
    if (ended == nullptr) return Blame("the test did not end");
    const sandbox::RunResult& run = *ended;
    const bool late =
        run.ending == Ending::kCpuLimit || run.ending == Ending::kWallLimit;
    if (run.ending == Ending::kFailed) return {.failure = run.failure};
    if (!late) return Blame("the test ended on the way");
    if (Clock::now() >= deadline_ && !IsTheTestsTime()) {
      return asked_.Judged(TestVerdict::kWallTime);
    }
    return Blame("the test took too long", TestVerdict::kWallTime);
  }

  // The test used up the time before it had an answer, and more of it than the
  // program did before it was loaded: no program buys a null by being slow.
  [[nodiscard]] bool IsTheTestsTime() const {
    return !influence_.answered && Clock::now() - loaded_ > loaded_ - begin_;
  }

  // `frame` is the record of the driver: how it ended, and a word about it.
  [[nodiscard]] TestReport End(std::string_view frame) {
    const auto tokens = Scan(frame.substr(1));
    if (!tokens || Roots(*tokens) != "ss") {
      return Blame("the test's end is none");
    }
    const std::string_view how = (*tokens)[0].data;
    const std::string word((*tokens)[1].data);
    if (how == "passed" && influence_.told) {
      return asked_.Judged(TestVerdict::kAccepted);
    }
    if (how == "assertion") {
      return asked_.Judged(TestVerdict::kWrongAnswer,
                           "an assertion does not hold");
    }
    if (how == "raised") {
      return asked_.Judged(TestVerdict::kWrongAnswer,
                           "the test ended with " + word);
    }
    if (how == "opaque") {
      return asked_.Judged(TestVerdict::kWrongAnswer,
                           "an object of the program's own is no answer");
    }
    if (how == "cannot_pass") {
      if (!influence_.told) return Failed("the test passes " + word);
      return asked_.Judged(TestVerdict::kWrongAnswer, word);
    }
    if (how == "broken") return Blame("the test itself ends with " + word);
    // That it has the names that a test looks up tells it apart from nothing.
    return Failed("the test asks the program nothing");
  }

  using Clock = std::chrono::steady_clock;

  const Clock::time_point begin_ = Clock::now();
  Clock::time_point loaded_ = begin_;
  Asked asked_;
  Clock::time_point deadline_;
  Talk driver_;
  Influence influence_{};
};

TestReport RunScript(const Candidate& candidate, const Script& script) {
  const CallHost* host = CallHostOf(*candidate.task.language);
  if (host == nullptr || host->driver == nullptr) {
    return {.failure = "the language has no tests of this kind"};
  }
  return Twice(candidate, [&] { return Hub(candidate, *host).Run(script); });
}

}  // namespace

TestReport RunAssert(const Candidate& candidate, const AssertTest& test) {
  if (candidate.task.in_process) {
    return RunBeside(candidate, test.setup, test.assertion, "");
  }
  return RunScript(candidate, {.setup = test.setup, .test = test.assertion});
}

TestReport RunHarness(const Candidate& candidate, const HarnessTest& test) {
  if (candidate.task.in_process) {
    return RunBeside(candidate, "", test.harness, test.entry_point);
  }
  return RunScript(candidate, {.test = test.harness, .path = test.entry_point});
}

}  // namespace rewards::code
