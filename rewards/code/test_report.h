// TestReport: how one test ended. Plain values; any thread.

#ifndef REWARDS_CODE_TEST_REPORT_H_
#define REWARDS_CODE_TEST_REPORT_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/limits.h"
#include "sandbox/run_result.h"

namespace rewards::code {

enum class TestVerdict {
  kInternalError,  // IE: ours, after one retry
  kAccepted,       // AC
  kWrongAnswer,    // WA
  kPresentation,   // PE: the right words, in other white space than is wanted
  kRuntimeError,   // RE: a signal, or an exit code that is not 0
  kCpuTime,        // TLE
  kWallTime,       // ILE, also where the time for all tests is used up
  kMemory,         // MLE: an RE for want of memory (out_of_memory.h), or all
                   // processes together took more than the run may have
  kOutput,         // OLE
  kViolation,      // SV
  kJudgeFailure,   // JF: a checker or an interactor of the item failed
  kCompileError,   // CE: of the whole report only
  kCompileTime,    // CTLE: the same
};

// "AC" and the like.
[[nodiscard]] std::string_view TestVerdictName(TestVerdict verdict) noexcept;

struct TestReport {
  // A default TestReport earns nothing.
  TestVerdict verdict = TestVerdict::kInternalError;
  double credit = 0;  // kWrongAnswer: a part of the test that counts, below 1
  int exit_code = 0;  // kRuntimeError, kMemory: it, or
  int signal = 0;     // the signal
  // Standard output had more than it may have.
  bool stdout_truncated = false;
  // Of some verdicts, for people, e.g. "line 3 differs". Never what the test
  // expects.
  std::string reason{};
  std::string failure{};  // kInternalError, kJudgeFailure: what failed
  // Measured outside the program. They differ from run to run.
  std::chrono::microseconds cpu{0};
  std::chrono::microseconds wall{0};
  std::int64_t memory_kb = 0;  // peak resident memory
};

// How a program that ran with `limits` and ended as `run` did is judged, its
// output aside: kAccepted where it exited with code 0, which alone passes no
// test.
[[nodiscard]] TestReport ReportOf(const sandbox::RunResult& run,
                                  const sandbox::RunLimits& limits);

}  // namespace rewards::code

#endif  // REWARDS_CODE_TEST_REPORT_H_
