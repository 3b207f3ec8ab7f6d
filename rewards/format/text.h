// Small questions about a piece of a response. Pure; any thread; linear time.

#ifndef REWARDS_FORMAT_TEXT_H_
#define REWARDS_FORMAT_TEXT_H_

#include <string_view>

namespace rewards::format {

// True for ASCII white space.
[[nodiscard]] bool IsSpace(char c) noexcept;

// True where `text` is ASCII white space and nothing else, or empty.
[[nodiscard]] bool IsBlank(std::string_view text) noexcept;

// True where a reader would see nothing: white space, control and invisible
// characters only. Wider than IsBlank: asked of what must not be empty.
[[nodiscard]] bool IsHollow(std::string_view text) noexcept;

enum class Box { kNone, kUnbalanced, kEmpty, kFull };

// The state of the last \boxed{...} in `text`; kUnbalanced where any box is
// left open. \{ and \} are no braces.
[[nodiscard]] Box LastBox(std::string_view text);

}  // namespace rewards::format

#endif  // REWARDS_FORMAT_TEXT_H_
