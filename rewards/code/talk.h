// Talk: a program that runs in a jail and exchanges frames (wire.h) with us on
// a stream. Not for sharing between threads; has one of its own for the run.

#ifndef REWARDS_CODE_TALK_H_
#define REWARDS_CODE_TALK_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "rewards/code/talker.h"
#include "sandbox/runner.h"

namespace rewards::code {

enum class Silence {
  kEnded,   // the program ended, or closed the stream
  kBroken,  // it says that its frame has a size that none has
  kLate,    // the wait was over
};

class Talk {
 public:
  // Starts `program` with the stream as its standard input. Borrows `runner`.
  Talk(const sandbox::Runner& runner, sandbox::Program program,
       const sandbox::RunLimits& limits,
       std::chrono::steady_clock::time_point deadline);

  // Sends one frame; false: the program is gone, or does not read; silence()
  // says which. Blocks up to `wait`.
  [[nodiscard]] bool Send(std::string_view payload,
                          std::chrono::microseconds wait);

  // The payload of the program's next frame, of 1 byte to kMaxFrameBytes, or
  // none: silence() says why. Blocks up to `wait`.
  [[nodiscard]] std::optional<std::string> Receive(
      std::chrono::microseconds wait);

  [[nodiscard]] Silence silence() const noexcept { return silence_; }

  // How the program ended by itself; null where it has not: it closed the
  // stream and went on, and is ended here. For where silence() is kEnded; does
  // not block otherwise than End.
  [[nodiscard]] const sandbox::RunResult* Ended();

  // Ends it: it is told that nobody listens, and is cancelled if that does not
  // do. How it ended says nothing then; what it used does. Blocks some 20 ms.
  const sandbox::RunResult& End();

 private:
  Talker talker_;
  bool open_;                  // it started, and End was not called
  sandbox::RunResult failed_;  // of one that did not start
  Silence silence_ = Silence::kEnded;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_TALK_H_
