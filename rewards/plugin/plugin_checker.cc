#include "rewards/plugin/plugin_checker.h"

#include <atomic>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "rewards/plugin/parameter_schema.h"
#include "rewards/plugin/plugin_command.h"
#include "rewards/plugin/plugin_pool.h"

namespace rewards::plugin {
namespace {

using Kind = PluginReply::Kind;
using Clock = PluginPool::Clock;

// Failures on one item before they are the answer's: once may be chance; a kill
// from outside may come twice.
constexpr int kFailures = 2;
constexpr int kFailuresWithKill = 3;

// What the checks of one plugin share.
class Plugin {
 public:
  Plugin(const PluginOptions& options, PluginCommand command,
         PluginLog::Sink log, JsonReader read)
      : options_(options),
        read_(std::move(read)),
        log_(options.name, std::move(log)),
        pool_(options, std::move(command), log_, read_) {}

  [[nodiscard]] const PluginOptions& options() const { return options_; }
  PluginPool& pool() { return pool_; }

  // One question; `verdict` is set where it is answered.
  PluginReply Ask(const Submission& submission, std::string_view params,
                  Clock::time_point deadline, Verdict& verdict) {
    const std::string id = std::to_string(++last_id_);
    return pool_.Ask(ItemLine(id, submission, params), deadline,
                     [&](std::string_view line) {
                       std::string error;
                       auto answer = ReadAnswer(line, id, read_, error);
                       if (answer) verdict = std::move(*answer);
                       return error;
                     });
  }

 private:
  const PluginOptions options_;
  const JsonReader read_;
  PluginLog log_;
  std::atomic<std::uint64_t> last_id_ = 0;
  PluginPool pool_;
};

Verdict NotJudged(const std::string& reason) {
  return MakeVerdict(Outcome::kNotJudged, "the plugin " + reason);
}

class PluginCheck : public Check {
 public:
  PluginCheck(std::shared_ptr<Plugin> plugin, std::string params)
      : plugin_(std::move(plugin)), params_(std::move(params)) {}

  [[nodiscard]] Verdict Judge(const Submission& submission,
                              const Budget& budget) const override {
    if (const auto refusal = plugin_->pool().rest().Refusal()) {
      return NotJudged(*refusal);
    }
    const auto time = budget.deadline - Clock::now();
    bool killed = false;
    for (int failures = 1;; ++failures) {
      Verdict verdict;
      const PluginReply reply =
          plugin_->Ask(submission, params_, Clock::now() + time, verdict);
      if (reply.kind == Kind::kAnswered) {
        plugin_->pool().rest().NoteSuccess();
        return killed ? NotJudged("was killed with this item in its hands")
                      : verdict;
      }
      if (reply.kind == Kind::kTurnedAway) return NotJudged(reply.reason);
      if (!IsHealthy(submission)) {
        plugin_->pool().rest().NoteFailure(reply.reason);
        return NotJudged(reply.reason);
      }
      killed = killed || reply.killed_from_outside;
      if (failures >= (killed ? kFailuresWithKill : kFailures)) {
        return Provoked(reply);
      }
    }
  }

  [[nodiscard]] Explanation Explain(const Submission& submission,
                                    const Budget& budget) const override {
    const Verdict verdict = Judge(submission, budget);
    const PluginOptions& options = plugin_->options();
    return {{"question", "the item goes to the plugin " + options.name +
                             " with the parameters " + params_},
            {"answer", std::string(OutcomeName(verdict.outcome)) + ", " +
                           boost::json::serialize(verdict.detail)}};
  }

 private:
  // Whether the same item without its answer can be judged.
  [[nodiscard]] bool IsHealthy(Submission submission) const {
    if (submission.response.empty()) return false;
    submission.response = "";
    const PluginOptions& options = plugin_->options();
    Verdict ignored;
    const auto deadline =
        Clock::now() + options.start_timeout + options.deadline;
    const PluginReply reply =
        plugin_->Ask(submission, params_, deadline, ignored);
    if (reply.kind == Kind::kAnswered) plugin_->pool().rest().NoteSuccess();
    return reply.kind == Kind::kAnswered;
  }

  static Verdict Provoked(const PluginReply& reply) {
    const bool late = reply.kind == Kind::kTimedOut;
    return MakeVerdict(late ? Outcome::kTimeout : Outcome::kWrong,
                       "the plugin " + reply.reason +
                           ", on this answer each time and on none but it");
  }

  std::shared_ptr<Plugin> plugin_;
  const std::string params_;  // JSON
};

class PluginChecker : public Checker {
 public:
  PluginChecker(std::shared_ptr<Plugin> plugin, PluginDescription description)
      : plugin_(std::move(plugin)), description_(std::move(description)) {}

  [[nodiscard]] std::string_view name() const noexcept override {
    return plugin_->options().name;
  }
  [[nodiscard]] std::string_view version() const noexcept override {
    return description_.version;
  }
  [[nodiscard]] std::string_view summary() const noexcept override {
    return description_.summary;
  }
  [[nodiscard]] bool runs_programs() const noexcept override { return true; }
  [[nodiscard]] std::string_view origin() const noexcept override {
    return "plugin";
  }
  [[nodiscard]] unsigned own_threads() const noexcept override {
    return static_cast<unsigned>(plugin_->options().pool);
  }
  [[nodiscard]] boost::json::object schema() const override {
    return description_.schema;
  }

  [[nodiscard]] boost::system::result<std::unique_ptr<const Check>, ParamError>
  Prepare(const boost::json::object& params) const override {
    if (auto error = CheckParameters(description_.schema, params)) {
      return *std::move(error);
    }
    return std::make_unique<const PluginCheck>(plugin_,
                                               boost::json::serialize(params));
  }

 private:
  std::shared_ptr<Plugin> plugin_;
  const PluginDescription description_;
};

}  // namespace

std::unique_ptr<const Checker> MakePluginChecker(const PluginOptions& options,
                                                 PluginLog::Sink log,
                                                 JsonReader read,
                                                 std::string& problem) {
  problem = OptionsProblem(options);
  if (!problem.empty()) return nullptr;
  PluginCommand command;
  problem = ResolveCommand(options, command);
  if (!problem.empty()) return nullptr;
  auto plugin = std::make_shared<Plugin>(options, std::move(command),
                                         std::move(log), std::move(read));
  auto description = plugin->pool().Describe(problem);
  if (!description) return nullptr;
  return std::make_unique<PluginChecker>(std::move(plugin),
                                         std::move(*description));
}

std::string FarewellProblem(const PluginOptions& options, PluginLog::Sink log) {
  PluginCommand command;
  std::string problem = OptionsProblem(options);
  if (problem.empty()) problem = ResolveCommand(options, command);
  if (!problem.empty()) return problem;
  PluginLog plugin_log(options.name, std::move(log));
  const auto process = PluginProcess::Start(command, plugin_log, -1, problem);
  if (process == nullptr) return problem;
  std::string line;
  if (process->Read(line, Clock::now() + options.start_timeout) !=
      Exchange::kAnswered) {
    return "it wrote no first line";
  }
  const PluginEnd end = process->End(true);
  return end.text == "exited with code 0" ? "" : "it " + end.text;
}

}  // namespace rewards::plugin
