// Curves: what a report draws of a run's metrics. Pure; any thread.

#ifndef TRAINER_REPORT_CURVES_H_
#define TRAINER_REPORT_CURVES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "trainer/report/run_reader.h"

namespace trainer {

// Points of a line, at most; more are averaged in runs of equal length.
inline constexpr std::size_t kCurvePoints = 1'000;

struct CurveLine {
  std::string label{};
  std::vector<std::pair<std::int64_t, double>> points{};  // step, finite value
};

struct Curve {
  std::string stage{};
  std::string title{};  // with its unit
  std::vector<CurveLine> lines{};
};

// In the order of the stages; only what the metrics hold.
[[nodiscard]] std::vector<Curve> CurvesOf(const ReportInput& input);

}  // namespace trainer

#endif  // TRAINER_REPORT_CURVES_H_
