// StageRecord: that a stage of a run is done, of what it was made and what it
// left: `stages/NAME.json` in the run's folder. Written last, so that a stage
// with a record is whole.

#ifndef TRAINER_STAGES_STAGE_RECORD_H_
#define TRAINER_STAGES_STAGE_RECORD_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "trainer/checkpoint/checkpoint_error.h"
#include "trainer/report/summary.h"

namespace trainer {

// Digests are SHA-256 in hexadecimal.
struct StageInputs {
  std::string recipe{};  // StageText
  // Of other stages, by name: "base/model", "collected/documents".
  std::map<std::string, std::string> digests{};

  bool operator==(const StageInputs&) const = default;
};

struct StageRecord {
  StageInputs inputs{};
  std::string model{};  // digest of the model it left; empty: it left none
  StageSummary summary{};
  std::optional<RewardModelSummary> reward_model{};
};

// Why a stage with `record` has to be done again for `now`, for people; none:
// it has not.
[[nodiscard]] std::optional<std::string> Stale(const StageRecord& record,
                                               const StageInputs& now);

[[nodiscard]] std::string ToJson(const StageRecord& record);
[[nodiscard]] CheckpointResult<StageRecord> ParseStageRecord(
    std::string_view text, const std::string& path);

// Of checkpoints: what a stage in progress is made of.
[[nodiscard]] std::string DigestOf(const StageInputs& inputs);

}  // namespace trainer

#endif  // TRAINER_STAGES_STAGE_RECORD_H_
