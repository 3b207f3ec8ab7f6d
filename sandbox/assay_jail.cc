// assay-jail: runs one program in a jail, for as long as it likes, with the
// standard streams that it was given. See assay-jail --help.

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <charconv>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sandbox/resident.h"

namespace sandbox {
namespace {

// As env, nice and timeout have them.
constexpr int kExitOurs = 125;
constexpr int kExitNotExecuted = 126;
constexpr int kExitNotFound = 127;

constexpr const char* kHelp =
    "usage: assay-jail [--ro DIR]... [--memory SIZE] [--processes N] --\n"
    "                  PROGRAM [ARGUMENT]...\n"
    "\n"
    "Runs PROGRAM (an absolute path) in a jail: no network, no capability, a\n"
    "filter on system calls, and of the host's files the system's and each "
    "DIR,\n"
    "read only. It has the standard streams of assay-jail and dies with it "
    "and\n"
    "with its parent.\n"
    "\n"
    "  --ro DIR        a further folder to read, at the same place inside\n"
    "  --memory SIZE   memory of one process, 16M to 64G (512M)\n"
    "  --processes N   processes at once, 1 to 256 (1: it cannot fork)\n"
    "\n"
    "Exit: as PROGRAM ends, by its code or its signal; 125 there is no jail\n"
    "(never a weaker one), 126 PROGRAM cannot be executed, 127 there is "
    "none.\n";

int Complain(const std::string& what, int code) {
  std::cerr << "assay-jail: " << what << "\n";
  return code;
}

template <typename Number>
std::optional<Number> Parse(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

// "512M" in bytes; none where it is no size, or more than fits.
std::optional<std::int64_t> ParseSize(std::string_view text) {
  constexpr std::string_view kUnits = "KMG";
  int shift = 0;
  if (!text.empty() && kUnits.find(text.back()) != std::string_view::npos) {
    shift = 10 * (static_cast<int>(kUnits.find(text.back())) + 1);
    text.remove_suffix(1);
  }
  const auto number = Parse<std::int64_t>(text);
  constexpr std::int64_t kMost = std::int64_t{1} << 33;
  if (!number || *number < 0 || (shift != 0 && *number > kMost)) {
    return std::nullopt;
  }
  return *number << shift;
}

// Reads the command line. Returns the exit code where that is all.
std::optional<int> ReadCommandLine(int argc, char** argv,
                                   ResidentProgram& program) {
  constexpr option kOptions[] = {{"ro", required_argument, nullptr, 'r'},
                                 {"memory", required_argument, nullptr, 'm'},
                                 {"processes", required_argument, nullptr, 'p'},
                                 {"help", no_argument, nullptr, 'h'},
                                 {nullptr, 0, nullptr, 0}};
  for (int read = 0;
       (read = getopt_long(argc, argv, "+h", kOptions, nullptr)) != -1;) {
    if (read == 'r') {
      program.folders.emplace_back(optarg);
    } else if (read == 'm') {
      const auto bytes = ParseSize(optarg);
      if (!bytes) return Complain("--memory wants a size as 512M", kExitOurs);
      program.memory_bytes = *bytes;
    } else if (read == 'p') {
      const auto processes = Parse<int>(optarg);
      if (!processes) return Complain("--processes wants a number", kExitOurs);
      program.processes = *processes;
    } else if (read == 'h') {
      std::cout << kHelp;
      return 0;
    } else {
      return kExitOurs;  // getopt has said why
    }
  }
  program.argv.assign(argv + optind, argv + argc);
  if (program.argv.empty()) {
    return Complain("no program; assay-jail --help", kExitOurs);
  }
  return std::nullopt;
}

// A descriptor that can be read once this process is told to end, by a signal
// or by the end of its parent: there is a jail to clear away first.
int StopSignals() {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  sigprocmask(SIG_BLOCK, &set, nullptr);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

[[noreturn]] void DieOf(int number) {
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  raise(number);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  _exit(128 + number);  // a signal that does not end a process
}

int Main(int argc, char** argv) {
  ResidentProgram program;
  if (const auto code = ReadCommandLine(argc, argv, program)) return *code;
  const int stop = StopSignals();
  if (stop < 0) return Complain("signalfd failed", kExitOurs);
  const ResidentEnd end = RunResident(program, stop);
  switch (end.kind) {
    case ResidentEnd::Kind::kNoJail:
      return Complain("no jail: " + end.problem, kExitOurs);
    case ResidentEnd::Kind::kNotExecuted:
      return Complain(program.argv[0] + ": " + end.problem, kExitNotExecuted);
    case ResidentEnd::Kind::kNotFound:
      return Complain(program.argv[0] + ": " + end.problem, kExitNotFound);
    case ResidentEnd::Kind::kExited:
      return end.code;
    case ResidentEnd::Kind::kStopped:
      DieOf(SIGTERM);
    case ResidentEnd::Kind::kSignalled:
      if (end.code == SIGSYS) Complain("the program broke the policy", 0);
      DieOf(end.code);
  }
  return kExitOurs;
}

}  // namespace
}  // namespace sandbox

int main(int argc, char** argv) { return sandbox::Main(argc, argv); }
