#include "trainer/report/measure_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace trainer {
namespace {

using Number = std::optional<double> StageSummary::*;

struct Measure {
  std::string_view name;
  Number value;
  double scale;
  Number interval = nullptr;
};
constexpr std::array kMeasures = {
    Measure{"pass@1, % (95 %)", &StageSummary::pass_at_1, 100.0,
            &StageSummary::pass_at_1_ci},
    Measure{"cons@k, %", &StageSummary::cons_at_k, 100.0},
    Measure{"pass@k, %", &StageSummary::pass_at_k, 100.0},
    Measure{"general, %", &StageSummary::general, 100.0},
    Measure{"preference, %", &StageSummary::preference, 100.0},
    Measure{"format, %", &StageSummary::format_rate, 100.0},
    Measure{"language, %", &StageSummary::language_rate, 100.0},
    Measure{"tokens of a response", &StageSummary::mean_tokens, 1.0},
};

bool IsMeasured(const StageSummary& stage) {
  return std::any_of(
      kMeasures.begin(), kMeasures.end(),
      [&](const Measure& one) { return (stage.*one.value).has_value(); });
}

std::string Cell(const Measure& measure, const StageSummary& stage) {
  const std::optional<double>& value = stage.*measure.value;
  if (!value) return "-";
  std::string text = fmt::format("{:.1f}", measure.scale * *value);
  if (measure.interval != nullptr && stage.*measure.interval) {
    text +=
        fmt::format(" ± {:.1f}", measure.scale * *(stage.*measure.interval));
  }
  return text;
}

}  // namespace

MeasureTable MeasuresOf(const RunSummary& summary) {
  std::vector<const StageSummary*> stages;
  MeasureTable table;
  for (const StageSummary& stage : summary.stages) {
    if (!IsMeasured(stage)) continue;
    stages.push_back(&stage);
    table.stages.push_back(stage.stage);
  }
  for (const Measure& measure : kMeasures) {
    MeasureTable::Row row{std::string(measure.name), {}};
    for (const StageSummary* stage : stages) {
      row.cells.push_back(Cell(measure, *stage));
    }
    const bool known =
        std::any_of(row.cells.begin(), row.cells.end(),
                    [](const std::string& cell) { return cell != "-"; });
    if (known) table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace trainer
