// RunResult: how one run ended. A plain value; any thread.

#ifndef SANDBOX_RUN_RESULT_H_
#define SANDBOX_RUN_RESULT_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

enum class Ending {
  kFailed,       // our failure: the program did not run, or we lost it
  kExited,       // `exit_code` holds
  kSignalled,    // `signal` holds
  kCpuLimit,     // killed: RunLimits::cpu
  kWallLimit,    // killed: RunLimits::wall
  kOutputLimit,  // killed: one byte more than RunLimits::output_bytes
  // Killed: all of the run together took more memory (L3), or the program had
  // far more than RunLimits::memory_bytes (below).
  kMemoryLimit,
  kViolation,  // killed: a system call that only an attack makes
};

// Stable lower-case name, e.g. "cpu_limit".
[[nodiscard]] std::string_view EndingName(Ending ending) noexcept;

// A file that was asked for (Program::wanted).
struct ReturnedFile {
  enum class State {
    kUnread,      // our failure: nobody looked
    kReturned,    // `content` is what it held when the run had ended
    kMissing,     // there is none of that name
    kNotRegular,  // a folder, a link, a pipe, a socket
    kLinked,      // it has another name too
    kUnreadable,  // its owner may not read it
    kTooLarge,    // over what RunLimits::returned_bytes leaves
  };
  State state = State::kUnread;
  std::string name{};
  std::string content{};  // untrusted bytes
};

// A sentence about a file that did not come back, e.g. "not a regular file";
// empty for kReturned.
[[nodiscard]] std::string_view FileProblem(ReturnedFile::State state) noexcept;

struct RunResult {
  // A default RunResult is a failure of ours, never an answer.
  Ending ending = Ending::kFailed;
  int exit_code = 0;
  int signal = 0;
  // kFailed: what went wrong, e.g. "mount /usr: Permission denied".
  std::string failure{};
  // kFailed: all was ready, and the kernel would not execute the program.
  bool refused_to_execute = false;

  std::chrono::microseconds cpu{0};   // of the program, measured outside it
  std::chrono::microseconds wall{0};  // from its start to its end
  // Peak resident memory as the kernel counts it. It cannot read lower than
  // what its process starts with: 1 MiB, and where Python is forked from one
  // that has started (zygote.h), what that has read.
  std::int64_t max_rss_kb = 0;

  // Untrusted bytes, at most RunLimits::output_bytes each.
  std::string out{};
  std::string err{};
  bool out_truncated = false;
  bool err_truncated = false;
  // One for each name of Program::wanted, in order, however the program ended.
  std::vector<ReturnedFile> files{};
};

// The ending in the letters of a judge that has nothing to compare with: "OK"
// (exit code 0), "RE", "TLE" (cpu), "ILE" (wall), "OLE", "MLE",
// "SV" or "IE".
[[nodiscard]] std::string_view RunVerdict(const RunResult& result) noexcept;

}  // namespace sandbox

#endif  // SANDBOX_RUN_RESULT_H_
