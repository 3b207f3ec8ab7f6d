// Read: all of one answer's text to a Tree, or why it is not one. Total: every
// token is used, or there is a ReadError with a position. Thread-safe; time and
// memory linear in the text, within Limits; no recursion.

#ifndef REWARDS_MATH_SYNTAX_READ_H_
#define REWARDS_MATH_SYNTAX_READ_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/math/syntax/limits.h"
#include "rewards/math/syntax/tree.h"

namespace rewards::math {

// Why a text is not an answer. `what` is a short phrase for people that may
// quote up to 24 bytes of the text.
struct ReadError {
  ReadError() = default;
  explicit ReadError(std::string what_in, std::size_t offset_in = 0)
      : what(std::move(what_in)), offset(offset_in) {}

  std::string what;
  std::size_t offset = 0;  // in the folded text, in bytes
};

// What result<T, ReadError>::value() does with an error: a defect of the
// caller. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const ReadError& error,
                                             const boost::source_location&);

template <typename T>
using Read = boost::system::result<T, ReadError>;

// Reads all of `text` (untrusted, any bytes): LaTeX, Unicode, plain text or
// Markdown mathematics, with or without delimiters around it.
[[nodiscard]] Read<Tree> ReadTree(std::string_view text, const Limits& limits);

// `tree` as LaTeX that ReadTree reads back to an equal tree.
[[nodiscard]] std::string Print(const Tree& tree, TermId id);

}  // namespace rewards::math

#endif  // REWARDS_MATH_SYNTAX_READ_H_
