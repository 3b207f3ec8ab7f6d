// NormalForm: one spelling for answers that are the same words. Unicode's NFKC
// (full-width and ligature forms), white space folded, what LaTeX and Markdown
// put around a text taken off; and where the options say so, case and the
// punctuation at both ends. Nothing else is the same. Pure; thread-safe; linear
// time.

#ifndef REWARDS_TEXT_NORMAL_FORM_H_
#define REWARDS_TEXT_NORMAL_FORM_H_

#include <string>
#include <string_view>

namespace rewards::text {

struct NormalOptions {
  bool fold_case = true;
  bool ignore_ends = true;  // punctuation at both ends
};

// Empty where nothing is left. Bytes that are no UTF-8 become U+FFFD. Requires:
// under 64 MiB.
[[nodiscard]] std::string NormalForm(std::string_view text,
                                     const NormalOptions& options);

// `text` without $...$, \(...\), **...** and \text{...} and its like around all
// of it. Inside nothing is touched.
[[nodiscard]] std::string_view Unwrap(std::string_view text);

}  // namespace rewards::text

#endif  // REWARDS_TEXT_NORMAL_FORM_H_
