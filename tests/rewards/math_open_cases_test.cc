// The checker on pairs that other checkers test with, where ASSAY_DATA says
// they are: how many it judges as their authors do, by source; and that it pays
// for none that they do not.

#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "tests/rewards/math_judge.h"

namespace rewards {
namespace {

struct Tally {
  int rows = 0;
  int agree = 0;
};

class MathOpenCases : public testing::Test {
 protected:
  void SetUp() override {
    const char* data = std::getenv("ASSAY_DATA");
    if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
    std::ifstream lines(std::string(data) + "/cases/math_cases_open.jsonl");
    for (std::string line; std::getline(lines, line);) {
      rows_.push_back(boost::json::parse(line).as_object());
    }
    ASSERT_GE(rows_.size(), 215U);
  }
  std::vector<boost::json::object> rows_;
};

std::string Text(const boost::json::object& row, const char* key) {
  return std::string(row.at(key).as_string());
}

std::string SourceOf(const boost::json::object& row) {
  const std::string source = Text(row, "source");
  return source.substr(0, source.find('/'));
}

void Print(const boost::json::object& row, const Judged& got) {
  std::cout << "  gold " << Text(row, "gold").substr(0, 300) << "\n    answer "
            << Text(row, "pred").substr(0, 300) << "\n    expected "
            << (row.at("expected").as_bool() ? "correct" : "not") << ", got "
            << got.outcome << " " << got.detail << "\n";
}

TEST_F(MathOpenCases, WithoutPolicy) {
  std::map<std::string, Tally> sources;
  Tally all;
  for (const boost::json::object& row : rows_) {
    if (row.contains("policy")) continue;
    const Judged got = Judge(Text(row, "gold"), Text(row, "pred"));
    const bool correct = got.outcome == "correct";
    const bool expected = row.at("expected").as_bool();
    EXPECT_FALSE(correct && !expected) << boost::json::serialize(row);
    Tally& source = sources[SourceOf(row)];
    for (Tally* tally : {&source, &all}) {
      ++tally->rows;
      tally->agree += correct == expected ? 1 : 0;
    }
    if (correct != expected) Print(row, got);
  }
  for (const auto& [name, tally] : sources) {
    std::cout << name << ": " << tally.agree << " of " << tally.rows << "\n";
  }
  std::cout << "all without policy: " << all.agree << " of " << all.rows
            << "\n";
  EXPECT_GE(all.rows, 182);
  EXPECT_GE(all.agree * 100, all.rows * 97);
}

// Rows whose verdict is a convention. Listed with the reason, not counted: the
// README says which default differs and why.
TEST_F(MathOpenCases, OfPolicy) {
  Tally all;
  for (const boost::json::object& row : rows_) {
    if (!row.contains("policy")) continue;
    const Judged got = Judge(Text(row, "gold"), Text(row, "pred"));
    const bool agree =
        (got.outcome == "correct") == row.at("expected").as_bool();
    ++all.rows;
    all.agree += agree ? 1 : 0;
    if (agree) continue;
    std::cout << Text(row, "policy") << ":\n";
    Print(row, got);
  }
  std::cout << "all of policy: " << all.agree << " of " << all.rows << "\n";
}

// Pairs that are not equal in one order are not in the other.
TEST_F(MathOpenCases, NothingIsPaidTheOtherWay) {
  for (const boost::json::object& row : rows_) {
    if (row.contains("policy") || row.at("expected").as_bool()) continue;
    const Judged got = Judge(Text(row, "pred"), Text(row, "gold"));
    EXPECT_NE(got.outcome, "correct") << boost::json::serialize(row);
  }
}

}  // namespace
}  // namespace rewards
