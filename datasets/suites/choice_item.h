// ChoiceItem: a question with lettered options, whatever data set it came from,
// and the readers of their published formats. Thread-safe; the readers block on
// the disk, and an error names the first bad line.

#ifndef DATASETS_SUITES_CHOICE_ITEM_H_
#define DATASETS_SUITES_CHOICE_ITEM_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/file_error.h"

namespace datasets {

// Most options of a question: a letter each.
inline constexpr std::size_t kMaxOptions = 26;

struct ChoiceItem {
  std::string id{};        // the published id, or the line number from 1
  std::string subject{};   // or empty
  std::string question{};  // with its passage before it, without the options
  std::vector<std::string> options{};  // 2 to kMaxOptions, without letters
  std::string gold{};  // the right letters, ascending, each once: "B", "ACD"
};

// "A" is 0.
[[nodiscard]] constexpr char LetterOf(std::size_t option) {
  return static_cast<char>('A' + option);
}

using ChoiceItems = FileResult<std::vector<ChoiceItem>>;

// MMLU: rows `question, A, B, C, D, answer` of CSV without a head, or JSON
// lines with `question`, `choices`, `answer` (a number from 0, or a letter) and
// `subject` or `type`.
[[nodiscard]] ChoiceItems ReadMmlu(const std::string& path);

// The same, of the 18 subjects of MMLU-STEM. Every record must name its
// subject.
[[nodiscard]] ChoiceItems ReadMmluStem(const std::string& path);

// MMLU-Pro: `question_id`, `question`, `options`, `answer`, `category`.
[[nodiscard]] ChoiceItems ReadMmluPro(const std::string& path);

// GPQA: CSV with a head that has "Question", "Correct Answer", "Incorrect
// Answer 1" to 3, and often "Record ID" and "Subdomain". The order of the
// options follows from the question alone: the same on every machine.
[[nodiscard]] ChoiceItems ReadGpqa(const std::string& path);

// C-Eval: CSV with the head `id,question,A,B,C,D,answer`, more columns allowed.
// Its test split has no answers, and is an error.
[[nodiscard]] ChoiceItems ReadCeval(const std::string& path);

// AGIEval (Gaokao, SAT, LSAT): `passage`, `question`, `options` (an array of
// "(A)...", or an object), `label` (letters, or an array of letters).
[[nodiscard]] ChoiceItems ReadAgieval(const std::string& path);

}  // namespace datasets

#endif  // DATASETS_SUITES_CHOICE_ITEM_H_
