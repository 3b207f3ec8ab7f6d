// GSM8K as published: JSON lines with `question` and `answer`, where the answer
// is a worked solution that ends in "#### N". Thread-safe; blocks on the disk.

#ifndef DATASETS_GSM8K_H_
#define DATASETS_GSM8K_H_

#include <string>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/problem.h"

namespace datasets {

// Reads all of `path`. The gold is what follows the last "####", with its
// commas
// ("2,125"); blank lines are skipped. An error names the first bad line.
[[nodiscard]] FileResult<std::vector<Problem>> ReadGsm8k(
    const std::string& path);

}  // namespace datasets

#endif  // DATASETS_GSM8K_H_
