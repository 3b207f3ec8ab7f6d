// The published files, where ASSAY_DATA says they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "datasets/gsm8k.h"
#include "datasets/math.h"

namespace datasets {
namespace {

class Published : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("ASSAY_DATA");
    if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
    root_ = std::string(data) + "/data/";
  }

  // Reads `name`; its problems are whole.
  template <typename Reader>
  std::vector<Problem> Read(Reader reader, const std::string& name) {
    const auto problems = reader(root_ + name);
    if (!problems) {
      ADD_FAILURE() << problems.error().ToString();
      return {};
    }
    for (const Problem& p : *problems) {
      EXPECT_FALSE(p.id.empty() || p.question.empty()) << name << " " << p.id;
    }
    return *problems;
  }

  std::string root_;
};

long WithoutGold(const std::vector<Problem>& problems) {
  return std::count_if(problems.begin(), problems.end(),
                       [](const Problem& p) { return p.gold.empty(); });
}

TEST_F(Published, Gsm8k) {
  const auto test = Read(ReadGsm8k, "gsm8k/test.jsonl");
  ASSERT_EQ(test.size(), 1319U);
  EXPECT_EQ(test.front().gold, "18");
  EXPECT_EQ(std::count_if(test.begin(), test.end(),
                          [](const Problem& p) {
                            return p.gold.find(',') != std::string::npos;
                          }),
            14);
  EXPECT_EQ(WithoutGold(test), 0);
  EXPECT_EQ(Read(ReadGsm8k, "gsm8k/train.jsonl").size(), 7473U);
}

TEST_F(Published, Math) {
  const auto test = Read(ReadMath, "math/test5000.jsonl.gz");
  ASSERT_EQ(test.size(), 5000U);
  EXPECT_EQ(test.front().gold, "2");
  EXPECT_EQ(test.front().subject, "Algebra");
  const auto small = Read(ReadMath, "math/math500.jsonl");
  ASSERT_EQ(small.size(), 500U);
  EXPECT_EQ(small.front().gold, "\\left( 3, \\frac{\\pi}{2} \\right)");
  EXPECT_EQ(WithoutGold(test) + WithoutGold(small), 0);
  const auto train = Read(ReadMath, "math/train_problems.json");
  EXPECT_EQ(train.size(), 7474U);
  EXPECT_EQ(WithoutGold(train), 4);
}

}  // namespace
}  // namespace datasets
