// ArithmeticTasks: arithmetic in words and symbols, English and Chinese, from a
// seed. The same options give the same tasks on every machine. Not thread-safe.
//
// Held out: a pair of numbers belongs to the held-out split where a fixed hash
// of it (sorted, the same for every seed) falls below kHeldOutShare. A training
// item has no held-out pair, a held-out item has nothing else; see Pairs().

#ifndef DATASETS_ARITHMETIC_H_
#define DATASETS_ARITHMETIC_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/arithmetic_random.h"
#include "datasets/language.h"
#include "datasets/split.h"
#include "datasets/task.h"

namespace datasets {

enum class ArithmeticKind {
  kAdd2,   // a + b, two digits each
  kSub2,   // a - b, two digits each, a >= b
  kAdd3,   // a + b, three digits each
  kSub3,   // a - b, three digits each, a >= b
  kEq,     // x + a = b; x and a of two digits
  kChain,  // a +- b +- c, two digits each, nothing below 0
  kMul,    // a * b, a of two digits, b from 2 to 9
};
inline constexpr std::size_t kArithmeticKinds = 7;

// Each kind's name in Task::kind, e.g. "add2".
[[nodiscard]] std::string_view KindName(ArithmeticKind kind) noexcept;

using OperandPair = std::pair<std::int64_t, std::int64_t>;

// The order of the two does not matter.
[[nodiscard]] bool IsHeldOut(OperandPair pair) noexcept;

// How many ways each kind is put in each language.
inline constexpr std::size_t kPhrasings = 3;

// A task before it is put in words.
struct ArithmeticProblem {
  ArithmeticKind kind = ArithmeticKind::kAdd2;
  Language language = Language::kEnglish;
  std::size_t phrasing = 0;  // below kPhrasings
  std::int64_t a = 0;        // kEq: the one that is added to x
  std::int64_t b = 0;        // kEq: the sum
  std::int64_t c = 0;        // kChain only
  bool first_plus = true;    // kChain: a + b, else a - b
  bool second_plus = true;   // kChain: ... + c, else ... - c
};

[[nodiscard]] std::int64_t Answer(const ArithmeticProblem& problem);

// Every pair of numbers that the problem shows or that solving it brings
// together: (a, b), in a chain also the first result with c, in an equation
// also x with a. Not sorted.
[[nodiscard]] std::vector<OperandPair> Pairs(const ArithmeticProblem& problem);

struct ArithmeticOptions {
  // How often each kind is drawn, in the order of ArithmeticKind. Requires:
  // none negative, at least one positive.
  std::array<double, kArithmeticKinds> kind_weights = {1,   1,   1,  1,
                                                       1.0, 0.5, 0.5};

  double chinese_fraction = 0.5;  // of all tasks; the rest is English
  std::uint64_t seed = 1;
  Split split = Split::kTrain;

  // Weights of the checks. A check whose weight is 0 is left out.
  double accuracy_weight = 1.0;
  double format_weight = 1.0;
  double language_weight = 0.0;

  // Of the item and of its format check: "r1", "r1-zero", ... In "r1" an answer
  // in <answer> tags must be in a \boxed{} to be read, in "r1-zero" it need
  // not.
  std::string template_name = "r1";
};

// `problem` as task `number` of `options`.
[[nodiscard]] Task MakeArithmeticTask(const ArithmeticProblem& problem,
                                      std::uint64_t number,
                                      const ArithmeticOptions& options);

class ArithmeticTasks {
 public:
  explicit ArithmeticTasks(ArithmeticOptions options);

  // The next task; there is no last one. Its id is "<split>-<seed>-<number>",
  // the number from 0.
  [[nodiscard]] Task Next();

  // The next task before it is put in words. Next() is MakeArithmeticTask of
  // this.
  [[nodiscard]] ArithmeticProblem NextProblem();

  [[nodiscard]] const ArithmeticOptions& options() const { return options_; }

 private:
  [[nodiscard]] ArithmeticProblem DrawFrame();
  void DrawOperands(ArithmeticProblem& problem);

  ArithmeticOptions options_;
  Random random_;
  std::uint64_t number_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_H_
