// Updater: from the gradient in a decoder to its next weights, on all ranks
// alike. Not thread-safe.

#ifndef TRAINER_STAGES_UPDATER_H_
#define TRAINER_STAGES_UPDATER_H_

#include <cstdint>

#include "trainer/dist/comm.h"
#include "trainer/model/decoder.h"
#include "trainer/optim/adamw.h"
#include "trainer/optim/grad_guard.h"
#include "trainer/recipes/recipe.h"
#include "trainer/stages/tensor_blob.h"

namespace trainer {

struct UpdateReport {
  double grad_norm = 0.0;  // before clipping
  double lr = 0.0;
  bool applied = false;  // else the gradient was not finite
};

class Updater {
 public:
  // `decoder` and `comm` must outlive it.
  Updater(Decoder& decoder, const OptimizerSettings& settings,
          std::int64_t non_finite_limit, Comm& comm);

  // Forgets the gradient of the update before.
  void Begin();

  // After each backward pass: bfloat16 gradients are summed in float32.
  void Accumulate();

  // Sums the gradient over ranks, clips it and applies it, with the learning
  // rate of `step` of `steps`.
  [[nodiscard]] UpdateReport Apply(std::int64_t step, std::int64_t steps);

  // Throws RunError (kGuard) where gradients were not finite too often in a
  // row.
  void CheckGuard() const;

  // For a checkpoint. The tensors share storage: write to them to restore.
  [[nodiscard]] NamedTensors state() const { return optimizer_.state(); }
  [[nodiscard]] std::int64_t updates() const { return optimizer_.steps(); }
  [[nodiscard]] std::int64_t refused() const { return guard_.refused(); }
  void Restore(std::int64_t updates, std::int64_t refused);

 private:
  Decoder& decoder_;
  OptimizerSettings settings_;
  Comm& comm_;
  AdamW optimizer_;
  GradGuard guard_;
  at::Tensor sum_;  // [N] float32 where the weights are bfloat16
};

}  // namespace trainer

#endif  // TRAINER_STAGES_UPDATER_H_
