// ReadRun: what a report shows of a run, from the run's folder. Blocks on the
// disk. Thread-safe: no state.

#ifndef TRAINER_REPORT_RUN_READER_H_
#define TRAINER_REPORT_RUN_READER_H_

#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "trainer/report/completions.h"
#include "trainer/report/data_card.h"
#include "trainer/report/metrics.h"
#include "trainer/report/report_error.h"
#include "trainer/report/summary.h"

namespace trainer {

// Completions that a report shows, at most: of the first, the middle and the
// last file of steps, in equal shares.
inline constexpr std::size_t kReportCompletions = 240;

// Completions of evaluations (completions/eval_STAGE.jsonl), at most, in equal
// shares.
inline constexpr std::size_t kReportEvaluated = 240;

struct ReportInput {
  RunSummary summary{};                         // empty while a run goes on
  std::string recipe{};                         // recipe.resolved.toml
  std::vector<StepMetrics> metrics{};           // by step
  std::vector<Timings> timings{};               // by step
  std::vector<CompletionRecord> completions{};  // a sample
  std::vector<DataCard> cards{};                // by the name of their file
  std::vector<std::string> notices{};           // what was left out, and why
};

// `folder` must hold a recipe.resolved.toml. Files that are not there yet are
// empty; a last line that is not whole is left out with a notice. Any other
// broken line is an error, "FILE:LINE: what".
[[nodiscard]] boost::system::result<ReportInput, ReportError> ReadRun(
    const std::string& folder);

}  // namespace trainer

#endif  // TRAINER_REPORT_RUN_READER_H_
