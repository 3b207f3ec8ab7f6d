// Spans: where mathematics stands in prose. Linear time on megabytes, no
// recursion. Thread-safe.

#ifndef REWARDS_MATH_EXTRACT_SPANS_H_
#define REWARDS_MATH_EXTRACT_SPANS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "rewards/math/extract/delimiters.h"

namespace rewards::math {

// The mathematical spans of `text`, in order, at most `max + 1` of them: what
// stands between math delimiters, and bare runs that hold a digit. A run takes
// in the words that change its value ("negative 5", "5 million", "5 x"), so
// that no fragment of it is read. Names in delimiters ($n$) are left out. The
// views borrow from `text`.
[[nodiscard]] std::vector<std::string_view> FindSpans(std::string_view text,
                                                      std::size_t max);

// The offset just past the sentence that begins at `pos`: at a full stop that
// space follows, a line break or the end, but not inside math delimiters.
// Linear over calls with growing `pos`.
[[nodiscard]] std::size_t SentenceEnd(Delimiters* text, std::size_t pos);

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_SPANS_H_
