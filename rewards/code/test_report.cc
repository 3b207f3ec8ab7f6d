#include "rewards/code/test_report.h"

namespace rewards::code {

std::string_view TestVerdictName(TestVerdict verdict) noexcept {
  switch (verdict) {
    case TestVerdict::kInternalError:
      return "IE";
    case TestVerdict::kAccepted:
      return "AC";
    case TestVerdict::kWrongAnswer:
      return "WA";
    case TestVerdict::kRuntimeError:
      return "RE";
    case TestVerdict::kCpuTime:
      return "TLE";
    case TestVerdict::kWallTime:
      return "ILE";
    case TestVerdict::kOutput:
      return "OLE";
    case TestVerdict::kViolation:
      return "SV";
    case TestVerdict::kCompileError:
      return "CE";
    case TestVerdict::kCompileTime:
      return "CTLE";
  }
  return "IE";
}

}  // namespace rewards::code
