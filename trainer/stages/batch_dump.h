// BatchDump: the sequences of an update whose gradient was not finite, kept for
// a person to look at. Blocks on the disk.

#ifndef TRAINER_STAGES_BATCH_DUMP_H_
#define TRAINER_STAGES_BATCH_DUMP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trainer/stages/completion_batch.h"

namespace trainer {

struct DumpedExample {
  std::int64_t update = 0;  // of the step, from 0
  Example example{};
  std::vector<float> logprobs{};      // as recorded in the rollout, or empty
  std::optional<double> advantage{};  // none: the stage has no such thing
};

// `{"update","prompt_length","tokens","logprobs","advantage"}`. A number that
// is not finite is null.
[[nodiscard]] std::string ToJsonLine(const DumpedExample& dumped);

// Writes `folder`/dumps/step_NNNNNN_rankR.jsonl, and gives its path. Throws
// RunError (kResources).
std::string WriteBatchDump(const std::string& folder, std::int64_t step,
                           int rank, const std::vector<DumpedExample>& dump);

}  // namespace trainer

#endif  // TRAINER_STAGES_BATCH_DUMP_H_
