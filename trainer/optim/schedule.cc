#include "trainer/optim/schedule.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace trainer {

double LearningRate(const ScheduleOptions& options, std::int64_t step,
                    std::int64_t steps) {
  if (step < 1 || step > steps) {
    throw std::invalid_argument("LearningRate: a step outside [1, steps]");
  }
  const auto at = static_cast<double>(step);
  const auto warm = static_cast<double>(options.warmup_steps);
  if (step < options.warmup_steps) return options.lr * at / warm;
  if (!options.cosine) return options.lr;
  const double rest = static_cast<double>(steps) - warm;
  const double done = rest > 0.0 ? (at - warm) / rest : 1.0;
  const double height = 0.5 * (1.0 + std::cos(std::numbers::pi * done));
  return options.lr *
         (options.final_ratio + (1.0 - options.final_ratio) * height);
}

}  // namespace trainer
