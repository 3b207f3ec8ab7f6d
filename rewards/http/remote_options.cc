#include "rewards/http/remote_options.h"

#include "rewards/http/target.h"

namespace rewards::http {
namespace {

std::string JudgeProblem(const RemoteOptions& options) {
  if (options.model.empty() || options.model.size() > kMostModelBytes) {
    return "model: must be of 1 to " + std::to_string(kMostModelBytes) +
           " bytes";
  }
  if (options.mode != "gold" && options.mode != "pairwise") {
    return "mode: must be \"gold\" or \"pairwise\"";
  }
  return options.max_tokens == 0 ? "max_tokens: must be at least 1" : "";
}

}  // namespace

std::string OptionsProblem(const RemoteOptions& options) {
  std::string problem;
  if (!ParseTarget(options.url, options.allowed_hosts, problem)) {
    return "url: " + problem;
  }
  if (options.pool == 0 || options.pool > kMostConnections) {
    return "pool: must be from 1 to " + std::to_string(kMostConnections);
  }
  if (options.connect_timeout.count() <= 0) {
    return "connect_timeout: must be positive";
  }
  if (options.deadline.count() <= 0) return "deadline: must be positive";
  if (options.max_response_bytes == 0) {
    return "max_response_bytes: must be at least 1";
  }
  if (options.kind == RemoteKind::kJudge) return JudgeProblem(options);
  return options.part == "all" || options.part == "answer"
             ? ""
             : "part: must be \"all\" or \"answer\"";
}

}  // namespace rewards::http
