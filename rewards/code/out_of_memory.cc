#include "rewards/code/out_of_memory.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rewards::code {
namespace {

// How the line begins: Python, C++ (two exceptions of its library), JavaScript,
// Java, Go, Rust.
constexpr std::array<std::string_view, 7> kNotices = {
    "MemoryError",
    "  what():  std::bad_alloc",
    "  what():  std::bad_array_new_length",
    "FATAL ERROR: Reached heap limit",
    "Exception in thread \"main\" java.lang.OutOfMemoryError",
    "fatal error: runtime: out of memory",
    "memory allocation of ",
};

bool SaysSo(std::string_view errors) {
  while (!errors.empty()) {
    const std::size_t end = std::min(errors.find('\n'), errors.size());
    const std::string_view line = errors.substr(0, end);
    const auto begins = [line](auto notice) {
      return line.starts_with(notice);
    };
    if (std::any_of(kNotices.begin(), kNotices.end(), begins)) return true;
    errors.remove_prefix(std::min(end + 1, errors.size()));
  }
  return false;
}

}  // namespace

bool RanOutOfMemory(const sandbox::RunResult& run,
                    const sandbox::RunLimits& limits) {
  const bool failed =
      run.ending == sandbox::Ending::kSignalled ||
      (run.ending == sandbox::Ending::kExited && run.exit_code != 0);
  if (!failed) return false;
  const double peak = static_cast<double>(run.max_rss_kb) * sandbox::kKiB;
  return peak >= kMemoryShare * static_cast<double>(limits.memory_bytes) ||
         SaysSo(run.err);
}

}  // namespace rewards::code
