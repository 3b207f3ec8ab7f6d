// Mathematics with one final answer, in the published formats that differ in
// the names of their members only: JSON lines, or one JSON array. Thread-safe;
// blocks on the disk. (GSM8K and MATH have readers of their own.)

#ifndef DATASETS_SUITES_MATH_SUITES_H_
#define DATASETS_SUITES_MATH_SUITES_H_

#include <string>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/problem.h"

namespace datasets {

// All read all of `path`. A gold that was published as a number is its text
// ("27" for 27.0). An error names the first bad line.
//
// AIME, AMC, CNMO: `problem`, `answer`.
[[nodiscard]] FileResult<std::vector<Problem>> ReadContest(
    const std::string& path);

// Minerva (OCW courses): `problem`, and the last \boxed of `solution`.
[[nodiscard]] FileResult<std::vector<Problem>> ReadMinerva(
    const std::string& path);

// `Body`, `Question`, `Answer`.
[[nodiscard]] FileResult<std::vector<Problem>> ReadSvamp(
    const std::string& path);

// `input`, `target`.
[[nodiscard]] FileResult<std::vector<Problem>> ReadMawps(
    const std::string& path);

// `question`, `answer`, `grade`.
[[nodiscard]] FileResult<std::vector<Problem>> ReadCmath(
    const std::string& path);

// Gaokao, fill in the blanks: `question`, `answer`. Several blanks are
// published as "2;3", and are read as the list "2, 3".
[[nodiscard]] FileResult<std::vector<Problem>> ReadGaokaoCloze(
    const std::string& path);

}  // namespace datasets

#endif  // DATASETS_SUITES_MATH_SUITES_H_
