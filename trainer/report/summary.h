// RunSummary: summary.json of a run, as CONTRACT.md has it. Plain values; any
// thread.

#ifndef TRAINER_REPORT_SUMMARY_H_
#define TRAINER_REPORT_SUMMARY_H_

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/report/report_error.h"

namespace trainer {

// What is not known is none, and null in the file.
struct StageSummary {
  std::string stage{};
  std::string model{};  // the folder of its checkpoint, from the run's folder
  std::optional<double> pass_at_1{};     // 0..1
  std::optional<double> pass_at_1_ci{};  // half the width of the 95 % interval
  std::optional<double> cons_at_k{};     // 0..1, majority of k samples
  std::optional<double> pass_at_k{};     // 0..1, one of k samples is right
  std::optional<double> general{};
  std::optional<double> preference{};
  std::optional<double> format_rate{};    // 0..1
  std::optional<double> language_rate{};  // 0..1
  std::optional<double> mean_tokens{};    // of a response
  std::optional<double> wall_s{};
};

struct RewardModelSummary {
  std::string name{};
  std::optional<double> pair_accuracy{};  // 0..1, on held-out pairs
};

struct RunSummary {
  std::string name{};
  std::uint64_t seed = 0;
  std::vector<StageSummary> stages{};
  std::vector<RewardModelSummary> reward_models{};
};

// The text of summary.json: one stage a line, a newline at the end. A number
// that is not finite is null.
[[nodiscard]] std::string ToJson(const RunSummary& summary);

// Reads it. Unknown members are ignored; an error names the byte, or the
// member as `stages/2/pass_at_1`.
[[nodiscard]] boost::system::result<RunSummary, ReportError> ParseSummary(
    std::string_view text);

}  // namespace trainer

#endif  // TRAINER_REPORT_SUMMARY_H_
