#include "sandbox/compiled.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

namespace sandbox {
namespace {

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
    case Ending::kMemoryLimit:
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

// What a compiler says where the machine or a limit failed it, not the source.
// A source can make it say so as well, and then is compiled each time.
bool NamesTrouble(std::string text) {
  constexpr std::array<std::string_view, 15> kTroubles = {
      "out of memory",
      "outofmemory",
      "cannot allocate",
      "memory exhausted",
      "memory allocation",
      "insufficient memory",
      "no space left",
      "file too large",
      "temporarily unavailable",
      "too many open files",
      "input/output error",
      "internal compiler error",
      "killed",
      "terminated",
      "segmentation fault"};
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
    return static_cast<char>(std::tolower(c));
  });
  return std::any_of(kTroubles.begin(), kTroubles.end(),
                     [&text](std::string_view trouble) {
                       return text.find(trouble) != std::string::npos;
                     });
}

// From here on exit codes speak of what was not run, or was killed, as shells
// have it.
constexpr int kFirstCodeOfShells = 126;

Reach ReachOf(const Compiled& compiled, bool cut) {
  switch (compiled.verdict) {
    case BuildVerdict::kFailed:
      return Reach::kNobody;
    case BuildVerdict::kReady:
      return Reach::kAlways;
    case BuildVerdict::kTime:
      return cut ? Reach::kNobody : Reach::kNow;
    case BuildVerdict::kViolation:
      return Reach::kNow;
    case BuildVerdict::kError:
      break;
  }
  const RunResult& run = compiled.run;
  const bool said = run.ending == Ending::kExited &&
                    run.exit_code < kFirstCodeOfShells && !run.err_truncated &&
                    !run.out_truncated;
  return said && !NamesTrouble(run.out + run.err) ? Reach::kAlways
                                                  : Reach::kNow;
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

Compiled CompiledFrom(RunResult run, bool cut) {
  Compiled compiled;
  compiled.verdict = VerdictOf(run);
  compiled.failure = run.failure;
  ForgetRandomNames(&run.err);
  if (compiled.verdict == BuildVerdict::kReady) {
    compiled.artifact = std::move(run.files[0].content);
  }
  run.files.clear();
  compiled.run = std::move(run);
  compiled.reach = ReachOf(compiled, cut);
  return compiled;
}

std::string ProblemOf(const Compiled& compiled) {
  constexpr std::size_t kMost = 200;
  const std::string said = compiled.run.err + compiled.failure;
  if (said.empty()) return std::string(EndingName(compiled.run.ending));
  return said.substr(0, std::min(said.find('\n'), kMost));
}

}  // namespace sandbox
