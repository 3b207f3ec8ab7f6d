#include "rewards/code/beside_run.h"

#include <random>
#include <string>

#include "rewards/code/call_host.h"
#include "rewards/code/talk.h"
#include "rewards/code/twice.h"

namespace rewards::code {
namespace {

// 128 bits that nobody can guess.
std::string NewWord() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device device;
  std::string word;
  for (int i = 0; i < 32; ++i) word += kDigits[device() % kDigits.size()];
  return word;
}

TestReport RunOnce(const Candidate& candidate, const CallHost& host,
                   std::string_view setup, std::string_view test,
                   std::string_view path) {
  const sandbox::RunLimits& limits = candidate.task.limits;
  const std::string word = NewWord();
  Talk talk(candidate.runner, host.beside(candidate), limits,
            candidate.until.deadline);
  const auto wait = sandbox::kSetUpTime + limits.wall;
  bool sent = true;
  for (const std::string_view text : {std::string_view(candidate.source), test,
                                      setup, path, std::string_view(word)}) {
    sent = sent && talk.Send("m" + std::string(text), wait);
  }
  const auto said = talk.Receive(wait);
  if (said) {
    const sandbox::RunResult& run = talk.End();
    return {.verdict = *said == word ? TestVerdict::kAccepted
                                     : TestVerdict::kWrongAnswer,
            .cpu = run.cpu,
            .wall = run.wall,
            .memory_kb = run.max_rss_kb};
  }
  const sandbox::RunResult* run = talk.Ended();
  if (run == nullptr) return {.verdict = TestVerdict::kWrongAnswer};
  TestReport report = ReportOf(*run, limits);
  if (report.verdict == TestVerdict::kAccepted) {
    report.verdict = TestVerdict::kWrongAnswer;
    report.reason = "the program ended before its test did";
  }
  return report;
}

}  // namespace

TestReport RunBeside(const Candidate& candidate, std::string_view setup,
                     std::string_view test, std::string_view path) {
  const CallHost* host = CallHostOf(*candidate.task.language);
  if (host == nullptr || host->beside == nullptr) {
    return {.failure = "the language has no tests of this kind"};
  }
  return Twice(candidate,
               [&] { return RunOnce(candidate, *host, setup, test, path); });
}

}  // namespace rewards::code
