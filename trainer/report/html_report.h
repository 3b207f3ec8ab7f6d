// HtmlReport: a run as one page that asks for nothing else: it opens from a
// disk, without a network. Thread-safe: no state.

#ifndef TRAINER_REPORT_HTML_REPORT_H_
#define TRAINER_REPORT_HTML_REPORT_H_

#include <string>

#include "trainer/report/run_reader.h"

namespace trainer {

// Stages with what they reached, curves, a sample of completions with their
// verdicts, the recipe. The table and the recipe are there without JavaScript.
// Whatever text a run holds is shown as text: none of it runs.
[[nodiscard]] std::string HtmlReport(const ReportInput& input);

}  // namespace trainer

#endif  // TRAINER_REPORT_HTML_REPORT_H_
