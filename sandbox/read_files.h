// ReadFiles: what a run left in its working directory. Any thread.
//
// The names and everything behind them were made by an attacker. So they are
// looked up below a descriptor of /w that was taken before the program ran,
// through no link and onto no other mount, and only after the last process of
// the run is gone: nothing moves while we look.

#ifndef SANDBOX_READ_FILES_H_
#define SANDBOX_READ_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/run_result.h"

namespace sandbox {

// Returns one file for each of `names`, in their order. Regular files of one
// name that their owner may read come back, up to `most_bytes` together. Where
// `folder` is negative each is State::kUnread. Never blocks on a pipe or a
// device. Requires: IsFileName of each name.
[[nodiscard]] std::vector<ReturnedFile> ReadFiles(
    int folder, const std::vector<std::string>& names, std::int64_t most_bytes);

}  // namespace sandbox

#endif  // SANDBOX_READ_FILES_H_
