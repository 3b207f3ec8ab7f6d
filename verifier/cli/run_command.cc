#include "verifier/cli/run_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/read_file.h"
#include "verifier/cli/units.h"
#include "verifier/engine/run_program.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

using engine::Ending;

constexpr std::size_t kMostSource = std::size_t{16} << 20;
constexpr std::size_t kMostInput = std::size_t{256} << 20;

struct RunOptions {
  std::string file{};
  std::vector<std::string> args{};
  std::string language{};
  engine::RunLimits limits{};
  bool quiet = false;
};

// "exited 1", "killed: cpu_limit", with the figures.
std::string Ended(const engine::RunResult& result) {
  std::string how;
  if (result.ending == Ending::kExited) {
    how = fmt::format("exited {}", result.exit_code);
  } else if (result.ending == Ending::kSignalled) {
    how = fmt::format("died of signal {}", result.signal);
  } else {
    how = fmt::format("killed: {}", engine::EndingName(result.ending));
  }
  const auto milliseconds = [](std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
  };
  return fmt::format("{} (cpu {:.1f} ms, wall {:.1f} ms, memory {} KiB)", how,
                     milliseconds(result.cpu), milliseconds(result.wall),
                     result.max_rss_kb);
}

int Report(const RunOptions& options, const engine::RunResult& result) {
  if (result.ending == Ending::kFailed) {
    Complain("the program did not run: " + Printable(result.failure, 500));
    return kExitNotJudged;
  }
  Show(STDERR_FILENO, result.err);
  const bool good = result.ending == Ending::kExited && result.exit_code == 0;
  const int exit_code = Print(result.out, good ? kExitOk : kExitNegative);
  if (!options.quiet) {
    const bool cut = result.out_truncated || result.err_truncated;
    Complain(Ended(result) + (cut ? "; output was cut at --output" : ""));
  }
  return exit_code;
}

int RunRun(const RunOptions& options, const CLI::App& command) {
  const bool from_stdin = options.file == "-";
  if (from_stdin && IsTerminal(STDIN_FILENO)) {
    return UsageWithHelp(command, "no program: name a FILE, or pipe one in");
  }
  const auto languages = engine::ProgramLanguages();
  if (std::find(languages.begin(), languages.end(), options.language) ==
      languages.end()) {
    const std::string_view near =
        protocol::NearestName(options.language, languages);
    Complain("unknown language " + Printable(options.language, 60) +
             (near.empty() ? "; there is python"
                           : "; did you mean " + std::string(near) + "?"));
    return kExitUsage;
  }
  engine::ProgramToRun program;
  program.language = options.language;
  program.args = options.args;
  std::string error;
  const auto source = ReadFile(options.file, kMostSource, error);
  if (!source) {
    Complain("cannot read " + Printable(options.file, 200) + ": " + error);
    return kExitUsage;
  }
  program.source = *source;
  // A terminal nobody types at is no input.
  if (!from_stdin && !IsTerminal(STDIN_FILENO)) {
    const auto input = ReadFile("-", kMostInput, error);
    if (!input) {
      Complain("cannot read <stdin>: " + error);
      return kExitBadInput;
    }
    program.input = *input;
  }
  return Report(options, engine::RunProgram(program, options.limits));
}

// An option whose value `parse` (of units.h) turns into `target`, from `least`
// to `most`.
template <typename T, typename Parse>
void AddUnitOption(CLI::App& command, const std::string& name, T& target,
                   T least, T most, Parse parse, const std::string& help) {
  command
      .add_option_function<std::string>(
          name,
          [&target, name, least, most, parse](const std::string& text) {
            const auto parsed = parse(text);
            if (!parsed) {
              throw CLI::ValidationError(name, parsed.error().detail);
            }
            if (*parsed < least || *parsed > most) {
              throw CLI::ValidationError(name, text + " is out of range");
            }
            target = *parsed;
          },
          help)
      ->type_name("");
}

}  // namespace

void AddRunCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      app.add_subcommand("run", "Run one untrusted program in the jail");
  command->add_option("FILE", options->file, "the program, or - for stdin")
      ->required();
  command->add_option("ARGS", options->args, "after --: its arguments");
  command->add_option("--language", options->language, "python")
      ->required()
      ->type_name("NAME");
  const engine::RunLimits& least = engine::kLeastLimits;
  const engine::RunLimits& most = engine::kMostLimits;
  engine::RunLimits& limits = options->limits;
  AddUnitOption(*command, "--cpu", limits.cpu, least.cpu, most.cpu,
                ParseDuration, "processor time, 1ms to 10m (5s)");
  AddUnitOption(*command, "--wall", limits.wall, least.wall, most.wall,
                ParseDuration, "time on the clock, 1ms to 20m (10s)");
  AddUnitOption(*command, "--memory", limits.memory_bytes, least.memory_bytes,
                most.memory_bytes, ParseBytes,
                "memory of a process, 16M to 64G (512M)");
  AddUnitOption(*command, "--output", limits.output_bytes, least.output_bytes,
                most.output_bytes, ParseBytes,
                "bytes of each output stream, 1B to 256M (8M)");
  command
      ->add_option("--processes", limits.processes,
                   "processes at once, 1 to 256 (1)")
      ->check(CLI::Range(least.processes, most.processes))
      ->type_name("N");
  command->add_flag("-q,--quiet", options->quiet, "do not say how it ended");
  command->footer(
      "The program's output is passed on. Exit: 0 it exited 0, 1 it did not, 5 "
      "it could\nnot be run.\n\n"
      "Examples:\n"
      "  assay run --language python solution.py < input.txt\n"
      "  echo 'print(6 * 7)' | assay run --language python --cpu 500ms -\n");
  command->callback([options, command, &exit_code] {
    exit_code = RunRun(*options, *command);
  });
}

}  // namespace verifier::cli
