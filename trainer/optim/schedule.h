// LearningRate: of a step. A plain function; any thread.

#ifndef TRAINER_OPTIM_SCHEDULE_H_
#define TRAINER_OPTIM_SCHEDULE_H_

#include <cstdint>

namespace trainer {

struct ScheduleOptions {
  double lr = 1e-3;
  bool cosine = false;  // after the warm-up; else constant
  std::int64_t warmup_steps = 0;
  double final_ratio = 0.1;  // of lr, at the last step of a cosine
};

// `step` counts from 1 to `steps`. Warm-up: lr * step / warmup_steps, so that
// the step after it has lr whole. Cosine (Loshchilov and Hutter, arXiv
// 1608.03983, eq. 5): from lr at step warmup_steps to lr * final_ratio at
// `steps`. Throws std::invalid_argument where step is outside [1, steps].
[[nodiscard]] double LearningRate(const ScheduleOptions& options,
                                  std::int64_t step, std::int64_t steps);

}  // namespace trainer

#endif  // TRAINER_OPTIM_SCHEDULE_H_
