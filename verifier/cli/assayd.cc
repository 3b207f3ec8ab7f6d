// assayd: the reward service. See assayd --help.

#include <utility>

#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"
#include "verifier/cli/exit_code.h"
#include "verifier/engine/built_in.h"

namespace verifier::cli {
namespace {

// The checkers of this build and the plugins of `settings`.
Checkers BuiltInCheckers(const config::Settings& settings,
                         const std::function<void(const std::string&)>& log) {
  engine::BuiltInOptions options = config::ToBuiltIn(settings);
  options.log = log;
  engine::BuiltIn built_in = engine::MakeBuiltIn(options);
  Checkers checkers;
  checkers.registry = std::move(built_in.registry);
  if (!built_in.jail_problem.empty()) {
    const std::string why = "no jail: " + built_in.jail_problem;
    if (!options.require.empty()) {
      checkers.problems.push_back(why);
      checkers.exit_code = kExitUnreachable;
      return checkers;
    }
    checkers.warnings.push_back(
        why + "; checks that run programs will be not_judged");
  }
  checkers.problems = std::move(built_in.plugin_problems);
  checkers.exit_code = kExitUsage;
  return checkers;
}

}  // namespace
}  // namespace verifier::cli

int main(int argc, char** argv) {
  verifier::cli::AssaydFlags flags;
  if (const auto code = verifier::cli::ParseAssaydFlags(argc, argv, flags)) {
    return *code;
  }
  return verifier::cli::RunAssayd(flags, verifier::cli::BuiltInCheckers);
}
