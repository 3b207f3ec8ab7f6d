#include "verifier/cli/score_options.h"

#include <unistd.h>

#include <algorithm>

namespace verifier::cli {

std::string ScoredName(std::string_view file) {
  constexpr std::string_view kEnding = ".jsonl";
  if (file.ends_with(kEnding)) file.remove_suffix(kEnding.size());
  return std::string(file) + ".scored.jsonl";
}

OutputPlan PlanOutput(const ScoreOptions& options, bool stdout_is_terminal) {
  OutputPlan plan;
  if (!options.output.empty() && options.output != "-") {
    plan.results_path = options.output;
  } else if (options.json || options.output == "-" ||
             (!stdout_is_terminal && !options.table)) {
    plan.results_to_stdout = true;
  } else if (options.file != "-") {
    plan.results_path = ScoredName(options.file);
  }
  if (options.quiet) return plan;
  if (options.table || (stdout_is_terminal && !plan.results_to_stdout)) {
    plan.summary_fd = plan.results_to_stdout ? STDERR_FILENO : STDOUT_FILENO;
  } else if (!plan.results_to_stdout) {
    plan.summary_fd = STDERR_FILENO;
  }
  return plan;
}

bool IsWanted(const protocol::ScoreResult& result,
              const std::vector<std::string>& only) {
  if (only.empty()) return true;
  return std::any_of(only.begin(), only.end(), [&](const std::string& name) {
    if (result.status == protocol::Status::kInvalid) return name == "invalid";
    return std::any_of(
        result.checks.begin(), result.checks.end(),
        [&](const auto& check) { return check.outcome == name; });
  });
}

}  // namespace verifier::cli
