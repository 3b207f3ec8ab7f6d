// AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2) on one flat
// tensor. Weights in bfloat16 have a float32 master copy; moments are float32
// (float64 for float64 weights). Not thread-safe. No synchronisation with the
// host.

#ifndef TRAINER_OPTIM_ADAMW_H_
#define TRAINER_OPTIM_ADAMW_H_

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace trainer {

struct AdamWOptions {
  double beta1 = 0.9;
  double beta2 = 0.95;
  double epsilon = 1e-8;
  double weight_decay = 0.0;  // each step takes lr * weight_decay of a weight
};

class AdamW {
 public:
  // `weights`: a leaf [N], borrowed: Step changes it in place. `decayed`: [N]
  // of 0 and 1, which weights decay; undefined: all.
  AdamW(at::Tensor weights, const AdamWOptions& options,
        at::Tensor decayed = {});

  // One update from `gradient` [N] (of any floating type).
  void Step(const at::Tensor& gradient, double lr);

  [[nodiscard]] std::int64_t steps() const { return steps_; }

  // The state that a resumed run needs, beside steps(): "exp_avg",
  // "exp_avg_sq", and "master" where the weights are bfloat16. They share
  // storage with the optimizer: write to them to restore.
  [[nodiscard]] std::vector<std::pair<std::string, at::Tensor>> state() const;
  void set_steps(std::int64_t steps) { steps_ = steps; }

 private:
  at::Tensor weights_;
  AdamWOptions options_;
  at::Tensor decayed_;
  at::Tensor master_;  // weights_ itself where it is exact enough
  at::Tensor average_;
  at::Tensor square_;
  std::int64_t steps_ = 0;
};

}  // namespace trainer

#endif  // TRAINER_OPTIM_ADAMW_H_
