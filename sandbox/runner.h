// Runner: programs of a language, compiled and run in jails. One compile serves
// any number of runs; the compiler has a jail and limits of its own, and what
// it leaves crosses as bytes. Thread-safe: any number of threads at once.
//
//   const Runner runner(jail);
//   const Build build = runner.Compile(language, files, {});
//   if (build.verdict != BuildVerdict::kReady) ...
//   const RunResult result = runner.Run(build.program, limits, {});
//
// A failure of ours is tried once more. Whose failure it is, is never guessed:
// a machine without the compiler, or whose compiler cannot compile a program
// that is known to be right, is kFailed; what the files provoke is theirs.

#ifndef SANDBOX_RUNNER_H_
#define SANDBOX_RUNNER_H_

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/cancel.h"
#include "sandbox/jail.h"
#include "sandbox/language.h"

namespace sandbox {

// When a run ends, whatever its limits say.
struct Until {
  using Clock = std::chrono::steady_clock;

  // What it leaves is the most that `wall` may be; a run that it leaves no time
  // is Ending::kWallLimit.
  Clock::time_point deadline = Clock::time_point::max();
  const Cancel* cancel = nullptr;  // null: never

  // No run has time left.
  [[nodiscard]] bool is_over() const {
    return Clock::now() + kLeastLimits.wall >= deadline;
  }
};

enum class BuildVerdict {
  kFailed,     // IE: ours
  kReady,      // OK
  kError,      // CE: the compiler refused it, or made nothing that can run
  kTime,       // CTLE: Language::compile_limits, or no time was left
  kViolation,  // SV
};

// "OK", "CE" and the like.
[[nodiscard]] std::string_view BuildVerdictName(BuildVerdict verdict) noexcept;

struct Build {
  // A default Build is a failure of ours.
  BuildVerdict verdict = BuildVerdict::kFailed;
  std::string failure{};  // kFailed: what went wrong
  bool compiled = false;  // a compiler ran, and `compile` says how it ended
  RunResult compile{};    // `err` holds the diagnostics
  Program program{};      // kReady: to run; arguments and input are added
};

class Runner {
 public:
  // Shares `jail`. Requires: it is not null.
  explicit Runner(std::shared_ptr<const Jail> jail);

  // Makes `files` ready to run. Blocks up to the compile limits' wall, or not
  // at all where nothing is compiled. Requires: no SourceProblem.
  [[nodiscard]] Build Compile(const Language& language,
                              std::vector<ProgramFile> files,
                              const Until& until) const;

  // Runs `program`, made by Compile, as Jail::Run does.
  [[nodiscard]] RunResult Run(const Program& program, const RunLimits& limits,
                              const Until& until) const;

  [[nodiscard]] const Jail& jail() const noexcept { return *jail_; }

 private:
  [[nodiscard]] RunResult RunOnce(const Program& program, RunLimits limits,
                                  const Until& until) const;
  [[nodiscard]] Build RunCompiler(const Language& language,
                                  std::vector<ProgramFile> files,
                                  const Until& until) const;
  [[nodiscard]] std::string ToolchainProblem(const Language& language) const;

  std::shared_ptr<const Jail> jail_;
  // Command lines of compilers that have compiled a trial program.
  mutable std::mutex mutex_;
  mutable std::set<std::string> proven_;
};

}  // namespace sandbox

#endif  // SANDBOX_RUNNER_H_
