// Keys of metrics.jsonl and timings.jsonl that the stages write and the report
// draws. A stage writes those it has; a value that is not known is left out.

#ifndef TRAINER_REPORT_METRIC_KEYS_H_
#define TRAINER_REPORT_METRIC_KEYS_H_

#include <string_view>

namespace trainer::metric {

// metrics.jsonl, every training stage.
inline constexpr std::string_view kLoss = "loss";  // nats a token
inline constexpr std::string_view kLr = "lr";
inline constexpr std::string_view kGradNorm = "grad_norm";  // before clipping
inline constexpr std::string_view kTokens = "tokens";  // trained on, this step

// metrics.jsonl, grpo. Means are over the judged completions of the step;
// shares are 0..1.
inline constexpr std::string_view kRewardMean = "reward/mean";
inline constexpr std::string_view kRewardStd = "reward/std";
inline constexpr std::string_view kAccuracy = "accuracy";
inline constexpr std::string_view kFormat = "format";
inline constexpr std::string_view kLanguage = "language";
inline constexpr std::string_view kLengthMean = "length/mean";  // tokens
// Words of doubt and of checking (the paper's list), a completion.
inline constexpr std::string_view kReflection = "reflection";
// Mean score of a further check: this prefix and its checker's name.
inline constexpr std::string_view kCheckPrefix = "check";
inline constexpr std::string_view kLengthTruncated = "length/truncated";
inline constexpr std::string_view kEntropy = "entropy";       // nats a token
inline constexpr std::string_view kKl = "kl";                 // nats a token
inline constexpr std::string_view kRatioMean = "ratio/mean";  // new / rollout
inline constexpr std::string_view kRatioMax = "ratio/max";    // policy
inline constexpr std::string_view kClipFraction = "clip_fraction";
inline constexpr std::string_view kLossPolicy = "loss/policy";
// Share of groups whose completions all have one reward: no gradient.
inline constexpr std::string_view kGroupsZeroVariance = "groups/zero_variance";
// Completions left out of the update because they have no reward (count), and
// the share of all that the verifier did not judge.
inline constexpr std::string_view kDropped = "dropped";
inline constexpr std::string_view kNullFraction = "null_fraction";

// timings.jsonl: what a clock measured. Seconds of one step, and its parts:
// sampling, waiting for scores after the last token, log-probs and updates.
inline constexpr std::string_view kTimeStep = "time/step";
inline constexpr std::string_view kTimeGenerate = "time/generate";
inline constexpr std::string_view kTimeScoreWait = "time/score_wait";
inline constexpr std::string_view kTimeTrain = "time/train";
inline constexpr std::string_view kTokensPerS = "tokens_per_s";  // trained on
inline constexpr std::string_view kGeneratedPerS = "generated_per_s";

}  // namespace trainer::metric

#endif  // TRAINER_REPORT_METRIC_KEYS_H_
