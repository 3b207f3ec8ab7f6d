// The shared language cases whose target this version knows.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/language/consistency.h"

namespace rewards::language {
namespace {

namespace json = boost::json;

// The rows of cases/<file> whose target is en or zh; none without ASSAY_DATA.
std::optional<std::vector<json::object>> Rows(std::string_view file) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) return std::nullopt;
  std::ifstream lines(std::string(data) + "/cases/" + std::string(file));
  std::vector<json::object> rows;
  for (std::string line; std::getline(lines, line);) {
    json::object row = json::parse(line).as_object();
    if (row.at("target") == "en" || row.at("target") == "zh") {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

Consistency Measure(const json::object& row) {
  const auto found = MeasureConsistency(
      row.at("text").as_string(), *ParseTag(row.at("target").as_string()));
  EXPECT_TRUE(found);
  return found.value_or(Consistency());
}

bool OnlyEnglishAndChinese(const json::object& row) {
  const json::object& languages = row.at("languages").as_object();
  return std::all_of(languages.begin(), languages.end(), [](const auto& entry) {
    return entry.key() == "en" || entry.key() == "zh";
  });
}

struct Error {
  double sum = 0.0;
  double chars = 0.0;
  int rows = 0;
  void Add(double words_error, double chars_error) {
    sum += words_error;
    chars += chars_error;
    ++rows;
  }
};

// Mean absolute error of the fraction over rows of English and Chinese alone.
// Measured with ICU 72; the bounds leave room for other dictionaries.
TEST(LanguageCases, EnglishAndChinese) {
  const auto rows = Rows("lang_open.jsonl");
  if (!rows) GTEST_SKIP() << "ASSAY_DATA is not set";
  std::map<std::string, Error> errors;
  for (const json::object& row : *rows) {
    if (!OnlyEnglishAndChinese(row)) continue;
    const Consistency found = Measure(row);
    const double words =
        found.fraction() - row.at("true_fraction").to_number<double>();
    const double chars = found.fraction_chars() -
                         row.at("true_fraction_chars").to_number<double>();
    if (std::getenv("ASSAY_VERBOSE") != nullptr && std::abs(words) > 0.03) {
      std::cout << row.at("id") << ' ' << row.at("kind") << ' '
                << row.at("target") << ' ' << words << ' ' << found.words_target
                << '/' << found.words_total << " true "
                << row.at("words_target") << '/' << row.at("words_total")
                << '\n';
    }
    const std::string kind(row.at("kind").as_string());
    errors[kind].Add(std::abs(words), std::abs(chars));
    errors["all"].Add(std::abs(words), std::abs(chars));
  }
  for (const auto& [kind, error] : errors) {
    std::cout << kind << ": rows " << error.rows << ", mean error "
              << error.sum / error.rows << " (by characters "
              << error.chars / error.rows << ")\n";
  }
  const Error& all = errors["all"];
  ASSERT_GE(all.rows, 100);
  EXPECT_LE(all.sum / all.rows, 0.01);
  EXPECT_LE(all.chars / all.rows, 0.01);
}

TEST(LanguageCases, Adversarial) {
  const auto rows = Rows("lang_adversarial_open.jsonl");
  if (!rows) GTEST_SKIP() << "ASSAY_DATA is not set";
  int right = 0;
  for (const json::object& row : *rows) {
    const Consistency found = Measure(row);
    const bool wordless = row.at("lo").is_null();
    const bool in_range =
        wordless ? found.words_total == 0
                 : found.words_total > 0 &&
                       found.fraction() >= row.at("lo").to_number<double>() &&
                       found.fraction() <= row.at("hi").to_number<double>();
    right += in_range ? 1 : 0;
    if (!in_range) {
      std::cout << "out of range: " << row.at("id") << ' ' << row.at("kind")
                << ' ' << row.at("target") << ' ' << found.fraction() << ", "
                << row.at("note") << '\n';
    }
  }
  std::cout << right << " of " << rows->size() << " in range\n";
  ASSERT_GE(rows->size(), 20U);
  EXPECT_GE(right + 1, static_cast<int>(rows->size()));
}

}  // namespace
}  // namespace rewards::language
