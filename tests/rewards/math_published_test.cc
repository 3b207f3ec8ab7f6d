// The checker on published problems, where ASSAY_DATA says they are.

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "datasets/gsm8k.h"
#include "datasets/math.h"
#include "tests/rewards/math_judge.h"

namespace rewards {
namespace {

class MathPublished : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("ASSAY_DATA");
    if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
    root_ = std::string(data) + "/";
  }
  std::string root_;
};

// Forms of an answer; # stands for the number.
constexpr std::string_view kForms[] = {
    "#",
    "#.0",
    "x=#",
    "$x = #$",
    "#\\ \\text{dollars}",
    "$#$",
    "# dollars",
    "**#**",
    "**#** dollars",
    "\\textbf{#}",
    "\\boxed{#}",
    "$\\boxed{#}$ dollars",
    "So the final answer is #.",
    "The answer is # dollars.",
    "The final answer is **# apples**.",
    "Answer: $#",
    "**Answer:** #",
    "**Answer: #**",
    "### Final Answer\n#",
    "答案是#。",
    "First 7 * 9 = 63. So in total she has # apples.",
    "<think>First 7 + 9 is 16.</think>\n\nIt is \\boxed{#}.",
};

std::string Fill(std::string_view form, const std::string& number) {
  std::string text(form);
  // Only the last mark: "###" begins a heading.
  const std::size_t at = text.rfind('#');
  return text.replace(at, 1, number);
}

std::string Grouped(const std::string& digits, std::string_view separator) {
  std::string text = digits;
  for (std::size_t end = text.size(); end > 3; end -= 3) {
    if (text[end - 4] == '-') break;
    text.insert(end - 3, separator);
  }
  return text;
}

TEST_F(MathPublished, Gsm8kGoldsInEveryForm) {
  const auto problems = datasets::ReadGsm8k(root_ + "data/gsm8k/test.jsonl");
  ASSERT_TRUE(problems);
  ASSERT_EQ(problems->size(), 1319U);
  long right = 0;
  for (const auto& problem : *problems) {
    const std::string& gold = problem.gold;
    std::string plain = gold;
    std::erase(plain, ',');
    std::vector<std::string> forms = {
        "\\frac{" + std::to_string(2 * std::stoll(plain)) + "}{2}",
        Grouped(plain, ","), Grouped(plain, "{,}"), Grouped(plain, ",\\!"),
        problem.solution};
    for (const std::string_view form : kForms) {
      forms.push_back(Fill(form, plain));
    }
    for (const std::string& form : forms) {
      const Judged got = Judge(gold, form);
      EXPECT_EQ(got.outcome, "correct") << gold << " " << form << got.detail;
      right += got.outcome == "correct" ? 1 : 0;
    }
  }
  EXPECT_EQ(right, 1319L * 27);
}

TEST_F(MathPublished, Gsm8kPerturbedGoldsPayNothing) {
  const auto problems = datasets::ReadGsm8k(root_ + "data/gsm8k/test.jsonl");
  ASSERT_TRUE(problems);
  long judged = 0;
  for (const auto& problem : *problems) {
    std::string plain = problem.gold;
    std::erase(plain, ',');
    const long long number = std::stoll(plain);
    for (const long long other :
         {number + 1, -number, number * 10, number / 10}) {
      if (other == number) continue;
      for (const std::string_view form : kForms) {
        const std::string text = Fill(form, std::to_string(other));
        const Judged got = Judge(problem.gold, text);
        EXPECT_NE(got.outcome, "correct") << problem.gold << " " << text;
        ++judged;
      }
    }
  }
  EXPECT_GT(judged, 100'000);
}

struct Tally {
  long golds = 0;
  long readable = 0;
  long correct = 0;
};

// Judges each published solution by the answer that it is published with.
Tally JudgeSolutions(const std::vector<datasets::Problem>& problems) {
  Tally tally;
  for (const auto& problem : problems) {
    const Judged got = Judge(problem.gold, problem.solution);
    ++tally.golds;
    tally.readable += got.outcome != "invalid" ? 1 : 0;
    tally.correct += got.outcome == "correct" ? 1 : 0;
    if (got.outcome == "correct") continue;
    std::cout << "  " << problem.id << ": " << problem.gold << " "
              << got.outcome << " " << got.detail << "\n";
  }
  std::cout << tally.golds << " golds, " << tally.readable << " readable, "
            << tally.correct << " solutions correct\n";
  return tally;
}

TEST_F(MathPublished, MathSolutionsMeetTheirGolds) {
  for (const char* file :
       {"data/math/math500.jsonl", "data/math/test5000.jsonl.gz"}) {
    const auto problems = datasets::ReadMath(root_ + file);
    ASSERT_TRUE(problems);
    const Tally tally = JudgeSolutions(*problems);
    EXPECT_GE(tally.readable * 1000, tally.golds * 998) << file;
    EXPECT_GE(tally.correct * 1000, tally.golds * 995) << file;
  }
}

}  // namespace
}  // namespace rewards
