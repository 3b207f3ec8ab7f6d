// RunAssayd: the life of the assayd process, over checkers that its caller
// makes.

#ifndef VERIFIER_CLI_ASSAYD_MAIN_H_
#define VERIFIER_CLI_ASSAYD_MAIN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "verifier/cli/assayd_flags.h"
#include "verifier/engine/engine.h"

namespace verifier::cli {

// What is served, or why nothing can be.
struct Checkers {
  std::shared_ptr<const engine::Registry> registry{};
  decltype(engine::EngineOptions::runner) runner{};  // null: no jail
  std::string jail_level{};                          // as ServerOptions has it
  std::vector<std::string> problems{};  // refuse to serve, with `exit_code`
  int exit_code = 0;
  std::vector<std::string> warnings{};  // are logged
};

// Makes the checkers for `settings`: at the start, and again on every SIGHUP.
// `log` takes a line from any thread as long as the registry lives.
using MakeCheckers = std::function<Checkers(
    const config::Settings& settings,
    const std::function<void(const std::string& line)>& log)>;

// Serves until SIGTERM or SIGINT; returns the exit code. Call it from main,
// with one thread: it sets up the process's signals. A second signal, or a
// drain that runs out of time, ends the process here.
//
// SIGHUP reads the configuration anew: all of it is good and nothing of it
// takes a restart, then it serves the requests that begin from then on; else
// every error is logged and everything stays as it was. A signal to stop that
// comes while plugins are being started waits for them.
[[nodiscard]] int RunAssayd(const AssaydFlags& flags, const MakeCheckers& make);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_ASSAYD_MAIN_H_
