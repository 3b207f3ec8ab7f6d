// The published solutions of HumanEval and MBPP pass their published tests, and
// programs that do nothing pass none, where ASSAY_DATA says the files are.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "code_judge.h"

namespace rewards {
namespace {

using boost::json::object;

// Some references are slow, and CI has other work.
object Limits() { return {{"cpu_s", 60}, {"wall_s", 100}}; }

// The records of a file of JSON lines that `command` prints.
std::vector<object> Records(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::array<char, 1 << 16> part;
  while (const std::size_t got = fread(part.data(), 1, part.size(), pipe)) {
    text.append(part.data(), got);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  std::vector<object> records;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    records.push_back(
        boost::json::parse(text.substr(at, end - at)).as_object());
    at = end + 1;
  }
  return records;
}

std::string Text(const object& record, const char* key) {
  return std::string(record.at(key).as_string());
}

// Judges each record as `judge` does, on two threads; the names of those that
// are not `want`.
std::vector<std::string> Others(
    const std::vector<object>& records, const char* name, Outcome want,
    const std::function<Verdict(const object&)>& judge) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::vector<std::string> others;
  const auto work = [&] {
    for (std::size_t i = next++; i < records.size(); i = next++) {
      const Verdict verdict = judge(records[i]);
      if (verdict.outcome == want) continue;
      const std::lock_guard lock(mutex);
      others.push_back(boost::json::serialize(records[i].at(name)) + " " +
                       boost::json::serialize(verdict.detail));
    }
  };
  std::thread other(work);
  work();
  other.join();
  return others;
}

Verdict JudgeHumanEval(const object& record, const std::string& body) {
  return JudgeCode({{"language", "python"},
                    {"limits", Limits()},
                    {"tests",
                     {{{"harness", record.at("test")},
                       {"entry_point", record.at("entry_point")}}}}},
                   Fenced(Text(record, "prompt") + body, "python"));
}

TEST(CodePublished, HumanEval) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  const auto records = Records("gzip -dc " + std::string(data) +
                               "/data/code/HumanEval.jsonl.gz");
  ASSERT_EQ(records.size(), 164U);
  EXPECT_EQ(Others(records, "task_id", Outcome::kCorrect,
                   [](const object& record) {
                     return JudgeHumanEval(record,
                                           Text(record, "canonical_solution"));
                   }),
            std::vector<std::string>());
  EXPECT_EQ(Others(records, "task_id", Outcome::kWrong,
                   [](const object& record) {
                     return JudgeHumanEval(record, "    pass\n");
                   }),
            std::vector<std::string>());
}

Verdict JudgeMbpp(const object& record, const std::string& program) {
  std::string all;
  for (const char* key : {"test_list", "challenge_test_list"}) {
    for (const auto& test : record.at(key).as_array()) {
      all += std::string(test.as_string()) + "\n";
    }
  }
  return JudgeCode(
      {{"language", "python"},
       {"limits", Limits()},
       {"tests", {{{"assert", all}, {"setup", record.at("test_setup_code")}}}}},
      Fenced(program, "python"));
}

TEST(CodePublished, Mbpp) {
  const char* data = std::getenv("ASSAY_DATA");
  if (data == nullptr) GTEST_SKIP() << "ASSAY_DATA is not set";
  const auto records =
      Records("cat " + std::string(data) + "/data/code/mbpp.jsonl");
  ASSERT_EQ(records.size(), 974U);
  EXPECT_EQ(Others(records, "task_id", Outcome::kCorrect,
                   [](const object& record) {
                     return JudgeMbpp(record, Text(record, "code"));
                   }),
            std::vector<std::string>());
  EXPECT_EQ(
      Others(records, "task_id", Outcome::kWrong,
             [](const object& record) { return JudgeMbpp(record, "x = 1\n"); }),
      std::vector<std::string>());
}

}  // namespace
}  // namespace rewards
