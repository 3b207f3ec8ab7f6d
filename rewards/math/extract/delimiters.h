// Delimiters: where $...$, $$...$$, \(...\) and \[...\] begin and end in one
// text. Remembers the last close it found, so that any walk from left to right
// takes linear time. For one thread at a time.

#ifndef REWARDS_MATH_EXTRACT_DELIMITERS_H_
#define REWARDS_MATH_EXTRACT_DELIMITERS_H_

#include <cstddef>
#include <string_view>

namespace rewards::math {

class Delimiters {
 public:
  // Borrows `text`.
  explicit Delimiters(std::string_view text) : text_(text) {}

  [[nodiscard]] std::string_view text() const noexcept { return text_; }

  // If math delimiters open at `pos`: the offset just past their end, else
  // `pos`. A dollar sign opens only as in Markdown: space on both inner sides
  // or on none, and no digit after the closing one; so prices do not. What is
  // longer than 4,096 bytes is not delimited. Linear over calls with growing
  // `pos`.
  [[nodiscard]] std::size_t Skip(std::size_t pos);

 private:
  struct Found {
    std::size_t from = std::string_view::npos;  // where the search began
    std::size_t at = 0;                         // the close, or npos
  };

  std::size_t SkipTo(std::string_view close, std::size_t pos, Found* found);
  [[nodiscard]] std::size_t SkipDollars(std::size_t pos) const;

  std::string_view text_;
  Found round_;
  Found square_;
  Found dollars_;
};

}  // namespace rewards::math

#endif  // REWARDS_MATH_EXTRACT_DELIMITERS_H_
