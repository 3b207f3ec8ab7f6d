// What makes a text fit to learn from. Pure; any thread.

#ifndef TRAINER_STAGES_TEXT_FILTERS_H_
#define TRAINER_STAGES_TEXT_FILTERS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace trainer {

// Runs of ASCII letters and digits, in lower case, and each other character
// that is not ASCII, on its own: punctuation of ASCII is left out.
[[nodiscard]] std::vector<std::string> WordsOf(std::string_view text);

// The share of words that end a run of `n` words seen before in the text. 0 for
// a text of fewer than n words.
[[nodiscard]] double RepeatedShare(std::string_view text, std::size_t n = 4);

// Decontamination (DeepSeek-R1, arXiv 2501.12948, supplement D.1): a text that
// shares a run of 10 words with what is held out is not learnt.
class Decontaminator {
 public:
  static constexpr std::size_t kRun = 10;

  void HoldOut(std::string_view text);
  [[nodiscard]] bool Contaminated(std::string_view text) const;

 private:
  std::unordered_set<std::string> runs_;
};

// Words by which a chain of thought shows that it looks at itself (DeepSeek-R1,
// supplement C.2), and their counterparts in Chinese: how often they occur.
[[nodiscard]] std::size_t ReflectionWords(std::string_view text);

}  // namespace trainer

#endif  // TRAINER_STAGES_TEXT_FILTERS_H_
