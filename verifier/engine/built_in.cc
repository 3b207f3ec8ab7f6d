#include "verifier/engine/built_in.h"

#include <utility>

#include "rewards/code_checker.h"
#include "sandbox/runner.h"

namespace verifier::engine {
namespace {

// Nothing weaker than L1 runs a program, so L0 asks for no more than that.
sandbox::Level LeastLevel(std::string_view require) {
  for (const sandbox::Level level :
       {sandbox::Level::kL2, sandbox::Level::kL3}) {
    if (sandbox::LevelName(level) == require) return level;
  }
  return sandbox::Level::kL1;
}

}  // namespace

BuiltIn MakeBuiltIn(const BuiltInOptions& options) {
  BuiltIn made;
  std::shared_ptr<const rewards::code::Judge> judge;
  if (auto jail = sandbox::Jail::Create(LeastLevel(options.require))) {
    made.jail_level = sandbox::LevelName((*jail)->enforced().level);
    made.runner = std::make_shared<const sandbox::Runner>(std::move(*jail));
    judge = std::make_shared<const rewards::code::Judge>(made.runner);
  } else {
    made.jail_problem = jail.error().message;
  }
  made.registry = std::make_shared<const Registry>(
      rewards::BuiltInRegistry(std::move(judge)));
  return made;
}

}  // namespace verifier::engine
