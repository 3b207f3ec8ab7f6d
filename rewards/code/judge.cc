#include "rewards/code/judge.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "rewards/code/call_host.h"
#include "rewards/code/call_run.h"
#include "rewards/code/candidate.h"
#include "rewards/code/driven_run.h"
#include "rewards/code/hosted_source.h"
#include "rewards/code/interactive_run.h"
#include "rewards/code/stream_run.h"

namespace rewards::code {
namespace {

// Runs one test, of whichever kind.
struct RunTest {
  const Candidate& candidate;

  TestReport operator()(const StreamTest& test) const {
    if (test.interactor == nullptr) return RunStream(candidate, test);
    return RunInteractive(
        candidate, test, *test.interactor,
        candidate.interactors->at(test.interactor.get()).program);
  }
  TestReport operator()(const CallTest& test) const {
    return RunCall(candidate, test);
  }
  TestReport operator()(const AssertTest& test) const {
    return RunAssert(candidate, test);
  }
  TestReport operator()(const HarnessTest& test) const {
    return RunHarness(candidate, test);
  }
};

// The interactors of the tests of `task`, each compiled once.
class Interactors {
 public:
  Interactors(const sandbox::Runner& runner, const Task& task,
              const sandbox::Until& until) {
    for (const Test& test : task.tests) {
      const auto* stream = std::get_if<StreamTest>(&test);
      if (stream == nullptr || stream->interactor == nullptr) continue;
      const auto [at, added] = ready_.try_emplace(stream->interactor.get());
      if (!added) continue;
      at->second =
          MakeReady(runner, *stream->interactor, "the interactor", until);
      if (failure_.empty()) failure_ = at->second.failure;
    }
  }

  // Of the first that is not ready, or empty.
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] const std::map<const JudgeProgram*, ReadyJudge>& get() const {
    return ready_;
  }

 private:
  std::map<const JudgeProgram*, ReadyJudge> ready_;
  std::string failure_;
};

sandbox::Build Compile(const sandbox::Runner& runner, const std::string& source,
                       const Task& task, const sandbox::Until& until) {
  std::vector<sandbox::ProgramFile> files = task.files;
  if (task.entry.empty()) {
    files.push_back({.name = task.language->main, .content = source});
    return runner.Compile(*task.language, std::move(files), until);
  }
  sandbox::Language renamed = *task.language;
  renamed.main = task.entry;
  files.push_back({.name = task.entry, .content = source});
  return runner.Compile(renamed, std::move(files), until);
}

// The program as each test of `task` needs it: with a host in `hosted`, else
// what is returned; that may also be the first that is not ready.
sandbox::Build CompileFor(const sandbox::Runner& runner,
                          const std::string& source, const Task& task,
                          const sandbox::Until& until, HostedPrograms* hosted) {
  const CallHost* host = CallHostOf(*task.language);
  sandbox::Build build;
  build.verdict = sandbox::BuildVerdict::kReady;
  bool plain = false;
  for (const Test& test : task.tests) {
    const auto* call = std::get_if<CallTest>(&test);
    if (call == nullptr || host == nullptr || host->hosted == nullptr) {
      plain = true;
      continue;
    }
    const auto [at, added] = hosted->try_emplace(HostedKey(*call));
    if (!added) continue;
    HostedSource both = host->hosted(*host, task, source, *call);
    build = runner.Compile(both.language, std::move(both.files), until);
    if (build.verdict != sandbox::BuildVerdict::kReady) return build;
    at->second = std::move(build.program);
  }
  return plain ? Compile(runner, source, task, until) : build;
}

TestVerdict FromBuild(sandbox::BuildVerdict verdict) {
  using sandbox::BuildVerdict;
  switch (verdict) {
    case BuildVerdict::kReady:
      return TestVerdict::kAccepted;
    case BuildVerdict::kError:
      return TestVerdict::kCompileError;
    case BuildVerdict::kTime:
      return TestVerdict::kCompileTime;
    case BuildVerdict::kViolation:
      return TestVerdict::kViolation;
    case BuildVerdict::kFailed:
      break;
  }
  return TestVerdict::kInternalError;
}

}  // namespace

Judge::Judge(std::shared_ptr<const sandbox::Runner> runner)
    : runner_(std::move(runner)) {}

boost::system::result<std::shared_ptr<const Judge>, sandbox::JailError>
Judge::Create(sandbox::Level least) {
  auto jail = sandbox::Jail::Create(least);
  if (!jail) return jail.error();
  return std::make_shared<const Judge>(
      std::make_shared<const sandbox::Runner>(std::move(*jail)));
}

Report Judge::Run(const std::string& source, const Task& task,
                  std::chrono::steady_clock::time_point deadline) const {
  const sandbox::Until until{.deadline = deadline};
  Report report;
  ReadyJudge checker;
  if (task.checker) {
    checker = MakeReady(*runner_, *task.checker, "the checker", until);
  }
  const Interactors interactors(*runner_, task, until);
  report.failure =
      checker.failure.empty() ? interactors.failure() : checker.failure;
  if (!report.failure.empty()) {
    report.build = TestVerdict::kJudgeFailure;
    return report;
  }
  HostedPrograms hosted;
  sandbox::Build build = CompileFor(*runner_, source, task, until, &hosted);
  report.build = FromBuild(build.verdict);
  report.failure = std::move(build.failure);
  report.diagnostics = std::move(build.compile.err);
  if (report.build != TestVerdict::kAccepted) return report;
  std::optional<OutputChecker> judge;
  if (task.checker)
    judge.emplace(*runner_, *task.checker, checker.program, task.tests);
  const Candidate candidate{
      *runner_,           task,   source,
      build.program,      until,  judge ? &*judge : nullptr,
      &interactors.get(), &hosted};
  for (const Test& test : task.tests) {
    report.tests.push_back(std::visit(RunTest{candidate}, test));
    if (report.tests.back().verdict == TestVerdict::kAccepted) {
      ++report.passed;
      ++report.credit;
      continue;
    }
    report.credit += report.tests.back().credit;
    if (task.until_failure) break;
  }
  return report;
}

}  // namespace rewards::code
