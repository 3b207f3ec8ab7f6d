// MeasureTable: what each stage of a run reached, measure by measure, as table
// 3 of the paper has it (DeepSeek-R1, arXiv 2501.12948). Thread-safe: no state.

#ifndef TRAINER_REPORT_MEASURE_TABLE_H_
#define TRAINER_REPORT_MEASURE_TABLE_H_

#include <string>
#include <vector>

#include "trainer/report/summary.h"

namespace trainer {

struct MeasureTable {
  struct Row {
    std::string measure{};
    std::vector<std::string> cells{};  // one a stage; "-": not known
  };
  std::vector<std::string> stages{};
  std::vector<Row> rows{};
};

// Columns: the stages, in their order, of which a measure is known. Rows: the
// measures that a stage has; shares in percent, pass@1 with half the width of
// its 95 % interval.
[[nodiscard]] MeasureTable MeasuresOf(const RunSummary& summary);

}  // namespace trainer

#endif  // TRAINER_REPORT_MEASURE_TABLE_H_
