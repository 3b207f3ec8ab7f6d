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

// In the order of the stages; only what the metrics hold. Of each further
// check (`check1/word_limit`) a line in one plot.
[[nodiscard]] std::vector<Curve> CurvesOf(const ReportInput& input);

// Two stages that differ in one thing, in one plot; a point's step counts from
// the stage's first. Only where both have it: the language consistency of
// `dev2` and of `no_language`, which is dev2 without the language reward.
[[nodiscard]] std::vector<Curve> ComparisonsOf(const ReportInput& input);

}  // namespace trainer

#endif  // TRAINER_REPORT_CURVES_H_
