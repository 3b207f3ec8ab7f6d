// Programs to write, in their published formats, as Tasks whose check `code`
// holds the published tests. Thread-safe; blocks on the disk. An error names
// the first bad line.

#ifndef DATASETS_SUITES_CODE_SUITES_H_
#define DATASETS_SUITES_CODE_SUITES_H_

#include <string>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/task.h"

namespace datasets {

using Tasks = FileResult<std::vector<Task>>;

// HumanEval: `task_id`, `prompt`, `entry_point`, `test` (the harness, put
// behind the functions that the prompt defines before the one it asks for).
[[nodiscard]] Tasks ReadHumanEval(const std::string& path);

// HumanEval-X in Python: `task_id`, `prompt`, `test` (a harness that ends with
// the call of its check, which is taken off: its argument is the entry point).
[[nodiscard]] Tasks ReadHumanEvalX(const std::string& path);

// HumanEval in other languages, as MultiPL-E has it: `name`, `language`,
// `prompt`, `stop_tokens`, `tests`, whose assertions become calls with what
// they return (code_literal.h). A problem of which anything else asserts is
// left out, and its name added to `left_out`, unless that is null.
[[nodiscard]] Tasks ReadMultiPlE(const std::string& path,
                                 std::vector<std::string>* left_out = nullptr);

// MBPP: `task_id`, `text`, `test_list`, `test_setup_code`; or sanitized MBPP:
// `prompt`, `test_list`, `test_imports`. The question ends with the tests, as
// its authors put it.
[[nodiscard]] Tasks ReadMbpp(const std::string& path);

// APPS: `problem_id`, `question`, `input_output` (JSON text, or an object, with
// `inputs`, `outputs`, and `fn_name` for tests of a function), `starter_code`;
// TACO: the same with `time_limit` and `memory_limit`, as "2.0 seconds" and
// "256.0 megabytes". What a function returns is taken out of a list around it
// where every test has one. A problem without a test is left out.
[[nodiscard]] Tasks ReadApps(const std::string& path);

// CodeContests: `name`, `description`, `public_tests`, `private_tests`,
// `generated_tests` (each `input` and `output`, lists), `time_limit`
// (`seconds`, `nanos`), `memory_limit_bytes`. A problem that reads or writes
// files, or has no test, is left out. The check asks for Python; its limits are
// as published, for all languages alike.
[[nodiscard]] Tasks ReadCodeContests(const std::string& path);

// LiveCodeBench (code generation): `question_id`, `question_content`,
// `starter_code`, `public_test_cases`, `private_test_cases` (JSON text, or that
// packed), `metadata` (JSON text with `func_name` for tests of a function).
[[nodiscard]] Tasks ReadLiveCodeBench(const std::string& path);

}  // namespace datasets

#endif  // DATASETS_SUITES_CODE_SUITES_H_
