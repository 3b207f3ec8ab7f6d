// The published files, where ASSAY_DATA says they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/gsm8k.h"
#include "datasets/math.h"
#include "datasets/suites/code_suites.h"
#include "datasets/suites/suite.h"

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

struct PublishedSuite {
  std::string_view suite;
  std::string_view file;
  std::size_t tasks;
  std::string_view first;  // gold of the first task
};

TEST_F(Published, Suites) {
  constexpr PublishedSuite kAll[] = {
      {"aime", "aime/aime24.jsonl", 30, "204"},
      {"aime", "aime/aime25.jsonl", 30, "70"},
      {"aime", "aime/aime_1983_2023.json", 975, "60"},
      {"amc", "amc/amc23.jsonl", 40, "27"},
      {"cmath", "math_zh/cmath.jsonl", 600, "9"},
      {"cn_middle_school", "math_zh/cn_middle_school.jsonl", 101, "A"},
      {"cnmo", "math_zh/cn_math_2024.jsonl", 30, "\\frac{5}{17}"},
      {"gaokao", "math_zh/gaokao2024_mix.jsonl", 91, "C"},
      {"gaokao_choice", "math_zh/gaokao_math_qa.jsonl", 351, "D"},
      {"gaokao_choice", "stem/gaokao-biology.jsonl", 210, "C"},
      {"gaokao_choice", "stem/gaokao-chemistry.jsonl", 207, "A"},
      {"gaokao_choice", "stem/gaokao-physics.jsonl", 200, "C"},
      {"gaokao_cloze", "math_zh/gaokao_math_cloze.jsonl", 118, "2"},
      {"gsm8k", "gsm8k/test.jsonl", 1319, "18"},
      {"humaneval", "code/HumanEval.jsonl.gz", 164, ""},
      {"humaneval_x", "code/humaneval_mul/humaneval-python.jsonl.gz", 164, ""},
      {"ifeval", "ifeval/prompt_instructions.jsonl", 541, ""},
      {"lsat", "logic/lsat-ar.jsonl", 230, ""},
      {"math", "math/test5000.jsonl.gz", 5000, "2"},
      {"math", "math/train_problems.json", 7470, ""},
      {"math500", "math/math500.jsonl", 500,
       "\\left( 3, \\frac{\\pi}{2} \\right)"},
      {"mawps", "math_other/mawps.jsonl", 2065, "43"},
      {"mbpp", "code/mbpp.jsonl", 974, ""},
      {"minerva", "math_other/minerva_math.jsonl", 272, "1.6"},
      {"mmlu", "stem/mmlu_stem.jsonl", 3018, "C"},
      {"mmlu_stem", "stem/mmlu_stem.jsonl", 3018, "C"},
      {"sat_math", "stem/sat-math.jsonl", 220, "D"},
      {"svamp", "math_other/svamp.jsonl", 1000, "145"},
  };
  for (const PublishedSuite& one : kAll) {
    SCOPED_TRACE(one.file);
    const auto tasks =
        ReadSuite(*FindSuite(one.suite), root_ + std::string(one.file));
    ASSERT_TRUE(tasks) << tasks.error().ToString();
    EXPECT_EQ(tasks->size(), one.tasks);
    if (!one.first.empty()) {
      EXPECT_EQ(tasks->front().gold, one.first);
    }
    for (const Task& task : *tasks) {
      EXPECT_FALSE(task.id.empty() || task.question.empty() ||
                   task.checks.empty());
    }
  }
}

struct Dialect {
  std::string_view file;
  std::string_view language;
  std::size_t problems;
  std::size_t left_out;
  std::size_t calls;  // of all problems
};

TEST_F(Published, HumanEvalInOtherLanguages) {
  constexpr Dialect kAll[] = {
      // HumanEval_103, 125, 137: unions.
      {"cpp", "cpp", 161, 3, 1102},
      {"cs", "csharp", 158, 0, 1102},
      {"java", "java", 158, 0, 1102},
      // HumanEval_51: a text of its tests is broken by a line end.
      {"js", "javascript", 161, 1, 1123},
      // HumanEval_161: a text of its tests names a variable; 23: strlen.
      {"php", "php", 161, 2, 1119},
      {"sh", "bash", 158, 0, 1121},
      {"ts", "typescript", 159, 0, 1115},
  };
  for (const Dialect& one : kAll) {
    SCOPED_TRACE(one.file);
    std::vector<std::string> left_out;
    const auto tasks = ReadMultiPlE(root_ + "code/humaneval_mul/humaneval-" +
                                        std::string(one.file) + ".jsonl.gz",
                                    &left_out);
    ASSERT_TRUE(tasks) << tasks.error().ToString();
    EXPECT_EQ(tasks->size() + left_out.size(), one.problems);
    EXPECT_EQ(left_out.size(), one.left_out)
        << testing::PrintToString(left_out);
    std::size_t calls = 0;
    for (const Task& task : *tasks) {
      const auto& check = task.checks.at(0).as_object();
      EXPECT_EQ(check.at("language").as_string(), one.language);
      EXPECT_FALSE(task.stops.empty()) << task.id;
      calls += check.at("tests").as_array().size();
    }
    EXPECT_EQ(calls, one.calls);
  }
}

}  // namespace
}  // namespace datasets
