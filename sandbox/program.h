// Program: what to run. A plain value; any thread.

#ifndef SANDBOX_PROGRAM_H_
#define SANDBOX_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/limits.h"

namespace sandbox {

// A file that lies in /w, the working directory, when the program starts.
struct ProgramFile {
  std::string name{};  // 1 to 255 bytes, no slash, not "." or ".."
  std::string content{};
  bool executable = false;
};

// Of the contents of `files`.
[[nodiscard]] inline std::int64_t TotalBytes(
    const std::vector<ProgramFile>& files) {
  std::size_t total = 0;
  for (const ProgramFile& file : files) total += file.content.size();
  return static_cast<std::int64_t>(total);
}

// What ProgramFile says of a name.
[[nodiscard]] inline bool IsFileName(std::string_view name) {
  constexpr std::size_t kMaxFileName = 255;
  return !name.empty() && name.size() <= kMaxFileName && name != "." &&
         name != ".." && name.find('/') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

// What the run time of a language takes beside the program that runs on it.
struct RuntimeNeeds {
  // On top of RunLimits::memory_bytes. Up to 64 GiB.
  std::int64_t memory_bytes = 0;
  // Address space on top of all memory; much of it is never touched. 1 MiB to
  // 1 TiB.
  std::int64_t address_bytes = kAddressSlackBytes;
  // Threads above the number of processes. 1 to 1024.
  int threads = kMaxThreads;
  // Processes, where RunLimits::processes are fewer. 1 to 256.
  int processes = 1;

  friend bool operator==(const RuntimeNeeds&, const RuntimeNeeds&) = default;
};

// Holds the input of a program that opens it by the name /dev/stdin: nothing
// but a /proc leads from a name to a descriptor.
inline constexpr std::string_view kInputFile = ".stdin";

struct Program {
  // argv[0] is an absolute path inside the jail, e.g. "/usr/bin/python3". The
  // tree holds the host's /usr, read-only.
  std::vector<std::string> argv{};
  std::vector<ProgramFile> files{};
  // Standard input: a sealed file, so that nothing has to be written while the
  // program runs.
  std::string input{};
  // Runner::Run puts `input` into kInputFile, too.
  bool names_input = false;
  // Not -1: one end of a stream (a socketpair) that is standard input instead
  // of `input`, and with `answers_on_stream` standard output too. Borrowed
  // until Run returns. What is written there is in no RunResult and counts
  // against no limit: that is up to who holds the other end, who also has to
  // close it or to cancel the run if nobody reads it any more. A run with a
  // stream cannot be tried again (Runner::Run does not).
  int stream = -1;
  bool answers_on_stream = false;
  // Indices of those words of argv in which Runner::Run puts the limit of
  // memory for "{memory_mb}".
  std::vector<std::size_t> limit_words{};
  RuntimeNeeds needs{};
  // What RunCounts counts it as; "cpp-compile" is the compiler of C++.
  std::string language = "other";
  // Python or Node starts from nothing for this run, not as a fork of one that
  // had started before: its own addresses, and no module read that it did not
  // ask for. Costs what starting it costs.
  bool fresh_interpreter = false;
  // Names of files in /w that come back with the result; at most kMaxWanted.
  std::vector<std::string> wanted{};
};

// Python source as /w/main.py under /usr/bin/python3, by name: a python on the
// PATH may live where the jailed user cannot read.
[[nodiscard]] inline Program PythonProgram(std::string source,
                                           std::string input = {}) {
  Program program;
  program.argv = {"/usr/bin/python3", "main.py"};
  program.files.push_back({.name = "main.py", .content = std::move(source)});
  program.input = std::move(input);
  program.language = "python";
  return program;
}

}  // namespace sandbox

#endif  // SANDBOX_PROGRAM_H_
