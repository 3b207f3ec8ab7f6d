// RunLimits: what one run may use. A plain value; any thread.
//
// Which limit fires first: `cpu` for a busy program, `wall` for one that waits,
// `output` for one that talks. Memory of one process has no ending of its own:
// an allocation over the limit fails inside the program. At L3 all processes
// and files of a run together have one (control_groups.h); below it, a program
// that gets around the limit has.

#ifndef SANDBOX_LIMITS_H_
#define SANDBOX_LIMITS_H_

#include <chrono>
#include <cstdint>
#include <string_view>

namespace sandbox {

inline constexpr std::int64_t kKiB = 1024;
inline constexpr std::int64_t kMiB = 1024 * kKiB;

struct RunLimits {
  // Processor time of the program, all threads; at L3 of all processes. 1 ms to
  // 10 min.
  std::chrono::microseconds cpu = std::chrono::seconds(5);

  // Time on the clock, from the start of the program (not of its jail). 1 ms to
  // 20 min.
  std::chrono::microseconds wall = std::chrono::seconds(10);

  // Private writable memory of one process (RLIMIT_DATA), and at L3, with
  // kGroupSlackBytes more, of all of the run with its files. Below L3 a program
  // that gets around it is ended if it has these and kStackBytes more. 16 MiB
  // to 64 GiB.
  std::int64_t memory_bytes = 512 * kMiB;

  // Bytes kept of standard output, and of standard error; one more ends the
  // run. 1 B to 256 MiB.
  std::int64_t output_bytes = 8 * kMiB;

  // Size of one file, of all of /w, and of all of /tmp. 4 KiB to 4 GiB.
  std::int64_t file_bytes = 64 * kMiB;

  // Bytes of all files that come back (Program::wanted). 1 B to 256 MiB.
  std::int64_t returned_bytes = 16 * kMiB;

  // Processes at once. 1 (the default) means that fork is denied and the
  // processor time is exact; more allows fork, and then time spent in children
  // that nobody waits for is only bounded by `wall` below L3. 1 to 256.
  int processes = 1;

  friend bool operator==(const RunLimits&, const RunLimits&) = default;
};

inline constexpr RunLimits kLeastLimits = {
    .cpu = std::chrono::milliseconds(1),
    .wall = std::chrono::milliseconds(1),
    .memory_bytes = 16 * kMiB,
    .output_bytes = 1,
    .file_bytes = 4 * kKiB,
    .returned_bytes = 1,
    .processes = 1,
};

inline constexpr RunLimits kMostLimits = {
    .cpu = std::chrono::minutes(10),
    .wall = std::chrono::minutes(20),
    .memory_bytes = 64 * 1024 * kMiB,
    .output_bytes = 256 * kMiB,
    .file_bytes = 4 * 1024 * kMiB,
    .returned_bytes = 256 * kMiB,
    .processes = 256,
};

// The name of the first field outside [kLeastLimits, kMostLimits], or empty.
[[nodiscard]] constexpr std::string_view OutOfRange(const RunLimits& limits) {
  const auto outside = [&limits](auto field) {
    return limits.*field < kLeastLimits.*field ||
           limits.*field > kMostLimits.*field;
  };
  if (outside(&RunLimits::cpu)) return "cpu";
  if (outside(&RunLimits::wall)) return "wall";
  if (outside(&RunLimits::memory_bytes)) return "memory_bytes";
  if (outside(&RunLimits::output_bytes)) return "output_bytes";
  if (outside(&RunLimits::file_bytes)) return "file_bytes";
  if (outside(&RunLimits::returned_bytes)) return "returned_bytes";
  if (outside(&RunLimits::processes)) return "processes";
  return "";
}

// Above the number of processes, where a language does not say otherwise.
inline constexpr int kMaxThreads = 64;

// Limits that hold in every run and have no setting.
inline constexpr int kMaxOpenFiles = 128;  // descriptors of one process
inline constexpr int kMaxFiles = 4096;     // files in /w, and in /tmp
inline constexpr int kMaxWanted = 64;      // files that come back
inline constexpr int kMaxSignals = 128;    // queued signals and timers
inline constexpr std::int64_t kStackBytes = 64 * kMiB;  // of the main thread
// Address space above `memory_bytes`: bounds page tables and mapped files. A
// language may say otherwise.
inline constexpr std::int64_t kAddressSlackBytes = 4 * 1024 * kMiB;
// Processes of a slot beside the program: its keeper, its agent, a stub init,
// and three interpreters that have started.
inline constexpr int kSlotProcesses = 6;
// Building a jail may take this long before it is a failure of ours.
inline constexpr std::chrono::seconds kSetUpTime{10};

}  // namespace sandbox

#endif  // SANDBOX_LIMITS_H_
