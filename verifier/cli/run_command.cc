#include "verifier/cli/run_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verifier/cli/command_line.h"
#include "verifier/cli/config/load.h"
#include "verifier/cli/config_command.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/read_file.h"
#include "verifier/cli/run_report.h"
#include "verifier/cli/units.h"
#include "verifier/engine/built_in.h"
#include "verifier/engine/execute.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kMostSource = std::size_t{16} << 20;
constexpr std::size_t kMostInput = std::size_t{256} << 20;

struct RunOptions {
  std::string file{};
  std::vector<std::string> args{};
  std::string language{};
  std::vector<std::string> files{};   // NAME=PATH
  std::vector<std::string> wanted{};  // NAME or NAME=PATH
  std::vector<std::string> config{};
  engine::RunLimits limits{};
  bool json = false;
  bool quiet = false;
};

// Of "NAME=PATH"; PATH is NAME where it is left out.
struct NamedPath {
  std::string name{};
  std::string path{};
};

NamedPath SplitName(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {text, text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

int UnknownLanguage(const std::string& name) {
  const auto names = engine::LanguageNames();
  const std::string_view near = protocol::NearestName(name, names);
  std::string known;
  for (const std::string_view one : names) {
    known += (known.empty() ? "; there is " : ", ") + std::string(one);
  }
  Complain(
      "unknown language " + Printable(name, 60) +
      (near.empty() ? known : "; did you mean " + std::string(near) + "?"));
  return kExitUsage;
}

// Reads `path` into a file of the program; says why it cannot.
bool AddFile(engine::Execution& execution, std::string name,
             const std::string& path) {
  std::string error;
  auto content = ReadFile(path, kMostSource, error);
  if (!content) {
    Complain("cannot read " + Printable(path, 200) + ": " + error);
    return false;
  }
  execution.files.push_back(
      {.name = std::move(name), .content = *std::move(content)});
  return true;
}

// Reads what the options name. Returns the exit code of what is wrong.
int Collect(const RunOptions& options, engine::Execution& execution) {
  if (!AddFile(execution, execution.language->main, options.file)) {
    return kExitUsage;
  }
  for (const std::string& one : options.files) {
    NamedPath file = SplitName(one);
    if (!AddFile(execution, std::move(file.name), file.path)) return kExitUsage;
  }
  if (options.wanted.size() > engine::kMaxWanted) {
    Complain(fmt::format("--want: at most {} files", engine::kMaxWanted));
    return kExitUsage;
  }
  for (const std::string& one : options.wanted) {
    execution.wanted.push_back(SplitName(one).name);
    if (engine::IsFileName(execution.wanted.back())) continue;
    Complain("--want: a file name has 1 to 255 bytes and no slash");
    return kExitUsage;
  }
  const std::string problem =
      engine::SourceProblem(*execution.language, execution.files);
  if (!problem.empty()) Complain("--file: " + problem);
  if (!problem.empty()) return kExitUsage;
  // A terminal nobody types at is no input.
  if (options.file == "-" || IsTerminal(STDIN_FILENO)) return kExitOk;
  std::string error;
  auto input = ReadFile("-", kMostInput, error);
  if (!input) Complain("cannot read <stdin>: " + error);
  if (!input) return kExitBadInput;
  execution.input = *std::move(input);
  return kExitOk;
}

// What runs it: its languages and its jail are those of --config; one program
// has no use for what is kept for others. Returns the exit code of what is
// wrong.
int Configure(const RunOptions& options, engine::BuiltInOptions& built_in) {
  if (!options.config.empty()) {
    config::Sources sources;
    sources.files = options.config;
    sources.variables = config::AssayVariables();
    const auto loaded = config::Load(sources);
    if (!loaded) return ConfigError(loaded.error());
    const engine::BuiltInOptions all = config::ToBuiltIn(loaded->settings);
    built_in.require = all.require;
    built_in.languages = all.languages;
  }
  built_in.compiles = {.compile_cache_bytes = 0, .precompiles = false};
  return kExitOk;
}

int RunRun(const RunOptions& options, const CLI::App& command) {
  if (options.file == "-" && IsTerminal(STDIN_FILENO)) {
    return UsageWithHelp(command, "no program: name a FILE, or pipe one in");
  }
  engine::BuiltInOptions configured;
  const int bad = Configure(options, configured);
  if (bad != kExitOk) return bad;
  const engine::BuiltIn built_in = engine::MakeBuiltIn(configured);
  engine::Execution execution;
  execution.language = engine::FindLanguage(options.language);
  if (execution.language == nullptr) return UnknownLanguage(options.language);
  execution.args = options.args;
  execution.limits = options.limits;
  const int wrong = Collect(options, execution);
  if (wrong != kExitOk) return wrong;
  protocol::ExecuteResult result =
      engine::Execute(built_in.runner.get(), std::move(execution), nullptr);
  if (built_in.runner == nullptr) result.failure = built_in.jail_problem;
  if (options.json) {
    return Print(protocol::ExecuteResponseText(result) + "\n",
                 RunExitCode(result));
  }
  std::vector<std::string> paths;
  for (const std::string& one : options.wanted) {
    paths.push_back(SplitName(one).path);
  }
  return ReportRun(result, paths, options.quiet);
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

void AddLimits(CLI::App& command, engine::RunLimits& limits) {
  const engine::RunLimits& least = engine::kLeastLimits;
  const engine::RunLimits& most = engine::kMostLimits;
  AddUnitOption(command, "--cpu", limits.cpu, least.cpu, most.cpu,
                ParseDuration, "processor time, 1ms to 10m (5s)");
  AddUnitOption(command, "--wall", limits.wall, least.wall, most.wall,
                ParseDuration, "time on the clock, 1ms to 20m (10s)");
  AddUnitOption(command, "--memory", limits.memory_bytes, least.memory_bytes,
                most.memory_bytes, ParseBytes,
                "memory of a process, 16M to 64G (512M)");
  AddUnitOption(command, "--output", limits.output_bytes, least.output_bytes,
                most.output_bytes, ParseBytes,
                "bytes of each output stream, 1B to 256M (8M)");
  command
      .add_option("--processes", limits.processes,
                  "processes at once, 1 to 256 (1)")
      ->check(CLI::Range(least.processes, most.processes))
      ->type_name("N");
  AddUnitOption(command, "--returned", limits.returned_bytes,
                least.returned_bytes, most.returned_bytes, ParseBytes,
                "bytes of all --want files, 1B to 256M (16M)");
}

void AddFiles(CLI::App& command, RunOptions& options) {
  command
      .add_option("--file", options.files,
                  "another file for its working directory")
      ->type_name("NAME=PATH")
      ->allow_extra_args(false);
  command
      .add_option("--want", options.wanted,
                  "a file of its working directory to bring back, at most 64; "
                  "written to PATH, or here")
      ->type_name("NAME[=PATH]")
      ->allow_extra_args(false);
}

}  // namespace

void AddRunCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      app.add_subcommand("run", "Run one untrusted program in the jail");
  command->add_option("FILE", options->file, "the program, or - for stdin")
      ->required();
  command->add_option("ARGS", options->args, "after --: its arguments");
  command->add_option("--language", options->language, "e.g. python or cpp")
      ->required()
      ->type_name("NAME");
  AddConfigOption(*command, options->config);
  AddLimits(*command, options->limits);
  AddFiles(*command, *options);
  command->add_flag("--json", options->json,
                    "print one object, as POST /v1/execute answers");
  command->add_flag("-q,--quiet", options->quiet, "do not say how it ended");
  command->footer(
      "The program's output is passed on. Exit: 0 it exited 0, 1 it did not, "
      "or does\nnot compile, 5 it could not be run.\n\n"
      "Examples:\n"
      "  assay run --language python solution.py < input.txt\n"
      "  echo 'print(6 * 7)' | assay run --language python --cpu 500ms -\n"
      "  assay run --language cpp --want out.txt --json solution.cc -- 7\n");
  command->callback([options, command, &exit_code] {
    exit_code = RunRun(*options, *command);
  });
}

}  // namespace verifier::cli
