// Reads the files of a program: [{"name", "content"}, ...]. No state; any
// thread.

#ifndef REWARDS_PROGRAM_FILES_PARAM_H_
#define REWARDS_PROGRAM_FILES_PARAM_H_

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "rewards/code/task.h"
#include "rewards/params.h"

namespace rewards {

// Bytes of all files of one program, and their number.
inline constexpr std::size_t kMaxProgramBytes = 4 << 20;
inline constexpr std::size_t kMaxProgramFiles = 32;

// What is wrong with a name that is `taken`.
inline constexpr const char* kNameIsTaken =
    "is taken: Assay puts a file of its own there";

// 1 to kMaxProgramFiles files of any name but those `taken`, of
// kMaxProgramBytes together, whatever SourceProblem says of them; or what is
// wrong, by a pointer below `value`.
[[nodiscard]] ParamResult<std::vector<sandbox::ProgramFile>> ProgramFilesOf(
    const boost::json::value& value, std::span<const std::string_view> taken);

// JSON Schema of what ProgramFilesOf reads.
[[nodiscard]] boost::json::object ProgramFilesSchema();

}  // namespace rewards

#endif  // REWARDS_PROGRAM_FILES_PARAM_H_
