#include "rewards/math/decide/matching.h"

#include <gtest/gtest.h>

#include <string_view>

#include "rewards/math/decide/verdicts.h"

namespace rewards::math {
namespace {

// '=' equal, '.' not equal, '?' undecided; row by row.
Equality Match(std::size_t count, std::string_view cells) {
  return MatchElements(count,
                       [&](std::size_t i, std::size_t j) {
                         switch (cells[i * count + j]) {
                           case '=':
                             return Proved("");
                           case '.':
                             return Refuted("");
                           default:
                             return Undecided("");
                         }
                       })
      .equality;
}

TEST(Matching, PairsOffOrShowsThatItCannot) {
  struct Row {
    const char* name;
    std::size_t count;
    const char* cells;
    Equality expected;
  };
  constexpr Row kRows[] = {
      {"nothing", 0, "", Equality::kEqual},
      {"one", 1, "=", Equality::kEqual},
      {"crossed", 2, ".==.", Equality::kEqual},
      {"two for one", 2, "=.=.", Equality::kNotEqual},
      {"an augmenting path", 3, "==.=....=", Equality::kEqual},
      {"a longer path", 3, "==.=.=.=.", Equality::kEqual},
      {"needs a doubt", 2, "=..?", Equality::kUndecided},
      {"a doubt that cannot help", 2, "?.=.", Equality::kNotEqual},
      {"only doubts", 2, "????", Equality::kUndecided},
      {"a doubt that is not needed", 2, "=?.=", Equality::kEqual},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Match(row.count, row.cells), row.expected) << row.name;
  }
}

}  // namespace
}  // namespace rewards::math
