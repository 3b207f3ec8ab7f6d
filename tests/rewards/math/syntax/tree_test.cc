#include "rewards/math/syntax/tree.h"

#include <gtest/gtest.h>

#include <array>

namespace rewards::math {
namespace {

TEST(Tree, CopiesATermWithAllBelowIt) {
  Tree from;
  const std::array sides = {from.Add(Kind::kSymbol, {}, "x"),
                            from.AddNumber({Rational(3)})};
  const TermId copied = from.AddRelation(sides, std::array{Sign::kLess});
  from.Add(Kind::kText, {}, "something else");

  Tree to;
  to.Add(Kind::kText, {}, "before");
  const TermId id = to.AddCopy(from, copied);

  EXPECT_EQ(to.root(), id);
  ASSERT_EQ(to.at(id).kind, Kind::kRelation);
  EXPECT_EQ(to.SignsOf(id)[0], Sign::kLess);
  EXPECT_EQ(to.NameOf(to.ChildrenOf(id)[0]), "x");
  EXPECT_EQ(to.LiteralOf(to.ChildrenOf(id)[1]).value, Rational(3));
  EXPECT_EQ(to.terms.size(), 4u) << "what is not below the term stays behind";
}

TEST(Tree, ADefaultTreeIsEmpty) { EXPECT_TRUE(Tree{}.empty()); }

}  // namespace
}  // namespace rewards::math
