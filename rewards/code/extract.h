// Extract: the program in an answer. Pure; any thread; linear time.
//
// The program is the last fenced block whose info string starts with one of
// the language's names; without one, the last fenced block with no info string.
// The name may stand before attributes, or in braces with them
// (```python title=x, ```{.python}). A program is one file: names of files
// around a block are text, and blocks are never put together. A block of
// another language never counts, nor does text outside a fence. An answer whose
// last block with something in it is not closed was cut off, and has no
// program. An answer without any fence is the program itself where its first
// line of code is a statement: models that complete code write no fences, and a
// misreading can only fail its tests.

#ifndef REWARDS_CODE_EXTRACT_H_
#define REWARDS_CODE_EXTRACT_H_

#include <span>
#include <string>
#include <string_view>

#include "sandbox/language.h"

namespace rewards::code {

struct Extraction {
  bool found = false;
  bool fenced = false;        // some line of the answer opens a block
  std::string source{};       // where found; not blank
  std::string_view reason{};  // where not, for people
};

// True where the first line of `text` that is neither blank nor a comment is
// the beginning of a program of `language`, and no sentence.
[[nodiscard]] bool StartsLike(const sandbox::Language& language,
                              std::string_view text);

// `text` without the mark that some editors put before UTF-8, and that most
// interpreters take for a word.
[[nodiscard]] std::string_view WithoutByteOrderMark(std::string_view text);

// Why `pattern` is no Language::opening, or empty.
[[nodiscard]] std::string OpeningProblem(const std::string& pattern);

// The program of an answer in `language`: a block
// of its tags, or the whole answer. Info strings match in either case.
[[nodiscard]] Extraction ExtractProgram(const sandbox::Language& language,
                                        std::string_view answer);

}  // namespace rewards::code

#endif  // REWARDS_CODE_EXTRACT_H_
