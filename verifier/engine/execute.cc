#include "verifier/engine/execute.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "rewards/run_limits.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::engine {
namespace {

using protocol::RequestError;
using sandbox::BuildVerdict;
using sandbox::RunResult;

RequestError UnknownLanguage(const std::string& name) {
  const auto names = LanguageNames();
  std::string known;
  for (const std::string_view one : names) {
    known += (known.empty() ? "" : ", ") + std::string(one);
  }
  const std::string_view near = protocol::NearestName(name, names);
  return RequestError(
      400, "/language",
      "unknown language; this service has " + known +
          (near.empty() ? std::string()
                        : "; did you mean " + std::string(near) + "?"));
}

double Milliseconds(std::chrono::microseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

protocol::ProcessResult ToProcess(RunResult&& run) {
  protocol::ProcessResult process;
  if (run.ending == sandbox::Ending::kExited) process.exit_code = run.exit_code;
  if (run.signal != 0) process.signal = run.signal;
  process.cpu_ms = Milliseconds(run.cpu);
  process.wall_ms = Milliseconds(run.wall);
  process.memory_kb = run.max_rss_kb;
  process.out = std::move(run.out);
  process.err = std::move(run.err);
  process.truncated = run.out_truncated || run.err_truncated;
  return process;
}

protocol::WantedFile ToWanted(sandbox::ReturnedFile&& file) {
  return {std::move(file.name), std::move(file.content),
          std::string(FileProblem(file.state))};
}

boost::json::object EnforcedJson(const sandbox::Enforced& enforced,
                                 const RunLimits& limits) {
  return {{"level", LevelName(enforced.level)},
          {"namespaces", enforced.namespaces},
          {"user_namespace", enforced.user_namespace},
          {"own_user", enforced.own_user},
          {"system_call_filter", enforced.system_call_filter},
          {"landlock", enforced.landlock},
          {"control_groups", enforced.control_groups},
          {"cpu_source", enforced.cpu_source},
          {"memory_source", enforced.memory_source},
          {"limits", rewards::RunLimitsJson(limits)}};
}

// The first name that is none: its pointer.
std::string NoFileName(const protocol::ExecuteRequest& request) {
  for (std::size_t i = 0; i < request.files.size(); ++i) {
    if (IsFileName(request.files[i].name)) continue;
    return "/files/" + std::to_string(i) + "/name";
  }
  for (std::size_t i = 0; i < request.want_files.size(); ++i) {
    if (IsFileName(request.want_files[i])) continue;
    return "/want_files/" + std::to_string(i);
  }
  return "";
}

// What comes back, files and each output stream, is bound by the service.
boost::system::result<RunLimits, RequestError> PrepareLimits(
    const boost::json::object& wanted, const protocol::Limits& limits) {
  auto run_limits = rewards::RunLimitsOf(wanted);
  if (!run_limits) {
    return RequestError(400, "/limits" + run_limits.error().pointer,
                        run_limits.error().detail);
  }
  const auto most = static_cast<std::int64_t>(limits.returned_bytes);
  if (wanted.contains("output_kb") && run_limits->output_bytes > most) {
    return RequestError(413, "/limits/output_kb",
                        "over limit.returned_bytes = " + std::to_string(most));
  }
  run_limits->output_bytes = std::min(run_limits->output_bytes, most);
  run_limits->returned_bytes = std::min(most, kMostLimits.returned_bytes);
  return *run_limits;
}

}  // namespace

boost::system::result<Execution, RequestError> PrepareExecution(
    protocol::ExecuteRequest request, const protocol::Limits& limits) {
  Execution execution;
  execution.language = FindLanguage(request.language);
  if (execution.language == nullptr) return UnknownLanguage(request.language);
  if (const std::string pointer = NoFileName(request); !pointer.empty()) {
    return RequestError(400, pointer,
                        "a file name has 1 to 255 bytes and no slash");
  }
  for (protocol::NamedBytes& file : request.files) {
    execution.files.push_back(
        {.name = std::move(file.name), .content = std::move(file.content)});
  }
  if (request.code) {
    execution.files.push_back({.name = execution.language->main,
                               .content = *std::move(request.code)});
  }
  std::string problem = SourceProblem(*execution.language, execution.files);
  if (!problem.empty()) return RequestError(400, "/files", std::move(problem));
  const auto run_limits = PrepareLimits(request.limits, limits);
  if (!run_limits) return run_limits.error();
  execution.limits = *run_limits;
  execution.input = std::move(request.input);
  execution.args = std::move(request.args);
  execution.wanted = std::move(request.want_files);
  return execution;
}

protocol::ExecuteResult Execute(const sandbox::Runner* runner,
                                Execution execution, const Cancel* cancel) {
  protocol::ExecuteResult result;
  if (runner == nullptr) {
    result.failure = "this process has no jail";
    return result;
  }
  result.enforced = EnforcedJson(runner->jail().enforced(), execution.limits);
  const sandbox::Language& language = *execution.language;
  const sandbox::Until until{.cancel = cancel};
  sandbox::Build build =
      runner->Compile(language, std::move(execution.files), until);
  result.verdict = BuildVerdictName(build.verdict);
  result.failure = std::move(build.failure);
  if (build.compiled && build.compile.ending != sandbox::Ending::kFailed) {
    result.compile = ToProcess(std::move(build.compile));
    result.compile->cached = build.cached;
  }
  if (build.verdict != BuildVerdict::kReady) return result;
  sandbox::Program& program = build.program;
  program.argv.insert(program.argv.end(), execution.args.begin(),
                      execution.args.end());
  program.input = std::move(execution.input);
  program.wanted = std::move(execution.wanted);
  RunResult run = runner->Run(program, execution.limits, until);
  result.verdict = RunVerdict(run);
  result.failure = std::move(run.failure);
  if (run.ending == sandbox::Ending::kFailed) return result;
  for (sandbox::ReturnedFile& file : run.files) {
    result.files.push_back(ToWanted(std::move(file)));
  }
  result.run = ToProcess(std::move(run));
  return result;
}

Task ExecuteTask(std::shared_ptr<const sandbox::Runner> runner,
                 Execution execution,
                 std::shared_ptr<protocol::ExecuteResult> result) {
  const auto cancel = std::make_shared<Cancel>();
  Task task;
  task.run = [runner = std::move(runner), result = std::move(result), cancel,
              execution = std::move(execution)]() mutable {
    *result = Execute(runner.get(), std::move(execution), cancel.get());
    return result->verdict == "IE" ? protocol::Status::kNotJudged
                                   : protocol::Status::kOk;
  };
  task.cancel = [cancel] { cancel->Set(); };
  return task;
}

}  // namespace verifier::engine
