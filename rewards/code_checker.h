// CodeChecker: does the program in the answer pass the tests? Extraction is
// described in code/extract.h, comparison in code/compare.h. Immutable; any
// thread may use it.
//
// Parameters: "language": a name of sandbox/language.h; "tests"
// (code_test_params.h); "compare" (code_compare_params.h); "score": all |
// fraction; "stop": first_failure (the default of "all") | never (of
// "fraction"); "limits":
// {"cpu_s", "wall_s", "memory_mb", "output_kb", "processes"}, each of one test;
// "files": [{"name", "content"}] that lie beside the program (text, no
// folders); "entry": the name of the program's own file (default the
// language's, e.g. main.py); "measures": false | true; "allow_in_process":
// false | true: assertions and harnesses run in the program's own process,
// where they prove nothing, and the evidence of the verdict is "in_process". A
// compile has limits of its own (sandbox/language.h).
//
// Outcomes: `correct` where every test passed; with "fraction" `partial` where
// some did, and tests that did not run count as not passed. Else the first test
// that was not passed decides, where one that was not judged comes last with
// "all" and first with "fraction", and one that broke the jail's policy makes a
// `violation` in any case. A program that does not compile is `wrong`, one that
// takes too long to a `timeout`; then `detail` holds "compile": {"verdict": CE
// CTLE SV IE, "diagnostics"} and no tests.
//
// Else `detail` holds "reason", "passed", "total", "test" (the index of the one
// that decided), "failure" where it was not judged, and "tests": [{"verdict":
// AC WA PE RE TLE ILE MLE OLE SV JF IE, "exit_code" or "signal" of an RE or
// MLE, "stdout_truncated", "reason"}]. It never holds what a test expects. Nor
// does it hold times or memory, which differ from run to run: equal requests
// give equal results. They are there where "measures" asks for them, as
// "cpu_ms", "wall_ms" and "memory_kb" (peak resident) of each test.

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

// What is wrong with `language` by itself, "KEY: what", or empty.
[[nodiscard]] std::string CodeLanguageProblem(
    const sandbox::Language& language);

}  // namespace rewards

#endif  // REWARDS_CODE_CHECKER_H_
