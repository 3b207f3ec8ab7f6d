// Differential test against Calcium, which decides constants by ideals of
// extension fields where exact/ uses separation bounds: two answers of two
// engines are never in contradiction. Calcium is no part of what is shipped: it
// can take any time, so the constants here are small.

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

#include "rewards/math/exact/scalar.h"
#include "tests/rewards/math/exact/calcium_stack.h"
#include "tests/rewards/math/exact/expression.h"

namespace rewards::math {
namespace {

// The tree's value, on top of the stack. In the trees here every term is below
// the root, once.
void Push(CalciumStack* stack, const Tree& tree) {
  for (TermId id = 0; id < tree.terms.size(); ++id) {
    const Kind kind = tree.at(id).kind;
    const std::uint32_t count = tree.at(id).child_count;
    switch (kind) {
      case Kind::kNumber:
        // The index of a root stands for itself: see kRoot.
        CalciumPushFraction(stack, *tree.LiteralOf(id).value.AsLong(), 1);
        break;
      case Kind::kConstant:
        CalciumPushConstant(
            stack, tree.at(id).data == static_cast<std::uint32_t>(Constant::kPi)
                       ? "pi"
                       : "i");
        break;
      case Kind::kSum:
      case Kind::kProduct:
        for (std::uint32_t i = 1; i < count; ++i) {
          CalciumCombine(stack, kind == Kind::kSum ? '+' : '*');
        }
        break;
      case Kind::kNegate:
        CalciumApply(stack, "neg");
        break;
      case Kind::kDivide:
        CalciumCombine(stack, '/');
        break;
      case Kind::kPower:
        CalciumCombine(stack, '^');
        break;
      case Kind::kRoot:  // x, 2: x^{1/2}
        CalciumPushFraction(stack, -1, 1);
        CalciumCombine(stack, '^');
        CalciumCombine(stack, '^');
        break;
      default:
        CalciumApply(stack, std::string(tree.NameOf(id)).c_str());
    }
  }
}

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string Expression(int depth) {
    if (depth == 0) return Leaf();
    const std::string a = Expression(depth - 1);
    const std::string b = Leaf();
    switch (Below(7)) {
      case 0:
        return "(" + a + "+" + b + ")";
      case 1:
        return "(" + a + "-" + b + ")";
      case 2:
        return "(" + a + "*" + b + ")";
      case 3:
        return "(" + b + "/(" + a + "))";
      case 4:
        return "(" + a + ")^2";
      case 5:
        return "sqrt(" + a + ")";
      default:
        return "ln(" + a + ")";
    }
  }

 private:
  int Below(int n) {
    return std::uniform_int_distribution<>(0, n - 1)(random_);
  }
  std::string Leaf() {
    switch (Below(6)) {
      case 0:
        return "sqrt(" + std::to_string(2 + Below(2)) + ")";
      case 1:
        return "i";
      case 2:
        return "cos(pi/" + std::to_string(3 + Below(3)) + ")";
      case 3:
        return "exp(1)";
      default:
        return std::to_string(1 + Below(4));
    }
  }

  std::mt19937 random_;
};

TEST(Calcium, IsNeverContradicted) {
  int both = 0;
  int equal = 0;
  for (unsigned seed = 0; seed < 1'500; ++seed) {
    Writer writer(seed);
    const std::string a = writer.Expression(2);
    // Small expressions are often equal by chance; some are made so.
    const std::string b = seed % 3 == 0 ? "((" + a + ")^2-4)/((" + a + ")+2)+2"
                                        : writer.Expression(2);
    const Tree x = TreeOf(a);
    const Tree y = TreeOf(b);
    Work work;
    const Decision decision =
        EqualScalars(RootOf(x), RootOf(y), &work, nullptr);
    CalciumStack* stack = CalciumStackNew();
    Push(stack, x);
    Push(stack, y);
    const CalciumTruth truth = CalciumEqual(stack);
    CalciumStackFree(stack);
    if (truth == kCalciumUnknown) continue;
    if (decision.equality == Equality::kUndecided) continue;
    ++both;
    if (truth == kCalciumTrue) ++equal;
    EXPECT_EQ(decision.equality == Equality::kEqual, truth == kCalciumTrue)
        << a << "   " << b << "   " << decision.reason;
  }
  EXPECT_GT(both, 1'200);
  EXPECT_GT(equal, 300);
}

}  // namespace
}  // namespace rewards::math
