// Brackets: which {...} and \begin{...}...\end{...} of a text belong together.
// Immutable once made; any thread; linear time and memory but for one sort.

#ifndef REWARDS_LANGUAGE_BRACKETS_H_
#define REWARDS_LANGUAGE_BRACKETS_H_

#include <cstddef>
#include <string_view>
#include <vector>

namespace rewards::language {

class Brackets {
 public:
  explicit Brackets(std::u16string_view text);

  // One past the bracket that closes the one at `open`; npos where none does,
  // or where none opens there. An environment opens at its backslash and is
  // closed by the next free \end{...}, whatever its name.
  [[nodiscard]] std::size_t EndOf(std::size_t open) const noexcept;

  static constexpr std::size_t npos = std::u16string_view::npos;

 private:
  struct Pair {
    std::size_t open;
    std::size_t end;
  };
  std::vector<Pair> pairs_;  // by `open`
};

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_BRACKETS_H_
