// Stopwatch: seconds since it was made. For timings, never for decisions.

#ifndef TRAINER_STAGES_STOPWATCH_H_
#define TRAINER_STAGES_STOPWATCH_H_

#include <chrono>

namespace trainer {

class Stopwatch {
 public:
  [[nodiscard]] double Seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         begin_)
        .count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ =
      std::chrono::steady_clock::now();
};

}  // namespace trainer

#endif  // TRAINER_STAGES_STOPWATCH_H_
