// RunAssayd: the life of the assayd process, over a registry of checkers.

#ifndef VERIFIER_CLI_ASSAYD_MAIN_H_
#define VERIFIER_CLI_ASSAYD_MAIN_H_

#include <memory>
#include <string>

#include "verifier/cli/assayd_flags.h"
#include "verifier/engine/engine.h"

namespace verifier::cli {

// Serves `registry` until SIGTERM or SIGINT; returns the exit code. Call it
// from main, with one thread: it sets up the process's signals. A second
// signal, or a drain that runs out of time, ends the process here. `warning`,
// unless it is empty, is logged right after the line that says ready, which
// must be the first on standard error.
[[nodiscard]] int RunAssayd(const AssaydFlags& flags,
                            std::shared_ptr<const engine::Registry> registry,
                            const std::string& warning = {});

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_ASSAYD_MAIN_H_
