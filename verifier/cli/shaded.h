// Shaded: the part of a response whose words a check coloured (the steps with a
// shade), as text for a terminal or as HTML. Thread-safe: no state.

#ifndef VERIFIER_CLI_SHADED_H_
#define VERIFIER_CLI_SHADED_H_

#include <string>
#include <string_view>

#include "verifier/engine/explain.h"

namespace verifier::cli {

// Bytes of a response that are shown in shades on a terminal; a page shows all.
inline constexpr std::size_t kMostShadedText = 16384;

// "good", "bad", "aside"; "" for kNone.
[[nodiscard]] std::string_view ShadeName(rewards::Shade shade) noexcept;

// The lines of `response` from the first shade to the last, in colours; without
// `color` what is bad stands in [finding|...], what is aside in (finding|...).
// Empty where no step has a shade. Control characters are shown, never sent.
[[nodiscard]] std::string ShadedText(const rewards::Explanation& steps,
                                     std::string_view response, bool color);

// The same as an HTML element; its classes are the names of the shades. Empty
// as well.
[[nodiscard]] std::string ShadedHtml(const rewards::Explanation& steps,
                                     std::string_view response);

// `text` (untrusted) with what HTML has a meaning for escaped, and control
// characters and bytes that are not UTF-8 as in Printable().
[[nodiscard]] std::string EscapedHtml(std::string_view text);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_SHADED_H_
