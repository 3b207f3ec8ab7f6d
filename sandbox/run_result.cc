#include "sandbox/run_result.h"

namespace sandbox {

std::string_view EndingName(Ending ending) noexcept {
  switch (ending) {
    case Ending::kFailed:
      return "failed";
    case Ending::kExited:
      return "exited";
    case Ending::kSignalled:
      return "signalled";
    case Ending::kCpuLimit:
      return "cpu_limit";
    case Ending::kWallLimit:
      return "wall_limit";
    case Ending::kOutputLimit:
      return "output_limit";
    case Ending::kMemoryLimit:
      return "memory_limit";
    case Ending::kViolation:
      return "violation";
  }
  return "failed";
}

std::string_view FileProblem(ReturnedFile::State state) noexcept {
  using State = ReturnedFile::State;
  switch (state) {
    case State::kUnread:
      return "was not read";
    case State::kReturned:
      return "";
    case State::kMissing:
      return "no such file";
    case State::kNotRegular:
      return "not a regular file";
    case State::kLinked:
      return "has another name too (a hard link)";
    case State::kUnreadable:
      return "may not be read";
    case State::kTooLarge:
      return "over what returned_bytes leaves";
  }
  return "was not read";
}

std::string_view RunVerdict(const RunResult& result) noexcept {
  switch (result.ending) {
    case Ending::kFailed:
      return "IE";
    case Ending::kExited:
      return result.exit_code == 0 ? "OK" : "RE";
    case Ending::kSignalled:
      return "RE";
    case Ending::kCpuLimit:
      return "TLE";
    case Ending::kWallLimit:
      return "ILE";
    case Ending::kOutputLimit:
      return "OLE";
    case Ending::kMemoryLimit:
      return "MLE";
    case Ending::kViolation:
      return "SV";
  }
  return "IE";
}

}  // namespace sandbox
