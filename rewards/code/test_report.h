// TestReport: how one test ended. Plain values; any thread.

#ifndef REWARDS_CODE_TEST_REPORT_H_
#define REWARDS_CODE_TEST_REPORT_H_

#include <string>
#include <string_view>

namespace rewards::code {

enum class TestVerdict {
  kInternalError,  // IE: ours, after one retry
  kAccepted,       // AC
  kWrongAnswer,    // WA
  kRuntimeError,   // RE: a signal, or an exit code that is not 0
  kCpuTime,        // TLE
  kWallTime,       // ILE, also where the time for all tests is used up
  kOutput,         // OLE
  kViolation,      // SV
  kCompileError,   // CE: of the whole report only
  kCompileTime,    // CTLE: the same
};

// "AC" and the like.
[[nodiscard]] std::string_view TestVerdictName(TestVerdict verdict) noexcept;

struct TestReport {
  TestVerdict verdict = TestVerdict::kInternalError;
  int exit_code = 0;      // kRuntimeError: it, or
  int signal = 0;         // the signal
  std::string failure{};  // kInternalError: what failed
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_TEST_REPORT_H_
