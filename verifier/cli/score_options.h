// ScoreOptions: the flags of `assay score`, and where its output goes.

#ifndef VERIFIER_CLI_SCORE_OPTIONS_H_
#define VERIFIER_CLI_SCORE_OPTIONS_H_

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/terminal.h"
#include "verifier/protocol/score_result.h"

namespace verifier::cli {

struct ScoreOptions {
  std::string file{};                 // or "-"
  std::string server{};               // empty: in process
  std::vector<std::string> config{};  // files; of scoring in process
  std::string output{};               // empty: see PlanOutput
  bool json = false;
  bool table = false;
  std::vector<std::string> only{};  // empty: all
  unsigned workers = 0;             // 0: one a core
  unsigned slots = 0;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
  bool no_progress = false;
  ColorMode color = ColorMode::kAuto;
  bool quiet = false;
  bool verbose = false;
};

struct OutputPlan {
  bool results_to_stdout = false;
  std::string results_path{};  // empty and not to stdout: kept nowhere
  int summary_fd = -1;         // -1: none
};

// Where what goes. Results: to `output`; else to standard output where it is no
// terminal or with `json`; else to a file beside the input. The summary: to
// standard output where the results do not go there and it is a terminal or
// `table` was asked for; else to standard error; nowhere if `quiet`.
[[nodiscard]] OutputPlan PlanOutput(const ScoreOptions& options,
                                    bool stdout_is_terminal);

// answers.jsonl -> answers.scored.jsonl.
[[nodiscard]] std::string ScoredName(std::string_view file);

// True where a check of `result` has one of the outcomes `only`; "invalid"
// means an invalid item. An empty `only` means all.
[[nodiscard]] bool IsWanted(const protocol::ScoreResult& result,
                            const std::vector<std::string>& only);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SCORE_OPTIONS_H_
