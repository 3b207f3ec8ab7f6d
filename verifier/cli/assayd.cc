// assayd: the reward service. See assayd --help.

#include <iostream>

#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"
#include "verifier/cli/exit_code.h"
#include "verifier/engine/built_in.h"

int main(int argc, char** argv) {
  verifier::cli::AssaydFlags flags;
  if (const auto code = verifier::cli::ParseAssaydFlags(argc, argv, flags)) {
    return *code;
  }
  if (flags.check_config) {
    std::cout << "assayd: the configuration is good\n";
    return verifier::cli::kExitOk;
  }
  const auto built_in = verifier::engine::MakeBuiltIn({flags.require_level});
  flags.server.engine.runner = built_in.runner;
  flags.server.jail_level = built_in.jail_level;
  if (built_in.jail_problem.empty()) {
    return verifier::cli::RunAssayd(flags, built_in.registry);
  }
  if (!flags.require_level.empty()) {
    std::cerr << "assayd: no jail: " << built_in.jail_problem << "\n";
    return verifier::cli::kExitUnreachable;
  }
  return verifier::cli::RunAssayd(
      flags, built_in.registry,
      "no jail: " + built_in.jail_problem +
          "; checks that run programs will be not_judged, and /v1/execute IE");
}
