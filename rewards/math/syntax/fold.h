// Fold: one spelling for each sign. Maps Unicode mathematics, full-width forms
// and the digits of other scripts to ASCII and LaTeX, so that the lexer knows
// each sign once. Explicit: what is not in the table stays as it is, and the
// lexer refuses it. Thread-safe, linear time.

#ifndef REWARDS_MATH_SYNTAX_FOLD_H_
#define REWARDS_MATH_SYNTAX_FOLD_H_

#include <string>
#include <string_view>
#include <vector>

namespace rewards::math::syntax {

// `text` with every known sign in its ASCII or LaTeX spelling. A vulgar
// fraction becomes \frac, a superscript ^{...}, a subscript _{...}, the root
// sign \usqrt, an en dash \endash, a currency sign a command of its own.
// Mends a doubled backslash and a command whose first letter an escape ate (a
// form feed before "rac"), and notes either in `repairs`.
[[nodiscard]] std::string Fold(std::string_view text,
                               std::vector<std::string_view>* repairs);

}  // namespace rewards::math::syntax

#endif  // REWARDS_MATH_SYNTAX_FOLD_H_
