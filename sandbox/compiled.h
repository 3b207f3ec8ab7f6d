// Compiled: what one run of a compiler came to. A plain value; any thread.

#ifndef SANDBOX_COMPILED_H_
#define SANDBOX_COMPILED_H_

#include <string>
#include <string_view>

#include "sandbox/run_result.h"

namespace sandbox {

enum class BuildVerdict {
  kFailed,     // IE: ours
  kReady,      // OK
  kError,      // CE: the compiler refused it, or made nothing that can run
  kTime,       // CTLE: Language::compile_limits, or no time was left
  kViolation,  // SV
};

// "OK", "CE" and the like.
[[nodiscard]] std::string_view BuildVerdictName(BuildVerdict verdict) noexcept;

// For whom a result holds beside the one who asked for it.
enum class Reach {
  kNobody,  // ours, or cut short by a deadline or a cancel of one request
  kNow,     // who asked for the same meanwhile: a limit, or not enough memory
  kAlways,  // whoever asks for the same: the compiler's own word
};

struct Compiled {
  // A default Compiled is a failure of ours.
  BuildVerdict verdict = BuildVerdict::kFailed;
  Reach reach = Reach::kNobody;
  std::string failure{};   // kFailed: what went wrong
  RunResult run{};         // of the compiler; `err` holds the diagnostics
  std::string artifact{};  // kReady: what it left
};

// What `run`, of a compiler of which one file was wanted, came to. `cut`: its
// time was shorter than a compile may take.
[[nodiscard]] Compiled CompiledFrom(RunResult run, bool cut);

// Why a compile of our own source came to nothing, in a line: the first of what
// was said, else how the compiler ended.
[[nodiscard]] std::string ProblemOf(const Compiled& compiled);

}  // namespace sandbox

#endif  // SANDBOX_COMPILED_H_
