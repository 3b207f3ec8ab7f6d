#include "sandbox/runner.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace sandbox {
namespace {

// "g++" of "/usr/bin/g++".
std::string BaseName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Build FailedBuild(std::string failure) {
  Build build;
  build.failure = std::move(failure);
  return build;
}

constexpr std::string_view kMemoryWord = "{memory_mb}";

// Does one of them say that it opens its input by name?
bool NamesInput(const std::vector<ProgramFile>& files) {
  return std::any_of(files.begin(), files.end(), [](const ProgramFile& file) {
    return file.content.find("/dev/stdin") != std::string::npos;
  });
}

// The input of `program` as a file, where it has none of this name and there is
// room for it.
void PutInput(const RunLimits& limits, Program* program) {
  const auto bytes = static_cast<std::int64_t>(program->input.size());
  const bool fits = TotalBytes(program->files) + bytes <= limits.file_bytes / 2;
  const bool taken = std::any_of(
      program->files.begin(), program->files.end(),
      [](const ProgramFile& file) { return file.name == kInputFile; });
  if (!fits || taken) return;
  program->files.push_back(
      {.name = std::string(kInputFile), .content = program->input});
}

// What runs, without files.
Program Prepared(const Language& language,
                 const std::vector<ProgramFile>& files) {
  Program program;
  program.argv = CommandLine(language, language.run, files);
  for (std::size_t i = 0; i < language.run.size(); ++i) {
    if (language.run[i].find(kMemoryWord) != std::string::npos) {
      program.limit_words.push_back(i);
    }
  }
  program.needs = language.needs;
  program.language = language.name();
  program.names_input = NamesInput(files);
  return program;
}

void PutLimits(const RunLimits& limits, Program* program) {
  for (const std::size_t index : program->limit_words) {
    std::string& word = program->argv.at(index);
    const std::size_t at = word.find(kMemoryWord);
    if (at == std::string::npos) continue;
    word.replace(at, kMemoryWord.size(),
                 std::to_string(limits.memory_bytes / kMiB));
  }
}

Program Compiler(const Language& language, std::vector<ProgramFile> files) {
  Program compiler;
  compiler.argv = CommandLine(language, language.compile, files);
  compiler.files = std::move(files);
  compiler.wanted = {std::string(kArtifact)};
  compiler.needs = language.compile_needs;
  compiler.language = language.counted_compile;
  return compiler;
}

// Puts what the compiler left, and those of `files` that are no sources, into
// the program.
void TakeArtifact(const Language& language, const std::string& artifact,
                  std::vector<ProgramFile> files, Build* build) {
  std::erase_if(files, [&language](const ProgramFile& file) {
    return IsSource(language, file);
  });
  files.push_back({.name = std::string(kArtifact),
                   .content = artifact,
                   .executable = true});
  // In the compiler's jail holes took no room.
  if (TotalBytes(files) > language.compile_limits.file_bytes) {
    build->verdict = BuildVerdict::kError;
  }
  build->program.files = std::move(files);
}

// Of who was told nothing before `until` came.
Compiled CompiledTooLate(const Until& until) {
  Compiled compiled;
  if (until.is_cancelled()) {
    compiled.failure = "cancelled";
  } else {
    compiled.verdict = BuildVerdict::kTime;
    compiled.run.ending = Ending::kWallLimit;
  }
  return compiled;
}

}  // namespace

Runner::Runner(std::shared_ptr<const Jail> jail, const RunnerOptions& options)
    : jail_(std::move(jail)),
      cache_(std::make_unique<CompileCache>(options.compile_cache_bytes)) {
  if (!options.precompiles) return;
  headers_ = std::make_unique<PrecompiledHeaders>(jail_, options.log);
}

RunResult Runner::Run(const Program& program, const RunLimits& limits,
                      const Until& until) const {
  const bool puts_input = program.names_input && program.stream < 0;
  if (program.limit_words.empty() && !puts_input) {
    return RunUntil(*jail_, program, limits, until);
  }
  Program fitted = program;
  PutLimits(limits, &fitted);
  if (puts_input) PutInput(limits, &fitted);
  fitted.limit_words.clear();
  return RunUntil(*jail_, fitted, limits, until);
}

void Runner::WaitForHeaders() const {
  if (headers_ != nullptr) headers_->Wait();
}

Build Runner::Compile(const Language& language, std::vector<ProgramFile> files,
                      const Until& until) const {
  const std::string missing = MissingTool(language);
  if (!missing.empty()) {
    return FailedBuild("this machine has no " + BaseName(missing));
  }
  if (language.compiled()) {
    return RunCompiler(language, std::move(files), until);
  }
  Build build;
  build.verdict = BuildVerdict::kReady;
  build.program = Prepared(language, files);
  build.program.files = std::move(files);
  return build;
}

Compiled Runner::CompileNow(const Language& language, const Program& compiler,
                            const Until& until) const {
  const RunLimits& limits = language.compile_limits;
  const bool cut = until.deadline - Until::Clock::now() < limits.wall;
  if (headers_ != nullptr) {
    if (const auto use = headers_->For(language, compiler)) {
      Compiled compiled =
          CompiledFrom(RunUntil(*use->jail, use->compiler, limits, until), cut);
      // What it says otherwise is to be the same on every machine.
      if (compiled.verdict == BuildVerdict::kReady ||
          compiled.verdict == BuildVerdict::kTime) {
        return compiled;
      }
    }
  }
  return CompiledFrom(RunUntil(*jail_, compiler, limits, until), cut);
}

Build Runner::RunCompiler(const Language& language,
                          std::vector<ProgramFile> files,
                          const Until& until) const {
  Build build;
  build.compiled = true;
  build.program = Prepared(language, files);
  Program compiler = Compiler(language, std::move(files));
  const auto compile = [&] { return CompileNow(language, compiler, until); };
  const auto key = KeyOf(language, compiler);
  CompileCache::Found found;
  if (key) {
    found = cache_->Get(*key, until, compile);
  } else {
    found = {std::make_shared<const Compiled>(compile()), true};
  }
  if (found.compiled == nullptr) {
    found = {std::make_shared<const Compiled>(CompiledTooLate(until)), true};
  }
  build.cached = !found.made_here;
  build.compile = found.compiled->run;
  build.verdict = found.compiled->verdict;
  build.failure = found.compiled->failure;
  if (build.verdict == BuildVerdict::kReady) {
    TakeArtifact(language, found.compiled->artifact, std::move(compiler.files),
                 &build);
  }
  const bool refused = build.verdict == BuildVerdict::kError ||
                       build.verdict == BuildVerdict::kViolation;
  if (refused) build.failure = ToolchainProblem(language);
  if (!build.failure.empty()) build.verdict = BuildVerdict::kFailed;
  return build;
}

std::string Runner::ToolchainProblem(const Language& language) const {
  std::string line;
  for (const std::string& word : language.compile) line += word + '\0';
  {
    const std::lock_guard lock(mutex_);
    if (proven_.contains(line)) return "";
  }
  const Program compiler =
      Compiler(language, {{.name = language.main, .content = language.trial}});
  const Compiled result = CompiledFrom(
      RunUntil(*jail_, compiler, language.compile_limits, {}), false);
  if (result.verdict == BuildVerdict::kReady) {
    const std::lock_guard lock(mutex_);
    proven_.insert(line);
    return "";
  }
  return BaseName(language.compile.front()) +
         " of this machine cannot compile a trial program: " +
         ProblemOf(result);
}

}  // namespace sandbox
