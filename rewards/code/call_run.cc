#include "rewards/code/call_run.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/asked.h"
#include "rewards/code/call_host.h"
#include "rewards/code/twice.h"
#include "rewards/code/value.h"
#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

class Call {
 public:
  Call(const Candidate& candidate, const CallHost& host)
      : task_(candidate.task), asked_(candidate, host) {}

  [[nodiscard]] TestReport Run(const CallTest& test) {
    if (!asked_.Load()) return asked_.Failure();
    std::string object;  // what the path has led to, as it is written
    for (const PathStep& step : test.path) {
      std::string question = object.empty() ? "g" : "a" + object;
      Encode(StringValue(step.name), &question);
      if (!Find(question, &object)) return *report_;
      if (!step.called) continue;
      question = "p" + object;
      Encode(CallTest().args, &question);
      Encode(CallTest().kwargs, &question);
      if (!Find(question, &object)) return *report_;
    }
    std::string question = "p" + object;
    Encode(test.args, &question);
    Encode(test.kwargs, &question);
    const auto tokens = Answer(question);
    if (!tokens) return *report_;
    const bool equal = Meets(test.returns, ValueOf(*tokens), task_.compare);
    return asked_.Judged(equal ? TestVerdict::kAccepted
                               : TestVerdict::kWrongAnswer);
  }

 private:
  // The values of the answer; none: `report_` says why.
  [[nodiscard]] std::optional<std::vector<WireToken>> Answer(
      const std::string& question) {
    auto answer = asked_.Ask(question);
    if (!answer) {
      report_ = asked_.Failure();
      return std::nullopt;
    }
    answer_ = *std::move(answer);
    auto tokens = Scan(std::string_view(answer_).substr(1));
    if (answer_[0] == 'v' && tokens) return tokens;
    std::string raised;
    if (answer_[0] == 'e' && tokens) raised = (*tokens)[0].data;
    report_ =
        asked_.Judged(raised == "MemoryError" ? TestVerdict::kMemory
                                              : TestVerdict::kRuntimeError,
                      raised.empty() ? "the program's answer is none"
                                     : "the call raises " + raised);
    report_->exit_code = 1;
    return std::nullopt;
  }

  // Asks for an object.
  [[nodiscard]] bool Find(const std::string& question, std::string* object) {
    const auto tokens = Answer(question);
    if (!tokens) return false;
    constexpr std::size_t kObjectBytes = 5;
    if ((*tokens)[0].tag != 'H') {
      report_ = asked_.Judged(TestVerdict::kWrongAnswer,
                              "what is to be called is no function");
      return false;
    }
    *object = answer_.substr(1, kObjectBytes);
    return true;
  }

  const Task& task_;
  Asked asked_;
  std::string answer_{};
  std::optional<TestReport> report_{};
};

}  // namespace

TestReport RunCall(const Candidate& candidate, const CallTest& test) {
  const CallHost* host = CallHostOf(*candidate.task.language);
  if (host == nullptr) {
    return {.failure = "the language has no tests of this kind"};
  }
  return Twice(candidate, [&] { return Call(candidate, *host).Run(test); });
}

}  // namespace rewards::code
