// ArithmeticText: the words of arithmetic problems and their worked steps.
// Pure; any thread.

#ifndef DATASETS_ARITHMETIC_TEXT_H_
#define DATASETS_ARITHMETIC_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/arithmetic.h"

namespace datasets {

// The problem as a question, without a full stop at its end.
[[nodiscard]] std::string Question(const ArithmeticProblem& problem);

// The words of a worked trace.
enum class Label { kOnes, kTens, kHundreds, kSo, kThen };
inline constexpr std::size_t kLabels = 5;

// E.g. "tens" or "十位".
[[nodiscard]] std::string_view LabelText(Label label, Language language);

// The constant pieces of all questions, as they stand between the numbers;
// each once, in a fixed order.
[[nodiscard]] std::vector<std::string> QuestionPieces();

}  // namespace datasets

#endif  // DATASETS_ARITHMETIC_TEXT_H_
