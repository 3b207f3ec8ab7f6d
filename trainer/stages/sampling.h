// CollectDocuments: rejection sampling (DeepSeek-R1, arXiv 2501.12948, section
// 3.3 and supplement B.3): a model answers questions, the verifier judges, and
// what is right and readable is kept.

#ifndef TRAINER_STAGES_SAMPLING_H_
#define TRAINER_STAGES_SAMPLING_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "trainer/dist/comm.h"
#include "trainer/recipes/recipe.h"
#include "trainer/report/completions.h"
#include "trainer/report/data_card.h"
#include "trainer/rollout/reward_source.h"
#include "trainer/stages/document.h"
#include "trainer/stages/model_files.h"

namespace trainer {

struct Collection {
  std::vector<Document> documents{};  // of all ranks, the same on each
  DataCard card{};
  std::vector<CompletionRecord> completions{};  // this rank's, kept or not
};

// As `stage` of `recipe` says it. `progress` is told (questions done,
// questions) of this rank. Blocks for as long as sampling and judging take.
// Throws as RunRollout.
[[nodiscard]] Collection CollectDocuments(
    const Model& model, const Recipe& recipe, const std::string& name,
    const SampleStage& stage, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop = {},
    const std::function<void(std::int64_t, std::int64_t)>& progress = {});

// Questions that are decoded together.
inline constexpr std::int64_t kSamplingChunk = 128;

}  // namespace trainer

#endif  // TRAINER_STAGES_SAMPLING_H_
