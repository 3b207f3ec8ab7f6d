// FinalTable: what a run reached, for the terminal. Thread-safe: no state.

#ifndef TRAINER_REPORT_FINAL_TABLE_H_
#define TRAINER_REPORT_FINAL_TABLE_H_

#include <string>

#include "trainer/report/summary.h"

namespace trainer {

// A header and one line a stage (name, pass@1 with its 95 % interval, format,
// language, tokens of a response, wall), each with a newline and at most 80
// columns; `-` where a number is not known. Then one line a reward model.
[[nodiscard]] std::string FinalTable(const RunSummary& summary);

}  // namespace trainer

#endif  // TRAINER_REPORT_FINAL_TABLE_H_
