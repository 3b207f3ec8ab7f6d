#include "verifier/engine/built_in.h"

#include <utility>

#include "rewards/code_checker.h"
#include "sandbox/jail.h"

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
  if (auto created =
          rewards::code::Judge::Create(LeastLevel(options.require))) {
    judge = std::move(*created);
    made.jail_level = sandbox::LevelName(judge->jail().enforced().level);
  } else {
    made.jail_problem = created.error().message;
  }
  for (const rewards::plugin::PluginOptions& plugin : options.plugins) {
    made.plugin_problems.push_back("plugin " + plugin.name +
                                   ": not in this build");
  }
  made.registry = std::make_shared<const Registry>(
      rewards::BuiltInRegistry(std::move(judge)));
  return made;
}

std::vector<std::string> BuiltInNames() {
  std::vector<std::string> names;
  const Registry registry = rewards::BuiltInRegistry();
  for (const auto& checker : registry.checkers()) {
    names.emplace_back(checker->name());
  }
  return names;
}

}  // namespace verifier::engine
