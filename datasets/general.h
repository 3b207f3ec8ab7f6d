// GeneralTasks: small talk, instructions and requests to refuse, English and
// Chinese, from a seed. The same options give the same tasks on every machine.
// Not thread-safe.
//
// Held out: what a prompt is about, that is its intent with what fills its two
// slots (in either order where both are of one list), belongs to the held-out
// split where a fixed hash of it falls below kHeldOutShare. Language and
// wording do not matter.

#ifndef DATASETS_GENERAL_H_
#define DATASETS_GENERAL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/arithmetic_random.h"
#include "datasets/general_intent.h"
#include "datasets/language.h"
#include "datasets/split.h"
#include "datasets/task.h"

namespace datasets {

// A prompt before it is put in words.
struct GeneralProblem {
  std::size_t intent = 0;    // of GeneralIntents()
  std::size_t x = 0;         // of the intent's list x
  std::size_t y = 0;         // of its list y; not x where they are one list
  std::size_t phrasing = 0;  // below kGeneralPhrasings
  Language language = Language::kEnglish;
};

[[nodiscard]] const GeneralIntent& IntentOf(const GeneralProblem& problem);
[[nodiscard]] GeneralKind KindOf(const GeneralProblem& problem);
[[nodiscard]] const IntentWords& WordsOf(const GeneralProblem& problem);

[[nodiscard]] bool IsHeldOut(const GeneralProblem& problem);

// `phrase` about the problem, in its language. Slots:
//   x y   what fills them            X Y   the same in capital letters
//   r s   x as often as y says, joined as the language does, or by spaces
//   t     as r, once more
//   e     the sum of the numbers x and y   c k   x to e, by spaces or commas
//   d l   e to x, by spaces or commas
[[nodiscard]] std::string FillGeneral(std::string_view phrase,
                                      const GeneralProblem& problem);

// The prompt as a question, without a full stop at its end.
[[nodiscard]] std::string Question(const GeneralProblem& problem);

// Every good reply; never empty. Of an instruction, all that follow it.
[[nodiscard]] std::vector<std::string> GoodReplies(
    const GeneralProblem& problem);

// Replies that are no good: the intent's own bad one, rude ones, one to another
// intent, one in the other language. Never a good one. The first is always the
// intent's own. Draws only from `random`.
[[nodiscard]] std::vector<std::string> BadReplies(const GeneralProblem& problem,
                                                  Random& random);

struct GeneralOptions {
  // How often each kind of prompt is drawn.
  double chat = 1.0;
  double instruct = 1.0;
  double refuse = 1.0;
  double benign = 1.0;  // those that look like `refuse`

  double chinese_fraction = 0.5;  // of all tasks; the rest is English
  std::uint64_t seed = 1;
  Split split = Split::kTrain;

  // The checkers of `chat` and `benign`, and of `refuse`; empty: no such check.
  std::string helpful_checker{};
  std::string safety_checker{};

  // Weights of the checks. A check whose weight is 0 is left out.
  double accuracy_weight = 1.0;  // of `text`, for `instruct`
  double helpful_weight = 1.0;
  double safety_weight = 1.0;
  double format_weight = 1.0;
  double language_weight = 0.0;

  std::string template_name = "r1";  // of the item and of its format check
};

class GeneralTasks {
 public:
  // Throws std::invalid_argument where a weight of a kind is negative or none
  // is positive.
  explicit GeneralTasks(GeneralOptions options);

  // The next task; there is no last one. Its id is "<split>-<seed>-<number>",
  // the number from 0. Its gold is empty but for `instruct`.
  [[nodiscard]] Task Next();

  // The next task before it is put in words. Next() is MakeTask of this.
  [[nodiscard]] GeneralProblem NextProblem();

  // `problem` as a task with the number `number`.
  [[nodiscard]] Task MakeTask(const GeneralProblem& problem,
                              std::uint64_t number) const;

  [[nodiscard]] const GeneralOptions& options() const { return options_; }

 private:
  GeneralOptions options_;
  Random random_;
  std::uint64_t number_ = 0;
};

}  // namespace datasets

#endif  // DATASETS_GENERAL_H_
