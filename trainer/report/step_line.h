// Step lines: one line of text a step, at most kStepLineWidth columns, aligned
// under a header. Thread-safe: no state.
//
//   rl r1-mini           reward  ±std mixed  acc     len trunc entr ...
//   [  120/  400]         0.612 0.310 0.680 0.55     148  0.02 0.91 ...
//
// `-` is unknown, `nan` and `inf` are shown; the units are those of the
// metrics (len in tokens, entropy and kl in nats, step and wait in seconds,
// eta as h:mm:ss). Every value is one word, so that a line reads with
// kGrpoStepPattern or kLossStepPattern (RE2, Python, PCRE).

#ifndef TRAINER_REPORT_STEP_LINE_H_
#define TRAINER_REPORT_STEP_LINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trainer {

inline constexpr std::size_t kStepLineWidth = 120;

struct GrpoStep {
  std::int64_t step = 0;
  std::int64_t steps = 0;  // of the stage
  std::optional<double> reward{};
  std::optional<double> reward_std{};
  std::optional<double> mixed{};  // share of groups with more than one reward
  std::optional<double> accuracy{};  // share of right answers
  std::optional<double> length{};    // tokens of a response
  std::optional<double> truncated{};
  std::optional<double> entropy{};  // nats a token
  std::optional<double> kl{};
  std::optional<double> ratio{};  // trainer against rollout
  std::optional<double> grad_norm{};
  std::optional<double> tokens_per_s{};
  std::optional<double> step_s{};
  std::optional<double>
      score_wait_s{};  // waited for scores after the last token
  std::optional<double> eta_s{};
};

// pretrain, sft and reward-model.
struct LossStep {
  std::int64_t step = 0;
  std::int64_t steps = 0;
  std::optional<double> loss{};
  std::optional<double> lr{};
  std::optional<double> grad_norm{};
  std::optional<double> tokens_per_s{};
  std::optional<double> step_s{};
  std::optional<double> eta_s{};
};

// `title`: "<stage> <run>", cut to what fits.
[[nodiscard]] std::string GrpoHeader(std::string_view title);
[[nodiscard]] std::string StepLine(const GrpoStep& step);
[[nodiscard]] std::string LossHeader(std::string_view title);
[[nodiscard]] std::string StepLine(const LossStep& step);

inline constexpr std::string_view kGrpoStepPattern =
    R"(^\[ *(?P<step>\d+)/ *(?P<steps>\d+)\] +(?P<reward>\S+) +)"
    R"((?P<reward_std>\S+) +(?P<mixed>\S+) +(?P<accuracy>\S+) +)"
    R"((?P<length>\S+) +(?P<truncated>\S+) +(?P<entropy>\S+) +(?P<kl>\S+) +)"
    R"((?P<ratio>\S+) +(?P<grad>\S+) +(?P<tokens_per_s>\S+) +)"
    R"((?P<step_s>\S+)s +(?P<score_wait_s>\S+)s +(?P<eta>\S+(?: \d\dh)?)$)";

inline constexpr std::string_view kLossStepPattern =
    R"(^\[ *(?P<step>\d+)/ *(?P<steps>\d+)\] +(?P<loss>\S+) +(?P<lr>\S+) +)"
    R"((?P<grad>\S+) +(?P<tokens_per_s>\S+) +(?P<step_s>\S+)s +)"
    R"((?P<eta>\S+(?: \d\dh)?)$)";

}  // namespace trainer

#endif  // TRAINER_REPORT_STEP_LINE_H_
