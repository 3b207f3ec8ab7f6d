// Terminal: what may be shown, in which colours, and safely. Thread-safe: no
// state but the environment's.

#ifndef VERIFIER_CLI_TERMINAL_H_
#define VERIFIER_CLI_TERMINAL_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace verifier::cli {

enum class ColorMode { kAuto, kAlways, kNever };

[[nodiscard]] bool IsTerminal(int fd);

// Whether to colour what goes to `fd`. kAuto: yes on a terminal, unless
// NO_COLOR is set and not empty, or TERM is dumb; and yes wherever
// CLICOLOR_FORCE is set and neither empty nor 0 (NO_COLOR wins).
[[nodiscard]] bool UseColor(ColorMode mode, int fd);

// Columns of the terminal at `fd`; else COLUMNS, else 80.
[[nodiscard]] std::size_t TerminalColumns(int fd);

enum class Style { kGood, kBad, kWarning, kFaint, kBold };

// `text` in `style` where `color`, else as it is.
[[nodiscard]] std::string Paint(std::string_view text, Style style, bool color);

// `text` (untrusted: ids, answers, reasons) such that a terminal shows it and
// does nothing else: control characters, C1 included, and characters that turn
// the direction of text become '?', bytes that are not UTF-8 too. Longer than
// `most` characters: cut, with "..." at the end.
[[nodiscard]] std::string Printable(std::string_view text, std::size_t most);

// Characters of `text`, which must be UTF-8.
[[nodiscard]] std::size_t CharacterCount(std::string_view text);

// Writes all of `text`; returns 0, or errno (EPIPE: nobody reads).
[[nodiscard]] int WriteAll(int fd, std::string_view text);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_TERMINAL_H_
