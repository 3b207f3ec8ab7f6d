// Tests the built `assay`: its streams, its files and its exit codes.

#include "tests/verifier/cli_assay.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "verifier/protocol/score_result.h"

namespace verifier::cli {
namespace {

using testing::AssayTest;
using testing::Has;
using testing::Ids;
using testing::kInvalid;
using testing::kRight;
using testing::kWrong;
using testing::Ran;
using testing::RunOptions;

// `text` with every *_us set to 0.
std::string WithoutTimes(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    constexpr std::string_view kKey = "_us\":";
    if (text.compare(at, kKey.size(), kKey) == 0) {
      plain += std::string(kKey) + "0";
      at = text.find_first_not_of("0123456789", at + kKey.size());
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

// --- help and usage
// -----------------------------------------------------------

struct ExitCase {
  std::vector<std::string> arguments;
  int exit_code;
  std::string_view out;  // part of standard output
  std::string_view err;  // part of standard error; empty: none at all
};

TEST_F(AssayTest, ExitCodesAndMessages) {
  WriteFile("right.jsonl", {kRight, kWrong});
  WriteFile("invalid.jsonl", {kRight, kInvalid});
  WriteFile("empty.jsonl", {});
  const ExitCase cases[] = {
      {{}, 0, "Examples:", ""},
      {{"--help"}, 0, "Exit codes:", ""},
      {{"--version"}, 0, "boost", ""},
      {{"version"}, 0, "assay 0", ""},
      {{"version", "--json"}, 0, "\"compiler\"", ""},
      {{"score", "--help"}, 0, "Usage: assay score", ""},
      {{"check-answer", "--help"}, 0, "Examples:", ""},
      {{"run", "--help"}, 0, "Examples:", ""},
      {{"checkers", "--help"}, 0, "Examples:", ""},
      {{"scoer"}, 2, "", "did you mean score?"},
      {{"nonsense"}, 2, "", "unknown command nonsense"},
      {{"score", "--jsno", "x"}, 2, "", "did you mean --json?"},
      {{"score", "right.jsonl", "more"}, 2, "", "unexpected argument more"},
      {{"score"}, 2, "", "no items"},
      {{"score", "missing.jsonl"}, 2, "", "No such file"},
      {{"score", "."}, 2, "", "is a directory"},
      {{"score", "right.jsonl", "--only", "wrnog"}, 2, "", "mean wrong?"},
      {{"score", "right.jsonl", "--limit", "0"}, 2, "", "--limit"},
      {{"score", "right.jsonl", "--color", "blue"}, 2, "", "--color"},
      {{"score", "right.jsonl", "--server", "localhost"}, 2, "", "no scheme"},
      {{"score", "right.jsonl", "-o", "right.jsonl"}, 2, "", "is the input"},
      {{"score", "right.jsonl", "-o", "no/such/o"}, 2, "", "cannot write"},
      {{"score", "right.jsonl", "-o", "/dev/full"}, 7, "", "No space"},
      {{"score", "right.jsonl"}, 0, "\"reward\":1.0", ""},
      {{"score", "empty.jsonl"}, 0, "", ""},
      {{"score", "invalid.jsonl"}, 3, "", "invalid.jsonl:2: /checks/0/checker"},
      {{"check-answer"}, 2, "", "GOLD"},
      {{"check-answer", "42", "\\boxed{42}"}, 0, "correct", ""},
      {{"check-answer", "-5", "\\boxed{-5}"}, 0, "correct", ""},
      {{"check-answer", "42", "\\boxed{41}"}, 1, "wrong", ""},
      {{"check-answer", "42", "5 + ?"}, 1, "unreadable", ""},
      {{"check-answer", "42", "42", "--checker", "maths"}, 3, "", "checker"},
      {{"check-answer", "42", "42", "--extract", "magic"}, 3, "", "extract"},
      {{"checkers"}, 0, "math", ""},
      {{"checkers", "math"}, 0, "gold", ""},
      {{"checkers", "math", "--schema"}, 0, "\"properties\"", ""},
      {{"checkers", "mth"}, 2, "", "did you mean math?"},
      {{"run", "x.py"}, 2, "", "--language"},
      {{"run", "--language", "pyton", "x.py"}, 2, "", "mean python?"},
      {{"run", "--language", "python", "x.py"}, 2, "", "No such file"},
      {{"run", "--language", "python", "--cpu", "2", "x"}, 2, "", "2s or 2ms?"},
      {{"run", "--language", "python", "--cpu", "601s", "x"}, 2, "", "range"},
      {{"run", "--language", "python", "--memory", "15M", "x"}, 2, "", "range"},
      {{"run", "--language", "brainf", "x.b"}, 2, "", "is python, cpp, c++"},
  };
  for (const ExitCase& c : cases) {
    std::string line = "assay";
    for (const std::string& one : c.arguments) line += " " + one;
    SCOPED_TRACE(line);
    const Ran ran = Assay(c.arguments);
    EXPECT_EQ(ran.exit_code, c.exit_code) << ran.err;
    EXPECT_TRUE(Has(ran.out, c.out)) << ran.out;
    EXPECT_TRUE(Has(ran.err, c.err)) << ran.err;
    EXPECT_EQ(ran.err.empty(), c.err.empty()) << ran.err;
  }
}

// --- score on a pipe
// ----------------------------------------------------------

TEST_F(AssayTest, GoldenOutputOnAPipe) {
  WriteFile("items.jsonl", {kRight, "", kWrong, "{", kInvalid});
  const Ran ran = Assay({"score", "items.jsonl"});
  EXPECT_EQ(ran.exit_code, 3);
  std::istringstream stream(WithoutTimes(ran.out));
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0],
            R"({"id":"right","status":"ok","reward":1.0,"queue_us":0,)"
            R"("exec_us":0,"checks":[{"checker":"math","outcome":"correct",)"
            R"("score":1.0,"weight":1.0,"evidence":"proved","detail":)"
            R"({"reason":"equal numbers","extracted":"42"},"elapsed_us":0}]})");
  EXPECT_TRUE(Has(lines[1], R"("id":"wrong","status":"ok","reward":0.0)"));
  EXPECT_TRUE(Has(lines[2], R"({"id":null,"status":"invalid","reward":null)"));
  EXPECT_TRUE(Has(lines[3], R"("pointer":"/checks/0/checker")"));
  EXPECT_TRUE(Has(ran.err, "items.jsonl:4: not strict JSON"));
  EXPECT_TRUE(Has(ran.err, "items.jsonl:5: /checks/0/checker: unknown"));
}

TEST_F(AssayTest, ResultsKeepTheInputsOrder) {
  std::string input;
  std::vector<std::string> want;
  for (int i = 0; i < 20'000; ++i) {
    const std::string n = std::to_string(i);
    input += R"({"id":")" + n + R"(","response":"\\boxed{)" + n +
             R"(}","checks":[{"checker":"math","gold":")" + n + "\"}]}\n";
    want.push_back(n);
  }
  RunOptions options;
  options.input = input;
  const Ran ran = Assay({"score", "-", "--workers", "4"}, options);
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(Ids(ran.out), want);
}

TEST_F(AssayTest, LimitAndOnlyChooseResults) {
  WriteFile("items.jsonl", {kRight, kWrong, kRight, kInvalid});
  EXPECT_EQ(Ids(Assay({"score", "items.jsonl", "--limit", "2"}).out),
            (std::vector<std::string>{"right", "wrong"}));
  EXPECT_EQ(Ids(Assay({"score", "items.jsonl", "--only", "wrong"}).out),
            (std::vector<std::string>{"wrong"}));
  const Ran two = Assay({"score", "items.jsonl", "--only", "invalid,correct"});
  EXPECT_EQ(Ids(two.out),
            (std::vector<std::string>{"right", "right", "invalid"}));
  EXPECT_EQ(two.exit_code, 3);
}

TEST_F(AssayTest, StandardInputNamesItsLines) {
  RunOptions options;
  options.input = "{\n";
  const Ran ran = Assay({"score", "-"}, options);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_TRUE(Has(ran.err, "<stdin>:1: "));
}

TEST_F(AssayTest, ComplaintsAreFewUnlessAskedFor) {
  WriteFile("items.jsonl", std::vector<std::string>(30, "{"));
  const auto count = [](const std::string& text) {
    std::size_t lines = 0;
    for (const char c : text) lines += c == '\n' ? 1 : 0;
    return lines;
  };
  EXPECT_EQ(count(Assay({"score", "items.jsonl"}).err), 21u);
  EXPECT_EQ(count(Assay({"score", "items.jsonl", "-v"}).err), 30u);
}

// --- score to a file
// ----------------------------------------------------------

TEST_F(AssayTest, OutputGoesToAFileAndNothingToThePipe) {
  WriteFile("items.jsonl", {kRight, kWrong});
  const Ran ran = Assay({"score", "items.jsonl", "-o", "out.jsonl"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(Has(ran.err, "results: out.jsonl"));
  EXPECT_EQ(WithoutTimes(Contents("out.jsonl")),
            WithoutTimes(Assay({"score", "items.jsonl"}).out));
  EXPECT_EQ(FileCount(), 2u);
  EXPECT_EQ(Assay({"score", "items.jsonl", "-o", "out.jsonl", "-q"}).err, "");
}

TEST_F(AssayTest, TableShowsARowAnItemAndTheSummary) {
  WriteFile("items.jsonl", {kRight, kWrong});
  const Ran ran = Assay({"score", "items.jsonl", "--table", "--only", "wrong"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(Has(ran.out,
                  "wrong                                      0  math wrong"
                  " (different numbers)\n"))
      << ran.out;
  EXPECT_FALSE(Has(ran.out, "right  "));
  EXPECT_TRUE(Has(ran.out, "math               2       1 (50.0 %)"));
  EXPECT_EQ(Ids(Contents("items.scored.jsonl")),
            (std::vector<std::string>{"wrong"}));
}

TEST_F(AssayTest, TheExamplesEarnWhatTheirIdsSay) {
  const Ran ran = Assay({"score", ASSAY_EXAMPLES, "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  std::istringstream stream(ran.out);
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line); ++count) {
    const auto result = protocol::ParseScoreResult(boost::json::parse(line));
    ASSERT_TRUE(result) << line;
    bool all = true;
    for (const auto& check : result->checks) {
      all = all && check.outcome == "correct";
    }
    EXPECT_EQ(all, Has(*result->id, "/right/")) << line;
  }
  EXPECT_EQ(count, 24u);
}

TEST_F(AssayTest, AnInterruptLeavesNoFile) {
  RunOptions options;
  options.while_running = [this](pid_t pid) {
    // It waits for standard input once its temporary file is there.
    while (FileCount() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    kill(pid, SIGINT);
  };
  const Ran ran = Assay({"score", "-", "-o", "out.jsonl"}, options);
  EXPECT_EQ(ran.exit_code, 130);
  EXPECT_TRUE(Has(ran.err, "interrupted"));
  EXPECT_EQ(FileCount(), 0u);
}

}  // namespace
}  // namespace verifier::cli
