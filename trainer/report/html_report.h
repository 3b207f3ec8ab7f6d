// HtmlReport: a run as one page that asks for nothing else: it opens from a
// disk, without a network. Thread-safe: no state.

#ifndef TRAINER_REPORT_HTML_REPORT_H_
#define TRAINER_REPORT_HTML_REPORT_H_

#include <cstddef>
#include <string>

#include "trainer/report/run_reader.h"

namespace trainer {

// Bytes of a prompt or a response that are shown.
inline constexpr std::size_t kReportTextBytes = 4'000;

// Stages with what they reached, measure by measure, reward models, the funnels
// of the data, curves, a sample of completions with their verdicts, the recipe.
// The tables and the recipe are there without JavaScript.
// Whatever text a run holds is shown as text: none of it runs.
[[nodiscard]] std::string HtmlReport(const ReportInput& input);

}  // namespace trainer

#endif  // TRAINER_REPORT_HTML_REPORT_H_
