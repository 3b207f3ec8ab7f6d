// ResponseForm: how a thought and an answer are put together into a response,
// exactly as a model writes it. Pure; any thread; linear time.
//
//   plain    so 132
//   r1-zero  <think>so</think><answer>\boxed{132}</answer>
//   r1       <think>
//            so
//            </think>
//
//            The answer is \boxed{132}.

#ifndef DATASETS_RESPONSE_FORM_H_
#define DATASETS_RESPONSE_FORM_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/language.h"

namespace datasets {

enum class ResponseForm { kPlain, kR1Zero, kR1 };

// "plain", "r1-zero" or "r1".
[[nodiscard]] std::string_view ResponseFormName(ResponseForm form) noexcept;

// How an answer stands in a tagged response. kPlain shows it as it is.
enum class AnswerStyle {
  kBoxed,  // in a \boxed{}; in kR1 at the end of a sentence in the language
  kBare,   // as it is: a reply, a program in its fence
};

// Requires, in a tagged form: neither `thought` nor `answer` is blank, and
// neither holds a tag. kPlain leaves an empty thought out.
[[nodiscard]] std::string FormatResponse(
    ResponseForm form, Language language, std::string_view thought,
    std::string_view answer, AnswerStyle style = AnswerStyle::kBoxed);

// The R1 form of a response in the R1-Zero form: its thought, then what it
// answered. An answer that is one \boxed{} or one line without braces and
// backslashes ends a sentence in `language`, boxed; one that holds a fenced
// block stays as it is. ASCII white space around tags is free and is taken off.
// Nothing where a tag is missing, doubled or out of place, where there is text
// outside the two blocks, where a block is blank or holds a control character
// but line ends and tabs, and for every other answer.
[[nodiscard]] std::optional<std::string> RefineToR1(
    std::string_view r1_zero_response, Language language);

// The constant pieces of the R1 form, each once, in a fixed order.
[[nodiscard]] std::vector<std::string> ResponsePieces();

}  // namespace datasets

#endif  // DATASETS_RESPONSE_FORM_H_
