// Runner: programs of a language, compiled and run in jails. One compile serves
// any number of runs, and equal sources are compiled once (compile_cache.h);
// the compiler has a jail and limits of its own, and what it leaves crosses as
// bytes. Thread-safe: any number of threads at once.
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

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "sandbox/compile_cache.h"
#include "sandbox/compiled.h"
#include "sandbox/jail.h"
#include "sandbox/language.h"
#include "sandbox/precompiled_headers.h"
#include "sandbox/until.h"

namespace sandbox {

struct Build {
  // A default Build is a failure of ours.
  BuildVerdict verdict = BuildVerdict::kFailed;
  std::string failure{};  // kFailed: what went wrong
  bool compiled = false;  // a compiler ran, and `compile` says how it ended
  bool cached = false;    // it ran earlier, or for another thread
  RunResult compile{};    // `err` holds the diagnostics
  Program program{};      // kReady: to run; arguments and input are added
};

struct RunnerOptions {
  // Bytes of compiled programs that are kept; 0: none.
  std::int64_t compile_cache_bytes = kCompileCacheBytes;

  // Headers are precompiled (precompiled_headers.h).
  bool precompiles = true;

  // Gets a line for people, without its end, from any thread. May be empty.
  std::function<void(const std::string& line)> log{};
};

class Runner {
 public:
  // Shares `jail`. Requires: it is not null.
  explicit Runner(std::shared_ptr<const Jail> jail,
                  const RunnerOptions& options = {});

  // Makes `files` ready to run. Blocks up to the compile limits' wall, or not
  // at all where nothing is compiled. Requires: no SourceProblem.
  [[nodiscard]] Build Compile(const Language& language,
                              std::vector<ProgramFile> files,
                              const Until& until) const;

  // Runs `program`, made by Compile, as Jail::Run does.
  [[nodiscard]] RunResult Run(const Program& program, const RunLimits& limits,
                              const Until& until) const;

  [[nodiscard]] const Jail& jail() const noexcept { return *jail_; }

  // Blocks until no header is being precompiled.
  void WaitForHeaders() const;

 private:
  [[nodiscard]] Compiled CompileNow(const Language& language,
                                    const Program& compiler,
                                    const Until& until) const;
  [[nodiscard]] Build RunCompiler(const Language& language,
                                  std::vector<ProgramFile> files,
                                  const Until& until) const;
  [[nodiscard]] std::string ToolchainProblem(const Language& language) const;

  std::shared_ptr<const Jail> jail_;
  std::unique_ptr<CompileCache> cache_;
  std::unique_ptr<PrecompiledHeaders> headers_;  // null: none
  // Command lines of compilers that have compiled a trial program.
  mutable std::mutex mutex_;
  mutable std::set<std::string> proven_;
};

}  // namespace sandbox

#endif  // SANDBOX_RUNNER_H_
