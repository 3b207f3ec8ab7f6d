// Pattern: a regular expression of RE2, whose time is linear in the text
// whatever it says. Immutable; any thread.

#ifndef REWARDS_RULES_PATTERN_H_
#define REWARDS_RULES_PATTERN_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}  // namespace re2

namespace rewards::rules {

// Bytes of the longest pattern, and of the program that it may compile to.
inline constexpr std::size_t kMaxPatternBytes = 4'096;
inline constexpr std::size_t kMaxProgramBytes = std::size_t{1} << 20;

class Pattern {
 public:
  // Reads `pattern`; `problem` says what is wrong with it, or is empty. A
  // pattern with a problem matches nothing.
  Pattern(std::string_view pattern, std::string& problem);

  [[nodiscard]] bool MatchesAll(std::string_view text) const;

  // Whether it matches somewhere in `text`.
  [[nodiscard]] bool MatchesIn(std::string_view text) const;

  // Its matches from the left, none overlapping; at most `most` are looked for.
  // An empty match counts, and the next is looked for a character later.
  [[nodiscard]] std::size_t Count(std::string_view text,
                                  std::size_t most) const;

  // The first match at byte `from` or later. `end` is npos where there is none.
  struct Match {
    std::size_t begin = std::string_view::npos;
    std::size_t end = std::string_view::npos;
  };
  [[nodiscard]] Match Find(std::string_view text, std::size_t from) const;

 private:
  std::shared_ptr<const re2::RE2> pattern_;  // null: a problem
};

}  // namespace rewards::rules

#endif  // REWARDS_RULES_PATTERN_H_
