// RunError: why a run ends before its end, with the exit code that says so.

#ifndef TRAINER_STAGES_RUN_ERROR_H_
#define TRAINER_STAGES_RUN_ERROR_H_

#include <stdexcept>
#include <string>

namespace trainer {

// The exit codes of assay-train.
enum class ExitCode {
  kOk = 0,
  kNegative = 1,     // a finding: nothing was learnt, a check failed
  kUsage = 2,        // or configuration
  kBadData = 3,      // a file that cannot be used
  kUnreachable = 4,  // no assayd, no other ranks
  kNotJudged = 5,
  kGuard = 6,      // e.g. gradients that are not finite
  kResources = 7,  // e.g. disk
  kInternal = 70,
};

class RunError : public std::runtime_error {
 public:
  RunError(ExitCode code, const std::string& what)
      : std::runtime_error(what), code_(code) {}
  [[nodiscard]] ExitCode code() const noexcept { return code_; }

 private:
  ExitCode code_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_RUN_ERROR_H_
