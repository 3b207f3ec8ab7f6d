// BuiltIn: the checkers of this build and those that an operator plugs in, with
// the jail that their programs run in. A plain value; any thread.

#ifndef VERIFIER_ENGINE_BUILT_IN_H_
#define VERIFIER_ENGINE_BUILT_IN_H_

#include <memory>
#include <string>

#include "verifier/engine/engine.h"

namespace verifier::engine {

struct BuiltInOptions {
  // "L0" to "L3", or empty for the strongest level this machine allows; a
  // machine that allows only less gives no jail.
  std::string require{};
};

struct BuiltIn {
  std::shared_ptr<const Registry> registry{};  // never null

  // What the checkers run programs with, for EngineOptions::runner; null: there
  // is no jail.
  std::shared_ptr<const sandbox::Runner> runner{};

  // "L1" to "L3": what every jailed program is held by. Empty: there is no
  // jail, and a check that runs programs is `not_judged`.
  std::string jail_level{};

  // Why there is no jail; empty where there is one.
  std::string jail_problem{};
};

// Blocks for the jail's trial run: some milliseconds.
[[nodiscard]] BuiltIn MakeBuiltIn(const BuiltInOptions& options = {});

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_BUILT_IN_H_
