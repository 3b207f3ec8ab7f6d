// Every published gold answer is read, where ASSAY_DATA says the files are.

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <iostream>
#include <string>

#include "datasets/math.h"
#include "datasets/record.h"
#include "rewards/math/syntax/read.h"
#include "shape.h"

namespace rewards::math {
namespace {

constexpr std::string_view kFiles[] = {"math/train_problems.json",
                                       "math/test5000.jsonl.gz",
                                       "math/math500.jsonl",
                                       "aime/aime_1983_2023.json",
                                       "aime/aime24.jsonl",
                                       "aime/aime25.jsonl",
                                       "amc/amc23.jsonl",
                                       "math_other/minerva_math.jsonl",
                                       "math_other/svamp.jsonl",
                                       "math_other/mawps.jsonl",
                                       "math_zh/cmath.jsonl",
                                       "math_zh/cn_middle_school.jsonl",
                                       "math_zh/gaokao2024_mix.jsonl",
                                       "math_zh/gaokao_math_cloze.jsonl",
                                       "math_zh/gaokao_math_qa.jsonl",
                                       "math_zh/cn_math_2024.jsonl"};

// The gold of a record under whatever name its file gives it; empty: none.
std::string GoldOf(const boost::json::object& record) {
  for (const char* name : {"answer", "Answer", "target", "label"}) {
    const boost::json::value* value = record.if_contains(name);
    if (value == nullptr || value->is_null()) continue;
    return value->is_string() ? std::string(value->get_string())
                              : boost::json::serialize(*value);
  }
  const boost::json::value* solution = record.if_contains("solution");
  if (solution == nullptr || !solution->is_string()) return {};
  return std::string(datasets::LastBoxed(solution->get_string()).value_or(""));
}

TEST(Golds, AreReadInAllPublishedFiles) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  std::size_t golds = 0;
  std::size_t read = 0;
  for (const std::string_view file : kFiles) {
    const auto error = datasets::ForEachRecord(
        std::string(data) + "/data/" + std::string(file),
        [&](const boost::json::object& record,
            std::size_t number) -> std::optional<std::string> {
          const std::string gold = GoldOf(record);
          if (gold.empty()) return std::nullopt;
          ++golds;
          if (ReadTree(gold, Limits())) {
            ++read;
          } else {
            std::cout << "  " << file << " " << number << ": " << gold << ": "
                      << ShapeOf(gold) << "\n";
          }
          return std::nullopt;
        });
    EXPECT_FALSE(error) << file;
  }
  std::cout << read << " of " << golds << " golds are read\n";
  EXPECT_GT(golds, 18'000U);
  EXPECT_GE(read * 1000, golds * 998);
}

}  // namespace
}  // namespace rewards::math
