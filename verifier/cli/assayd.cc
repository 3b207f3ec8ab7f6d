// assayd: the reward service. See assayd --help.

#include <utility>

#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"
#include "verifier/cli/exit_code.h"
#include "verifier/engine/built_in.h"

namespace verifier::cli {
namespace {

using Runner = decltype(engine::BuiltIn::runner);

// The checkers of this build and the plugins of `settings`. The jail is that of
// `runner`, made where there is none yet.
Checkers BuiltInCheckers(const config::Settings& settings,
                         const std::function<void(const std::string&)>& log,
                         Runner& runner) {
  engine::BuiltInOptions options = config::ToBuiltIn(settings);
  options.log = log;
  options.runner = runner;
  engine::BuiltIn built_in = engine::MakeBuiltIn(options);
  runner = built_in.runner;
  Checkers checkers;
  checkers.registry = std::move(built_in.registry);
  checkers.runner = std::move(built_in.runner);
  checkers.jail_level = std::move(built_in.jail_level);
  if (!built_in.jail_problem.empty()) {
    const std::string why = "no jail: " + built_in.jail_problem;
    if (!options.require.empty()) {
      checkers.problems.push_back(why);
      checkers.exit_code = kExitUnreachable;
      return checkers;
    }
    checkers.warnings.push_back(
        why +
        "; checks that run programs will be not_judged, and /v1/execute "
        "IE");
  }
  checkers.problems = std::move(built_in.plugin_problems);
  checkers.exit_code = kExitUsage;
  return checkers;
}

}  // namespace
}  // namespace verifier::cli

int main(int argc, char** argv) {
  using namespace verifier::cli;
  AssaydFlags flags;
  if (const auto code = ParseAssaydFlags(argc, argv, flags)) return *code;
  Runner runner;
  return RunAssayd(flags, [&runner](const auto& settings, const auto& log) {
    return BuiltInCheckers(settings, log, runner);
  });
}
