// Segments: the word-break segments of a text (Unicode annex 29, with ICU's
// dictionaries for scripts without spaces). Pure; any thread; linear time.

#ifndef REWARDS_LANGUAGE_SEGMENTS_H_
#define REWARDS_LANGUAGE_SEGMENTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rewards::language {

// Units [begin, end) of the text; what is between two segments is none.
struct Segment {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The segments of `text` with rule status >= 200, in order: words of letters,
// kana and ideographs. Pieces of the letters of most alphabets are split here,
// as ICU would, but that an @ joins nothing; ICU splits the rest. None where
// ICU cannot serve. Requires: under 2^31 units.
[[nodiscard]] std::optional<std::vector<Segment>> FindSegments(
    std::u16string_view text);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_SEGMENTS_H_
