// Mask: the parts of a text that are in no language: mathematics, code, URLs,
// e-mail addresses, identifiers, encoded data, numbers with their units, tags.
// Pure; any thread; one scan, no regular expressions, near linear time.
//
// A delimiter that is not closed masks nothing. Prose inside a masked part is
// given back (ProseRuns), so that nothing can be hidden in a code block.

#ifndef REWARDS_LANGUAGE_MASK_H_
#define REWARDS_LANGUAGE_MASK_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rewards::language {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;  // one past the last unit
};

// The neutral parts of `text`, from left to right, none overlapping, before
// anything is given back.
[[nodiscard]] std::vector<Span> FindMarkup(std::u16string_view text);

// Least run of words, or of letters of a script without spaces, that is prose.
inline constexpr std::size_t kProseWords = 5;
inline constexpr std::size_t kProseLetters = 8;
inline constexpr std::size_t kWordLetters = 2;  // of such letters, to a word

struct ProseRun {
  Span span;
  std::size_t words = 0;
};

// Where prose stands in `text[within]`: at least kProseWords words on one line
// with nothing but spaces between, or kProseLetters letters of a script without
// spaces with no other letter or digit between.
[[nodiscard]] std::vector<ProseRun> ProseRuns(std::u16string_view text,
                                              Span within);

// A closed fence keeps its comments: no run of prose over kCommentWords words,
// and at least kTokensPerWord names, numbers and signs of code to each of their
// words.
inline constexpr std::u16string_view kFence = u"```";
inline constexpr std::size_t kCommentWords = 10;
inline constexpr std::size_t kTokensPerWord = 2;

// `text` with every neutral unit replaced by U+FFFC; as long as `text`.
[[nodiscard]] std::u16string Masked(std::u16string_view text);

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_MASK_H_
