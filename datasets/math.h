// MATH in its published forms: JSON lines, plain or gzip, with `problem` and
// `solution` and, in MATH-500, `answer`; or one JSON array of objects with
// `problem` and `answer`. Thread-safe; blocks on the disk.

#ifndef DATASETS_MATH_H_
#define DATASETS_MATH_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/problem.h"

namespace datasets {

// Reads all of `path`. The gold is `answer` where the record has one, else the
// content of the last \boxed of `solution`. Four problems of the published
// training file have no answer (null or ""): their gold is empty. An error
// names the first bad line; in an array, the line stays 0 and the text names
// the element.
[[nodiscard]] FileResult<std::vector<Problem>> ReadMath(
    const std::string& path);

// What the last \boxed or \fbox in `solution` holds: between its braces, or the
// one character after "\boxed ". Nothing where there is none or it is not
// closed.
[[nodiscard]] std::optional<std::string_view> LastBoxed(
    std::string_view solution);

}  // namespace datasets

#endif  // DATASETS_MATH_H_
