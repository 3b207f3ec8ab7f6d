#include "verifier/engine/built_in.h"

#include <algorithm>
#include <future>
#include <optional>
#include <utility>

#include "rewards/code_checker.h"
#include "rewards/http/http_checker.h"
#include "rewards/http/http_client.h"
#include "rewards/http/judge_checker.h"
#include "rewards/plugin/plugin_checker.h"
#include "rewards/plugin/plugin_command.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::engine {
namespace {

using CheckerPtr = std::unique_ptr<const rewards::Checker>;

// A jail without namespaces is for who asks for it by name.
sandbox::Level LeastLevel(std::string_view require) {
  return sandbox::LevelOf(require).value_or(sandbox::Level::kL1);
}

std::optional<boost::json::value> ReadStrictJson(std::string_view text,
                                                 std::string& error) {
  protocol::JsonLimits limits;
  limits.depth = rewards::plugin::kMostLineDepth;
  auto value = protocol::ParseStrictJson(text, limits);
  if (value) return std::move(*value);
  error = value.error().detail;
  if (!value.error().pointer.empty()) error += " at " + value.error().pointer;
  return std::nullopt;
}

// Adds `plugged`, which `what` names in a problem, to `checkers`.
void Add(const std::string& what, const std::string& name, Plugged plugged,
         std::vector<CheckerPtr>& checkers,
         std::vector<std::string>& problems) {
  const bool taken =
      std::any_of(checkers.begin(), checkers.end(),
                  [&name](const auto& c) { return c->name() == name; });
  if (taken) plugged.problem = "there is a checker of this name already";
  if (plugged.problem.empty()) {
    checkers.push_back(std::move(plugged.checker));
  } else {
    problems.push_back(what + " " + name + ": " + plugged.problem);
  }
}

Plugged Connect(const RemoteOptions& options) {
  Plugged plugged;
  const auto make = options.kind == RemoteKind::kJudge
                        ? &rewards::http::MakeJudgeChecker
                        : &rewards::http::MakeHttpChecker;
  plugged.checker = make(options, ReadStrictJson, plugged.problem);
  return plugged;
}

// Starts the plugins side by side and adds them to `checkers`.
void PlugIn(const BuiltInOptions& options, std::vector<CheckerPtr>& checkers,
            std::vector<std::string>& problems) {
  std::vector<std::future<Plugged>> starts;
  for (const PluginOptions& plugin : options.plugins) {
    starts.push_back(std::async(std::launch::async, [&plugin, &options] {
      return Plug(plugin, options.log);
    }));
  }
  for (std::size_t i = 0; i < starts.size(); ++i) {
    Add("plugin", options.plugins[i].name, starts[i].get(), checkers, problems);
  }
  for (const RemoteOptions& remote : options.remotes) {
    Add(std::string(RemoteKindName(remote.kind)), remote.name, Connect(remote),
        checkers, problems);
  }
}

void AddProfileProblems(const Registry& registry,
                        std::vector<std::string>& problems) {
  for (const Profile& profile : registry.profiles()) {
    for (const ProfileProblem& one : ProfileProblems(profile, registry)) {
      const std::string place =
          one.check ? "checks[" + std::to_string(*one.check) + "]." : "";
      problems.push_back("profile " + profile.name + ": " + place + one.key +
                         ": " + one.detail);
    }
  }
}

void MakeRunner(const BuiltInOptions& options, BuiltIn& made) {
  if (auto jail = sandbox::Jail::Create(LeastLevel(options.require))) {
    sandbox::RunnerOptions compiles = options.compiles;
    if (!compiles.log) compiles.log = options.log;
    made.runner =
        std::make_shared<const sandbox::Runner>(std::move(*jail), compiles);
  } else {
    made.jail_problem = jail.error().message;
  }
}

}  // namespace

BuiltIn MakeBuiltIn(const BuiltInOptions& options) {
  // First: the jail has the folders of the languages.
  sandbox::UseLanguages(options.languages);
  BuiltIn made;
  made.runner = options.runner;
  if (made.runner == nullptr) MakeRunner(options, made);
  std::shared_ptr<const rewards::code::Judge> judge;
  if (made.runner != nullptr) {
    made.jail_level = sandbox::LevelName(made.runner->jail().enforced().level);
    judge = std::make_shared<const rewards::code::Judge>(made.runner);
  }
  const auto templates =
      std::make_shared<const rewards::TemplateSet>(options.templates);
  std::vector<CheckerPtr> checkers =
      rewards::BuiltInCheckers(std::move(judge), templates);
  PlugIn(options, checkers, made.plugin_problems);
  made.registry = std::make_shared<const Registry>(std::move(checkers),
                                                   templates, options.profiles);
  AddProfileProblems(*made.registry, made.plugin_problems);
  return made;
}

std::string PluginProblem(const PluginOptions& options) {
  return rewards::plugin::OptionsProblem(options);
}

Plugged Plug(const PluginOptions& options,
             const std::function<void(const std::string& line)>& log) {
  Plugged plugged;
  plugged.checker = rewards::plugin::MakePluginChecker(
      options, log, ReadStrictJson, plugged.problem);
  return plugged;
}

std::string RemoteProblem(const RemoteOptions& options) {
  return rewards::http::OptionsProblem(options);
}

std::string ReachProblem(const RemoteOptions& options) {
  return rewards::http::ReachProblem(options);
}

std::string_view RemoteKindName(RemoteKind kind) noexcept {
  return kind == RemoteKind::kJudge ? "judge" : "http";
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
