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
    case Ending::kViolation:
      return "violation";
  }
  return "failed";
}

}  // namespace sandbox
