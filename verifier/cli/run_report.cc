#include "verifier/cli/run_report.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>

#include "verifier/cli/command_line.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/result_writer.h"

namespace verifier::cli {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKilled{
    {{"TLE", "cpu_limit"},
     {"ILE", "wall_limit"},
     {"OLE", "output_limit"},
     {"MLE", "memory_limit"},
     {"SV", "violation"}}};

std::string How(const protocol::ExecuteResult& result) {
  for (const auto& [verdict, limit] : kKilled) {
    if (result.verdict == verdict) return fmt::format("killed: {}", limit);
  }
  if (result.run->signal) {
    return fmt::format("died of signal {}", *result.run->signal);
  }
  return fmt::format("exited {}", result.run->exit_code.value_or(0));
}

// "exited 1", "killed: cpu_limit", with the figures.
std::string Ended(const protocol::ExecuteResult& result) {
  return fmt::format("{} (cpu {:.1f} ms, wall {:.1f} ms, memory {} KiB)",
                     How(result), result.run->cpu_ms, result.run->wall_ms,
                     result.run->memory_kb);
}

int ReportNoRun(const protocol::ExecuteResult& result) {
  if (result.verdict == "IE") {
    Complain("the program did not run: " + Printable(result.failure, 500));
    return kExitNotJudged;
  }
  if (result.compile) Show(STDERR_FILENO, result.compile->err);
  Complain(result.verdict == "CTLE" ? "takes too long to compile"
                                    : "does not compile");
  return kExitNegative;
}

// The exit code: of the first thing that went wrong.
int WriteFiles(const std::vector<protocol::WantedFile>& files,
               const std::vector<std::string>& paths) {
  int exit_code = kExitOk;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i].problem.empty()) {
      Complain(Printable(files[i].name, 200) + ": " + files[i].problem);
      if (exit_code == kExitOk) exit_code = kExitNegative;
      continue;
    }
    ResultWriter writer(paths[i]);
    if (writer.error() == 0 && writer.WriteBytes(files[i].content) &&
        writer.Commit()) {
      continue;
    }
    Complain("cannot write " + Printable(paths[i], 200) + ": " +
             std::strerror(writer.error()));
    exit_code = kExitResources;
  }
  return exit_code;
}

}  // namespace

int RunExitCode(const protocol::ExecuteResult& result) {
  if (result.verdict == "IE") return kExitNotJudged;
  return result.verdict == "OK" ? kExitOk : kExitNegative;
}

int ReportRun(const protocol::ExecuteResult& result,
              const std::vector<std::string>& paths, bool quiet) {
  if (!result.run) return ReportNoRun(result);
  Show(STDERR_FILENO, result.run->err);
  int exit_code = Print(result.run->out, RunExitCode(result));
  const int written = WriteFiles(result.files, paths);
  if (exit_code == kExitOk) exit_code = written;
  if (!quiet) {
    const bool cut = result.run->truncated;
    Complain(Ended(result) + (cut ? "; output was cut at --output" : ""));
  }
  return exit_code;
}

}  // namespace verifier::cli
