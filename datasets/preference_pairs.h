// PreferencePairs: two replies to one prompt, of which one helps more: what a
// pairwise reward model learns from. The same options give the same pairs on
// every machine. Not thread-safe.

#ifndef DATASETS_PREFERENCE_PAIRS_H_
#define DATASETS_PREFERENCE_PAIRS_H_

#include <string>
#include <string_view>

#include "datasets/arithmetic_random.h"
#include "datasets/general.h"
#include "datasets/prompt_template.h"

namespace datasets {

struct PreferencePair {
  std::string prompt{};  // in its frame
  std::string chosen{};  // replies without a thought: only these are compared
  std::string rejected{};
  std::string language{};  // of the prompt: "en" or "zh"
};

// The longer reply has at most this many times the bytes of the shorter one, so
// that length says nothing.
inline constexpr std::size_t kMaxLengthRatio = 2;

class PreferencePairs {
 public:
  // Prompts are those of GeneralTasks(tasks) without `refuse`: harm is not
  // helpful. Throws std::invalid_argument where a weight is negative or none
  // of the others is positive.
  explicit PreferencePairs(GeneralOptions tasks,
                           PromptStyle prompt = PromptStyle::kChat);

  // The next pair; there is no last one.
  [[nodiscard]] PreferencePair Next();

 private:
  GeneralTasks tasks_;
  PromptStyle prompt_;
  Random random_;
};

}  // namespace datasets

#endif  // DATASETS_PREFERENCE_PAIRS_H_
