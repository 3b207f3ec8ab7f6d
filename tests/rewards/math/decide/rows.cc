#include "rows.h"

#include <gtest/gtest.h>

#include "rewards/math/syntax/read.h"

namespace rewards::math {
namespace {

std::string Policies(const Decision& decision) {
  std::string all;
  for (const std::string_view policy : decision.policies) {
    if (!all.empty()) all += ' ';
    all += policy;
  }
  return all;
}

}  // namespace

Policy Strict() {
  Policy strict;
  strict.percent = false;
  strict.degrees = false;
  strict.units = false;
  strict.assignment = false;
  strict.rounding = false;
  strict.labelled_tuples = false;
  strict.relation_interval = false;
  strict.equation_factor = false;
  return strict;
}

Decision DecideText(std::string_view gold, std::string_view answer,
                    const Policy& policy) {
  const Read<Tree> g = ReadTree(gold, Limits{});
  const Read<Tree> a = ReadTree(answer, Limits{});
  EXPECT_TRUE(g.has_value()) << gold << ": " << g.error().what;
  EXPECT_TRUE(a.has_value()) << answer << ": " << a.error().what;
  if (!g.has_value() || !a.has_value()) return {};
  Work work;
  return Equal(*g, *a, policy, &work, nullptr);
}

std::string Show(const Decision& decision) {
  switch (decision.equality) {
    case Equality::kEqual:
      return "equal " + std::string(decision.evidence) + " " +
             Policies(decision);
    case Equality::kNotEqual:
      return "not equal";
    case Equality::kUndecided:
      break;
  }
  return "undecided: " + std::string(decision.reason);
}

void ExpectPaid(std::span<const Row> rows, const Policy& policy) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.gold) + "  <->  " + row.answer);
    const Decision decision = DecideText(row.gold, row.answer, policy);
    EXPECT_EQ(decision.equality, Equality::kEqual) << Show(decision);
    if (decision.equality != Equality::kEqual) continue;
    EXPECT_EQ(Policies(decision), row.policies);
    if (*row.policies != '\0') continue;
    EXPECT_EQ(DecideText(row.gold, row.answer, Strict()).equality,
              Equality::kEqual);
    EXPECT_EQ(DecideText(row.answer, row.gold, Strict()).equality,
              Equality::kEqual);
  }
}

void ExpectUnpaid(std::span<const Row> rows, const Policy& policy) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.gold) + "  <->  " + row.answer);
    const Decision there = DecideText(row.gold, row.answer, policy);
    const Decision back = DecideText(row.answer, row.gold, policy);
    EXPECT_NE(there.equality, Equality::kEqual) << Show(there);
    EXPECT_NE(back.equality, Equality::kEqual) << Show(back);
    EXPECT_EQ(DecideText(row.gold, row.answer, Strict()).equality,
              DecideText(row.answer, row.gold, Strict()).equality);
  }
}

}  // namespace rewards::math
