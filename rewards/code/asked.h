// Asked: a program that was loaded as a module in a jail and is asked about it,
// question by question (wire.h). Whatever it answers is well formed; whether it
// is true is nobody's to know. Not for sharing between threads.

#ifndef REWARDS_CODE_ASKED_H_
#define REWARDS_CODE_ASKED_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "rewards/code/call_host.h"
#include "rewards/code/candidate.h"
#include "rewards/code/talk.h"
#include "rewards/code/test_report.h"

namespace rewards::code {

// What the side of a test may take by itself, in processor time and on the
// clock, and what it may use.
inline constexpr sandbox::RunLimits kDriverLimits = {
    .cpu = std::chrono::seconds(10),
    .wall = std::chrono::seconds(10),
    .memory_bytes = 1024 * sandbox::kMiB};

class Asked {
 public:
  // Starts it. Borrows `candidate`.
  Asked(const Candidate& candidate, const CallHost& host);

  // Loads the module; false: Failure() says why it is not. Blocks up to the
  // limits of the task.
  [[nodiscard]] bool Load();

  // The answer to `question`, or none: Failure() says why. Blocks up to what
  // the limits leave: only the time in which the program is waited for counts.
  // Requires: Load.
  [[nodiscard]] std::optional<std::string> Ask(std::string_view question);

  // How the program is judged that did not answer. Blocks until it has ended,
  // where it is about to.
  [[nodiscard]] TestReport Failure();

  // Ends it. `verdict` with `reason`, and with what the run used.
  [[nodiscard]] TestReport Judged(TestVerdict verdict, std::string reason = {});

 private:
  // What `step` returns, whose time is the program's.
  template <typename Step>
  [[nodiscard]] auto Timed(const Step& step);

  [[nodiscard]] std::optional<std::string> Answer();

  const Candidate& candidate_;
  std::chrono::microseconds left_;
  const bool sends_source_;
  std::string refused_{};  // why an answer was none
  Talk talk_;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_ASKED_H_
