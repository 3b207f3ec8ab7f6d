// CodeChecker: does the program in the answer pass the tests? Extraction is
// described in code/extract.h, comparison in code/compare.h. Immutable; any
// thread may use it.
//
// Parameters: "language": "python" | "cpp" (or "c++"); "tests": [{"stdin",
// "stdout"}]; "compare":
// {"mode": tokens | exact | lines | float | unordered, "rel", "abs"}; "score":
// all | fraction; "limits": {"cpu_s", "wall_s", "memory_mb", "output_kb",
// "processes"}, each of one test. Other languages and kinds of tests are
// refused in this version, by name. A compile has limits of its own
// (sandbox/language.h).
//
// Outcomes: `correct` where every test passed; with "all" the first that did
// not decides, and the rest do not run; with "fraction" `partial` where some
// passed. A test that broke the jail's policy makes it a `violation`, one that
// we could not run `not_judged`. A program that does not compile is `wrong`,
// one that takes too long to a `timeout`; then `detail` holds "compile":
// {"verdict": CE CTLE SV IE, "diagnostics"} and no tests. Else `detail` holds
// "reason", "passed", "total", "test" (the index of the one that decided) and
// "tests": [{"verdict": AC WA RE TLE ILE OLE SV IE, "exit_code" or "signal" of
// an RE}]. It never holds what a test expects, nor times.

#ifndef REWARDS_CODE_CHECKER_H_
#define REWARDS_CODE_CHECKER_H_

#include <cstddef>
#include <memory>

#include "rewards/checker.h"
#include "rewards/code/judge.h"

namespace rewards {

// Tests listed in `detail`.
inline constexpr std::size_t kMaxTestsListed = 100;
// Bytes of a compiler's diagnostics in `detail`.
inline constexpr std::size_t kMaxDiagnosticBytes = 4096;

// Without a judge (null) every submission is `not_judged`.
[[nodiscard]] std::unique_ptr<const Checker> MakeCodeChecker(
    std::shared_ptr<const code::Judge> judge);

}  // namespace rewards

#endif  // REWARDS_CODE_CHECKER_H_
