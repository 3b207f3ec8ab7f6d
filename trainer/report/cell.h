// Cells: numbers in the fixed width of a line for a terminal. Thread-safe: no
// state.

#ifndef TRAINER_REPORT_CELL_H_
#define TRAINER_REPORT_CELL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace trainer {

// `number` with `decimals`, right-aligned in exactly `width` characters, which
// must be 3 or more: with fewer decimals, else as 1e+09, else as '#' where it
// does not fit. None: "-". Not finite: "nan", "inf" or "-inf" ("###" where
// that does not fit).
[[nodiscard]] std::string NumberCell(const std::optional<double>& number,
                                     std::size_t width, int decimals);

// The same for a whole number with commas ("3,210"), without them where they do
// not fit.
[[nodiscard]] std::string CountCell(const std::optional<double>& number,
                                    std::size_t width);

// "0:07", "19:08", "2:03:04", "12d 04h"; rounded up to a second. None, negative
// or not finite: "-". At most 8 characters below 10,000 days.
[[nodiscard]] std::string ClockText(const std::optional<double>& seconds);

// `text` cut to `width` characters (a final "~" says so) or padded on the
// right. Bytes that are not printable ASCII become '?'.
[[nodiscard]] std::string TextCell(std::string_view text, std::size_t width);

}  // namespace trainer

#endif  // TRAINER_REPORT_CELL_H_
