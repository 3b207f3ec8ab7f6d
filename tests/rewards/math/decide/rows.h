// Rows: tables of pairs of answers, as text, and what must come of them.

#ifndef TESTS_REWARDS_MATH_DECIDE_ROWS_H_
#define TESTS_REWARDS_MATH_DECIDE_ROWS_H_

#include <span>
#include <string>
#include <string_view>

#include "rewards/math/decide/equal.h"

namespace rewards::math {

struct Row {
  const char* gold;
  const char* answer;
  // For equal rows: the conventions needed, joined by spaces.
  const char* policies = "";
};

// Every convention off: the symmetric core.
[[nodiscard]] Policy Strict();

// Decides two texts. A text that cannot be read fails the test.
[[nodiscard]] Decision DecideText(std::string_view gold,
                                  std::string_view answer,
                                  const Policy& policy);

// "equal proved assignment units", "not equal", "undecided: why".
[[nodiscard]] std::string Show(const Decision& decision);

// Each row pays, by exactly its conventions. Rows without conventions pay both
// ways round under the strict policy too.
void ExpectPaid(std::span<const Row> rows, const Policy& policy = {});

// No row pays, whichever side is the gold, and strict verdicts are symmetric.
void ExpectUnpaid(std::span<const Row> rows, const Policy& policy = {});

}  // namespace rewards::math

#endif  // TESTS_REWARDS_MATH_DECIDE_ROWS_H_
