// BuiltIn: the checkers of this build and those that an operator plugs in, with
// the jail that their programs run in. A plain value; any thread.

#ifndef VERIFIER_ENGINE_BUILT_IN_H_
#define VERIFIER_ENGINE_BUILT_IN_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/http/remote_options.h"
#include "rewards/plugin/plugin_options.h"
#include "sandbox/language.h"
#include "sandbox/runner.h"
#include "verifier/engine/engine.h"
#include "verifier/engine/profile_problem.h"

namespace verifier::engine {

using sandbox::kCompileCacheBytes;

using rewards::http::RemoteKind;
using rewards::http::RemoteOptions;
using rewards::plugin::PluginOptions;

struct BuiltInOptions {
  // "L0" to "L3", or empty for the strongest level this machine allows from L1
  // on; a machine that allows only less gives no jail. L0, which has no
  // namespaces, is taken only where it is named and nothing else can be had.
  std::string require{};

  // How programs are compiled; where it has no log, `log` gets its lines. Not
  // for a runner that there is already.
  sandbox::RunnerOptions compiles{};

  // The runner of an earlier BuiltIn, to go on with; null: one is made, and its
  // jail tried.
  std::shared_ptr<const sandbox::Runner> runner{};

  // External checkers to plug in, after the built-in ones, in this order.
  std::vector<PluginOptions> plugins{};

  // Servers elsewhere to plug in, after the plugins, in this order.
  std::vector<RemoteOptions> remotes{};

  // Think-tag templates beside the built-in ones. Requires: TemplateProblem is
  // empty for each, and their names differ from each other and the built-in
  // ones.
  std::vector<Template> templates{};

  // Profiles that items may name, by name.
  std::vector<Profile> profiles{};

  // Languages of programs beside the built-in ones, and in the place of those
  // of the same name; for the whole process (sandbox::UseLanguages).
  // Requires: CodeLanguageProblem is empty for each, and TableProblem for all.
  std::vector<sandbox::Language> languages{};

  // Gets one line for people, without its end, of what plugins write to
  // standard error and of their starts and deaths. From any thread, also while
  // MakeBuiltIn runs, until the registry is gone. May be empty.
  std::function<void(const std::string& line)> log{};
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

  // Why a declared plugin or server is not in the registry, or a profile cannot
  // be used, one sentence each, beginning with "plugin NAME: ", "http NAME: ",
  // "judge NAME: " or "profile NAME: ": a name
  // that is taken or no name, a program that cannot be started, no good schema
  // line in its start_timeout, a bad URL or file. A service should refuse to
  // start with any. A server that does not answer is none: it may come later.
  std::vector<std::string> plugin_problems{};
};

// Blocks for the jail's trial run, some milliseconds, and for the plugins,
// which start side by side, up to the longest start_timeout. The plugins'
// processes live as long as the registry.
[[nodiscard]] BuiltIn MakeBuiltIn(const BuiltInOptions& options = {});

// What is wrong with a declared plugin by itself, e.g. "pool: must be ...", or
// empty. Looks at no file.
[[nodiscard]] std::string PluginProblem(const PluginOptions& options);

// One plugin, started; or why it is not (`checker` is null).
struct Plugged {
  std::unique_ptr<const rewards::Checker> checker{};
  std::string problem{};
};

// Starts one plugin. Blocks up to its start_timeout. `log` as BuiltInOptions
// has it, as long as the checker lives.
[[nodiscard]] Plugged Plug(
    const PluginOptions& options,
    const std::function<void(const std::string& line)>& log);

// What is wrong with a declared server by itself, e.g. "url: must be ...", or
// empty. Looks at no file and connects to nothing.
[[nodiscard]] std::string RemoteProblem(const RemoteOptions& options);

// Why the server of `options` cannot be reached now, e.g. "took no connection:
// ...", or empty. Requires: RemoteProblem is empty. Blocks up to its
// connect_timeout.
[[nodiscard]] std::string ReachProblem(const RemoteOptions& options);

// "http" or "judge".
[[nodiscard]] std::string_view RemoteKindName(RemoteKind kind) noexcept;

// The names of the checkers of this build, which no plugin may have.
[[nodiscard]] std::vector<std::string> BuiltInNames();

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_BUILT_IN_H_
