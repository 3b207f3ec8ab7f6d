// RewardModelLoop: a scalar head on a decoder learns what people prefer
// (DeepSeek-R1, arXiv 2501.12948, section 3.1): "helpful" from pairs, with
// -log sigmoid(s_chosen - s_rejected) (Bradley and Terry 1952; Ouyang et al.,
// arXiv 2203.02155, equation 1); "safety" from labelled responses, with binary
// cross-entropy.

#ifndef TRAINER_STAGES_REWARD_MODEL_STAGE_H_
#define TRAINER_STAGES_REWARD_MODEL_STAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "trainer/stages/reward_examples.h"
#include "trainer/stages/stage_loop.h"

namespace trainer {

class RewardModelLoop : public StageLoop {
 public:
  // context.model is a ScoringModel.
  RewardModelLoop(const StageContext& context, std::string name,
                  const RewardModelStage& stage);

  [[nodiscard]] std::int64_t steps() const override;
  void Step(std::int64_t step, StepOutcome& outcome) override;
  [[nodiscard]] Updater& updater() override { return updater_; }
  [[nodiscard]] std::string Header(const std::string& title) const override;
  [[nodiscard]] std::string Line(std::int64_t step, const StepOutcome& outcome,
                                 std::optional<double> eta_s) const override;

 private:
  StageContext context_;
  RewardModelStage stage_;
  std::uint64_t seed_;
  RewardExamples examples_;
  Updater updater_;
};

// The share of `stage.held_out` held-out examples that `model` has right: the
// chosen response over the rejected one, the sign of the label. Every rank
// computes it whole.
[[nodiscard]] double HeldOutAccuracy(const Model& model, const Recipe& recipe,
                                     const RewardModelStage& stage);

}  // namespace trainer

#endif  // TRAINER_STAGES_REWARD_MODEL_STAGE_H_
