// StepMetrics: what one step measured, as one line of metrics.jsonl, or of
// timings.jsonl. Plain values; any thread.
//
// A line is `{"stage":"rl","step":12,"reward/mean":0.5,...}`: one flat object,
// keys in the order they were set, integers as integers, doubles in the
// shortest form that reads back the same bits, null for a double that is not
// finite. Equal values give equal bytes on every machine.
//
// metrics.jsonl holds only what a repeated run must reproduce to the byte; what
// a clock measured (seconds, tokens per second) goes to timings.jsonl. The keys
// that the report draws are in metric_keys.h.

#ifndef TRAINER_REPORT_METRICS_H_
#define TRAINER_REPORT_METRICS_H_

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "trainer/report/report_error.h"

namespace trainer {

using MetricValue = std::variant<std::int64_t, double>;

// Keys of one line, beside stage and step.
inline constexpr std::size_t kMaxMetrics = 1'000;

class StepMetrics {
 public:
  StepMetrics() = default;
  // `stage`: the name of the recipe's stage. `step`: of the run, from 1.
  StepMetrics(std::string stage, std::int64_t step)
      : stage_(std::move(stage)), step_(step) {}

  // Sets `key`; a key that is there keeps its place. Throws
  // std::invalid_argument for an empty key, "stage" and "step", and
  // std::length_error for a key past kMaxMetrics.
  void Set(std::string_view key, double value);
  void Set(std::string_view key, std::int64_t value);

  // The value of `key` as a double (NaN where the line has null), or none.
  [[nodiscard]] std::optional<double> Find(std::string_view key) const;

  [[nodiscard]] const std::string& stage() const { return stage_; }
  [[nodiscard]] std::int64_t step() const { return step_; }
  [[nodiscard]] const std::vector<std::pair<std::string, MetricValue>>& values()
      const {
    return values_;
  }

 private:
  void SetValue(std::string_view key, MetricValue value);

  std::string stage_;
  std::int64_t step_ = 0;
  std::vector<std::pair<std::string, MetricValue>> values_;
};

// A line of timings.jsonl has the same form: `time/<part>` in seconds,
// `tokens_per_s`, ...
using Timings = StepMetrics;

// The line, without a newline.
[[nodiscard]] std::string ToJsonLine(const StepMetrics& metrics);

// Reads a line. Null becomes a double NaN. An error names the byte or the key.
[[nodiscard]] boost::system::result<StepMetrics, ReportError> ParseMetricsLine(
    std::string_view line);

}  // namespace trainer

#endif  // TRAINER_REPORT_METRICS_H_
