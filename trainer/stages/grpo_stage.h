// GrpoStage loop: group relative policy optimization (DeepSeek-R1, arXiv
// 2501.12948, section 2.1): rollouts, rewards from a RewardSource, advantages
// within each group, updates.

#ifndef TRAINER_STAGES_GRPO_STAGE_H_
#define TRAINER_STAGES_GRPO_STAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trainer/loss/advantage.h"
#include "trainer/loss/grpo_loss.h"
#include "trainer/rollout/reward_source.h"
#include "trainer/stages/reward_watch.h"
#include "trainer/stages/rollout.h"
#include "trainer/stages/stage_loop.h"
#include "trainer/stages/sums.h"

namespace trainer {

class GrpoLoop : public StageLoop {
 public:
  // The reference is the model as it is now. `rewards` must outlive it.
  GrpoLoop(const StageContext& context, std::string name,
           const GrpoStage& stage, RewardSource& rewards);

  [[nodiscard]] std::int64_t steps() const override { return stage_.steps; }
  void Step(std::int64_t step, StepOutcome& outcome) override;
  [[nodiscard]] bool ended() const override { return watch_.ended(); }
  [[nodiscard]] NamedTensors state() const override;
  [[nodiscard]] Updater& updater() override { return updater_; }
  [[nodiscard]] std::string Header(const std::string& title) const override;
  [[nodiscard]] std::string Line(std::int64_t step, const StepOutcome& outcome,
                                 std::optional<double> eta_s) const override;

 private:
  // This rank's part of one update.
  struct Minibatch {
    std::vector<std::size_t> completions{};  // to learn from
    UpdateCounts counts{};                   // of all judged ones, here
  };
  // What the updates of a step measured; sums over this rank's tokens. Those
  // of `parts` stay on the device until the step ends: reading a number there
  // would make the host wait for every part.
  struct Trained {
    at::Tensor parts{};      // float64 [4]: loss, kl, ratio, clipped
    at::Tensor ratio_max{};  // float64 []
    double tokens = 0.0;
    double grad_norm = 0.0;  // of the last update
    double lr = 0.0;
    std::int64_t updates = 0;
    std::int64_t skipped = 0;              // not finite
    std::vector<DumpedExample> refused{};  // of those

    void Add(const GrpoLossParts& added);
    // Copies to the host. `named` gets a number even where nothing was added.
    void Read(Sums& named, double& largest_ratio) const;
  };

  [[nodiscard]] std::vector<NumberedTask> TasksOfStep(std::int64_t step) const;
  [[nodiscard]] std::vector<Minibatch> Split(
      const Rollout& rollout, const Advantages& advantages,
      const std::vector<NumberedTask>& tasks, std::int64_t step,
      std::int64_t epoch) const;
  void Update(const Rollout& rollout, const Advantages& advantages,
              Minibatch minibatch, std::int64_t step, Trained& trained);
  void Backward(const Rollout& rollout, const Advantages& advantages,
                std::span<const std::size_t> completions,
                const UpdateCounts& counts, Trained& trained);
  void Look(StepOutcome& outcome);
  [[nodiscard]] bool uses_reference() const { return stage_.kl_beta > 0.0; }

  StageContext context_;
  std::string name_;
  GrpoStage stage_;
  RewardSource& rewards_;
  std::uint64_t seed_;
  GrpoLossOptions loss_;
  std::optional<Decoder> reference_;
  Updater updater_;
  RewardWatch watch_;
};

}  // namespace trainer

#endif  // TRAINER_STAGES_GRPO_STAGE_H_
