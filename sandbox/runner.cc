#include "sandbox/runner.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>

namespace sandbox {
namespace {

using std::chrono::microseconds;

// `wall` with what `until` leaves; false if it leaves none.
bool FitTo(const Until& until, RunLimits* limits) {
  const auto left = std::chrono::duration_cast<microseconds>(
      until.deadline - Until::Clock::now());
  limits->wall = std::min(limits->wall, left);
  return limits->wall >= kLeastLimits.wall;
}

bool IsCancelled(const Until& until) {
  return until.cancel != nullptr && until.cancel->is_set();
}

// "g++" of "/usr/bin/g++".
std::string BaseName(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

Build FailedBuild(std::string failure) {
  Build build;
  build.failure = std::move(failure);
  return build;
}

BuildVerdict VerdictOf(const RunResult& compile) {
  using State = ReturnedFile::State;
  switch (compile.ending) {
    case Ending::kFailed:
      return BuildVerdict::kFailed;
    case Ending::kCpuLimit:
    case Ending::kWallLimit:
      return BuildVerdict::kTime;
    case Ending::kViolation:
      return BuildVerdict::kViolation;
    case Ending::kSignalled:
    case Ending::kOutputLimit:
      return BuildVerdict::kError;
    case Ending::kExited:
      break;
  }
  if (compile.exit_code != 0) return BuildVerdict::kError;
  const State state =
      compile.files.empty() ? State::kUnread : compile.files[0].state;
  if (state == State::kReturned) return BuildVerdict::kReady;
  const bool ours = state == State::kUnread || state == State::kUnreadable;
  return ours ? BuildVerdict::kFailed : BuildVerdict::kError;
}

// The compiler names its objects at random; equal programs get equal text.
void ForgetRandomNames(std::string* text) {
  constexpr std::string_view kPlace = "/tmp/cc";
  constexpr std::size_t kRandom = 6;
  for (std::size_t at = text->find(kPlace); at != std::string::npos;
       at = text->find(kPlace, at + 1)) {
    const std::size_t name = at + kPlace.size();
    const std::size_t end = std::min(name + kRandom, text->size());
    const bool random =
        std::all_of(text->begin() + static_cast<std::ptrdiff_t>(name),
                    text->begin() + static_cast<std::ptrdiff_t>(end),
                    [](unsigned char c) { return std::isalnum(c) != 0; });
    if (random) text->erase(name, end - name);
  }
}

constexpr std::string_view kMemoryWord = "{memory_mb}";

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
void TakeArtifact(const Language& language, std::vector<ProgramFile> files,
                  Build* build) {
  std::erase_if(files, [&language](const ProgramFile& file) {
    return IsSource(language, file);
  });
  files.push_back({.name = std::string(kArtifact),
                   .content = std::move(build->compile.files[0].content),
                   .executable = true});
  // In the compiler's jail holes took no room.
  if (TotalBytes(files) > language.compile_limits.file_bytes) {
    build->verdict = BuildVerdict::kError;
  }
  build->program.files = std::move(files);
}

std::string FirstLine(const std::string& text) {
  constexpr std::size_t kMost = 200;
  return text.substr(0, std::min(text.find('\n'), kMost));
}

}  // namespace

std::string_view BuildVerdictName(BuildVerdict verdict) noexcept {
  switch (verdict) {
    case BuildVerdict::kFailed:
      return "IE";
    case BuildVerdict::kReady:
      return "OK";
    case BuildVerdict::kError:
      return "CE";
    case BuildVerdict::kTime:
      return "CTLE";
    case BuildVerdict::kViolation:
      return "SV";
  }
  return "IE";
}

Runner::Runner(std::shared_ptr<const Jail> jail) : jail_(std::move(jail)) {}

RunResult Runner::RunOnce(const Program& program, RunLimits limits,
                          const Until& until) const {
  RunResult result;
  if (IsCancelled(until)) {
    result.failure = "cancelled";
  } else if (!FitTo(until, &limits)) {
    result.ending = Ending::kWallLimit;
  } else {
    result = jail_->Run(program, limits, until.cancel);
  }
  return result;
}

RunResult Runner::Run(const Program& program, const RunLimits& limits,
                      const Until& until) const {
  if (!program.limit_words.empty()) {
    Program fitted = program;
    PutLimits(limits, &fitted);
    fitted.limit_words.clear();
    return Run(fitted, limits, until);
  }
  RunResult result = RunOnce(program, limits, until);
  const bool failed = result.ending == Ending::kFailed;
  const bool again = failed && program.stream < 0 && !IsCancelled(until);
  if (again) result = RunOnce(program, limits, until);
  return result;
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

Build Runner::RunCompiler(const Language& language,
                          std::vector<ProgramFile> files,
                          const Until& until) const {
  Build build;
  build.compiled = true;
  build.program = Prepared(language, files);
  Program compiler = Compiler(language, std::move(files));
  build.compile = Run(compiler, language.compile_limits, until);
  build.verdict = VerdictOf(build.compile);
  build.failure = build.compile.failure;
  ForgetRandomNames(&build.compile.err);
  if (build.verdict == BuildVerdict::kReady) {
    TakeArtifact(language, std::move(compiler.files), &build);
  }
  const bool refused = build.verdict == BuildVerdict::kError ||
                       build.verdict == BuildVerdict::kViolation;
  if (refused) build.failure = ToolchainProblem(language);
  if (!build.failure.empty()) build.verdict = BuildVerdict::kFailed;
  build.compile.files.clear();
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
  const RunResult result = Run(compiler, language.compile_limits, {});
  if (VerdictOf(result) == BuildVerdict::kReady) {
    const std::lock_guard lock(mutex_);
    proven_.insert(line);
    return "";
  }
  const std::string said = FirstLine(result.err + result.failure);
  return BaseName(language.compile.front()) +
         " of this machine cannot compile a trial program: " +
         (said.empty() ? std::string(EndingName(result.ending)) : said);
}

}  // namespace sandbox
