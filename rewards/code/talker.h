// Talker: a program that runs in a jail while the other end of a stream, which
// is its standard input (Program::answers_on_stream: and output), is held here.

#ifndef REWARDS_CODE_TALKER_H_
#define REWARDS_CODE_TALKER_H_

#include <atomic>
#include <thread>

#include "sandbox/cancel.h"
#include "sandbox/fd.h"
#include "sandbox/runner.h"

namespace rewards::code {

// Why there is no Talker that started.
inline constexpr const char* kNoTalk = "no stream or no thread for a talk";

// For the thread that made it; has one of its own that runs the program.
class Talker {
 public:
  // Borrows `runner`. A `cancel` of `until` is not looked at.
  Talker(const sandbox::Runner& runner, sandbox::Program program,
         const sandbox::RunLimits& limits, const sandbox::Until& until);
  // Ends the program if it still runs, and waits for its end.
  ~Talker();
  Talker(const Talker&) = delete;
  Talker& operator=(const Talker&) = delete;

  // False: there is no stream or no thread for it, and nothing runs. Once.
  [[nodiscard]] bool Start();

  // Tells it to end now. Does not wait.
  void Cancel() { cancel_.Set(); }
  // Waits for its end.
  void Join();

  // Our end; hears the end of the program once `done`.
  [[nodiscard]] int stream() const { return ours_.get(); }
  [[nodiscard]] bool done() const { return done_; }
  // Requires: done.
  [[nodiscard]] const sandbox::RunResult& result() const { return result_; }
  // Requires: done. Ended by Cancel, which is no failure.
  [[nodiscard]] bool cancelled() const;

 private:
  const sandbox::Runner& runner_;
  sandbox::Program program_;
  const sandbox::RunLimits limits_;
  sandbox::Until until_;
  sandbox::Cancel cancel_;
  sandbox::Fd ours_;
  sandbox::Fd theirs_;
  std::atomic<bool> done_ = false;
  sandbox::RunResult result_;
  std::thread thread_;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_TALKER_H_
