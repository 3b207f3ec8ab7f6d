// WorldTasks: arithmetic and puzzles, mixed, from a seed. The same options give
// the same tasks on every machine; with no weight on a puzzle they are those of
// ArithmeticTasks. Not thread-safe.

#ifndef DATASETS_WORLD_H_
#define DATASETS_WORLD_H_

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "datasets/arithmetic.h"
#include "datasets/arithmetic_random.h"
#include "datasets/puzzle.h"
#include "datasets/task.h"

namespace datasets {

struct WorldOptions {
  // Seed, split, languages, weights of checks and the template hold for
  // puzzles too. `kind_weights` may be all 0 where a puzzle has a weight.
  ArithmeticOptions arithmetic{};

  // How often each puzzle is drawn, in the order of PuzzleKind, beside
  // `arithmetic.kind_weights`.
  std::array<double, kPuzzleKinds> puzzle_weights{};
};

using WorldProblem = std::variant<ArithmeticProblem, PuzzleProblem>;

class WorldTasks {
 public:
  // Throws std::invalid_argument where a weight is negative or none is
  // positive.
  explicit WorldTasks(const WorldOptions& options);

  // The next task; there is no last one. Its id is "<split>-<seed>-<number>",
  // the number from 0.
  [[nodiscard]] Task Next();

  // The next task before it is put in words. Next() is MakeTask of this.
  [[nodiscard]] WorldProblem NextProblem();

  // `problem` as a task with the number `number`.
  [[nodiscard]] Task MakeTask(const WorldProblem& problem,
                              std::uint64_t number) const;

  [[nodiscard]] const WorldOptions& options() const { return options_; }

 private:
  WorldOptions options_;
  double puzzle_share_ = 0.0;
  std::optional<ArithmeticTasks> arithmetic_;  // where a kind has a weight
  Random random_;                              // of everything but arithmetic
  std::uint64_t number_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_WORLD_H_
