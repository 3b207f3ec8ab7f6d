// Random rationals in many spellings: each is read back as itself, and none of
// its neighbours is ever taken for it.

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "rewards/math/math.h"

namespace rewards::math {
namespace {

struct Fraction {
  std::int64_t top = 0;
  std::int64_t bottom = 1;
};

// Raw words of the engine only: the standard fixes them on every platform.
class Generator {
 public:
  std::int64_t UpTo(std::int64_t n) {
    return static_cast<std::int64_t>(engine_() %
                                     static_cast<std::uint64_t>(n + 1));
  }
  Fraction Next() {
    const std::int64_t top =
        UpTo(UpTo(1) == 0 ? 20 : 1'000'000) * (UpTo(1) * 2 - 1);
    return {top, 1 + UpTo(UpTo(1) == 0 ? 12 : 9'999)};
  }

 private:
  std::mt19937_64 engine_{20260401};
};

std::string Text(std::int64_t n) { return std::to_string(n); }

std::vector<std::string> Spellings(const Fraction& f, std::int64_t k) {
  const std::string a = Text(f.top);
  const std::string b = Text(f.bottom);
  const std::string ka = Text(f.top * k);
  const std::string kb = Text(f.bottom * k);
  std::vector<std::string> all = {
      a + "/" + b,
      ka + "/" + kb,
      Text(-f.top) + "/-" + b,
      "\\frac{" + a + "}{" + b + "}",
      "$\\dfrac{" + ka + "}{" + kb + "}$",
      "(" + a + ")/(" + b + ")",
      "\\boxed{\\frac{" + a + "}{" + b + "}}",
      "x = " + a + "/" + b,
      a + " \\div " + b,
      a + " * " + b + "^{-1}",
      "**" + a + "/" + b + "**",
      "The answer is " + a + "/" + b + ".",
      a + "/" + b + " - " + Text(k) + " + " + Text(k),
      "\\frac{" + a + "/" + Text(k) + "}{" + b + "/" + Text(k) + "}",
  };
  const std::int64_t whole = f.top / f.bottom;
  const std::int64_t rest = f.top % f.bottom;
  if (f.top > 0 && whole > 0 && rest > 0) {
    all.push_back(Text(whole) + " " + Text(rest) + "/" + b);
    all.push_back(Text(whole) + "\\frac{" + Text(rest) + "}{" + b + "}");
  }
  return all;
}

Tree ReadOrFail(const std::string& text) {
  Reading reading = ReadAnswer(text, Extract::kAuto, Limits{});
  EXPECT_TRUE(reading.readable()) << text << ": " << reading.reason;
  return std::move(reading.tree);
}

Equality Meet(const Tree& gold, const Tree& answer) {
  Work work;
  return Equal(gold, answer, Policy{}, &work, nullptr).equality;
}

Equality Meet(const std::string& gold, const std::string& answer) {
  return Meet(ReadOrFail(gold), ReadOrFail(answer));
}

TEST(MathProperty, EverySpellingIsTheSameNumber) {
  Generator random;
  for (int i = 0; i < 500; ++i) {
    const Fraction f = random.Next();
    const std::string gold = Text(f.top) + "/" + Text(f.bottom);
    for (const std::string& spelling : Spellings(f, 2 + random.UpTo(97))) {
      EXPECT_EQ(Meet(gold, spelling), Equality::kEqual)
          << gold << " " << spelling;
      EXPECT_EQ(Meet(spelling, gold), Equality::kEqual)
          << gold << " " << spelling;
    }
  }
}

TEST(MathProperty, NoNeighbourIsTheSameNumber) {
  Generator random;
  for (int i = 0; i < 500; ++i) {
    const Fraction f = random.Next();
    const std::string gold = Text(f.top) + "/" + Text(f.bottom);
    std::vector<Fraction> others = {
        {f.top + 1, f.bottom},  {f.top - 1, f.bottom}, {f.top, f.bottom + 1},
        {f.top * 10, f.bottom}, {-f.top, f.bottom},    {f.bottom, f.top}};
    for (const Fraction& other : others) {
      if (other.bottom <= 0) continue;
      if (f.top * other.bottom == other.top * f.bottom) continue;
      for (const std::string& spelling : Spellings(other, 3)) {
        EXPECT_EQ(Meet(gold, spelling), Equality::kNotEqual)
            << gold << " " << spelling;
      }
    }
  }
}

TEST(MathProperty, DecimalsAreExact) {
  Generator random;
  for (int i = 0; i < 500; ++i) {
    const std::int64_t digits = random.UpTo(999'999);
    const std::string padded = Text(1'000'000 + digits).substr(1);
    const std::string gold = Text(digits) + "/1000000";
    EXPECT_EQ(Meet(gold, "0." + padded), Equality::kEqual);
    EXPECT_EQ(Meet(gold, Text(digits) + "e-6"), Equality::kEqual);
    EXPECT_EQ(Meet(gold, "0." + padded + "1"), Equality::kNotEqual);
  }
}

// Whatever is cut out of an honest answer, no prefix is paid for the whole; but
// the last brace alone is mended.
TEST(MathProperty, NoPrefixIsTheSameNumber) {
  const std::string answer = "\\frac{1319}{3571}";
  for (std::size_t n = 0; n + 1 < answer.size(); ++n) {
    const Reading reading =
        ReadAnswer(answer.substr(0, n), Extract::kAuto, Limits{});
    if (!reading.readable()) continue;
    EXPECT_NE(Meet(ReadOrFail(answer), reading.tree), Equality::kEqual) << n;
  }
}

TEST(MathDefaults, PayNothing) {
  EXPECT_EQ(Decision{}.equality, Equality::kUndecided);
  EXPECT_FALSE(Reading{}.readable());
  EXPECT_EQ(Meet(Tree{}, Tree{}), Equality::kUndecided);
}

}  // namespace
}  // namespace rewards::math
