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

// HumanEval: `task_id`, `prompt`, `entry_point`, `test` (the harness).
[[nodiscard]] Tasks ReadHumanEval(const std::string& path);

// MBPP: `task_id`, `text`, `test_list`, `test_setup_code`; or sanitized MBPP:
// `prompt`, `test_list`, `test_imports`. The question ends with the tests, as
// its authors put it.
[[nodiscard]] Tasks ReadMbpp(const std::string& path);

// LiveCodeBench (code generation): `question_id`, `question_content`,
// `starter_code`, `public_test_cases`, `private_test_cases` (JSON text, or that
// packed), `metadata` (JSON text with `func_name` for tests of a function).
[[nodiscard]] Tasks ReadLiveCodeBench(const std::string& path);

}  // namespace datasets

#endif  // DATASETS_SUITES_CODE_SUITES_H_
