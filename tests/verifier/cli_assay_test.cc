// Tests the built `assay`: its streams, its files and its exit codes.

#include <gtest/gtest.h>
#include <signal.h>

#include <boost/json/parse.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "tests/verifier/client_fake_server.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli {
namespace {

using client::testing::FakeReply;
using client::testing::FakeRequest;
using client::testing::FakeServer;
using client::testing::RespondHonestly;
using testing::Ran;
using testing::RunOptions;

constexpr const char* kRight =
    R"({"id":"right","response":"\\boxed{42}","checks":[{"checker":"math","gold":"42"}]})";
constexpr const char* kWrong =
    R"({"id":"wrong","response":"\\boxed{41}","checks":[{"checker":"math","gold":"42"}]})";
constexpr const char* kInvalid =
    R"({"id":"invalid","response":"","checks":[{"checker":"nothing"}]})";

// A folder that goes away with the test.
class AssayTest : public ::testing::Test {
 protected:
  AssayTest() {
    std::string name = ::testing::TempDir() + "assay-run-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~AssayTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string Path(std::string_view name) const {
    return folder_ + "/" + std::string(name);
  }

  std::string WriteFile(std::string_view name,
                        const std::vector<std::string>& lines) const {
    std::ofstream file(Path(name));
    for (const std::string& line : lines) file << line << "\n";
    return Path(name);
  }

  [[nodiscard]] std::string Contents(std::string_view name) const {
    std::ostringstream text;
    text << std::ifstream(Path(name)).rdbuf();
    return text.str();
  }

  [[nodiscard]] std::size_t FileCount() const {
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
      static_cast<void>(file);
      ++count;
    }
    return count;
  }

  [[nodiscard]] Ran Assay(std::vector<std::string> arguments,
                          RunOptions options = {}) const {
    arguments.insert(arguments.begin(), ASSAY_BINARY);
    options.directory = folder_;
    return testing::Run(arguments, options);
  }

  [[nodiscard]] Ran AssayOnTerminal(std::vector<std::string> arguments,
                                    RunOptions options = {}) const {
    arguments.insert(arguments.begin(), ASSAY_BINARY);
    options.directory = folder_;
    options.environment.emplace_back("TERM", "xterm");
    options.environment.emplace_back("NO_COLOR", "");
    return testing::RunOnTerminal(arguments, options);
  }

 private:
  std::string folder_;
};

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

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

std::vector<std::string> Ids(const std::string& lines) {
  std::vector<std::string> ids;
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    const auto value = boost::json::parse(line);
    const auto& id = value.as_object().at("id");
    ids.push_back(id.is_string() ? std::string(id.as_string()) : "null");
  }
  return ids;
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

// --- score at a server
// --------------------------------------------------------

FakeReply ReadyAnd(const FakeRequest& request,
                   const FakeServer::Script& score) {
  if (request.target == "/readyz") return client::testing::Respond(200, "");
  return score(request);
}

TEST_F(AssayTest, AServersResultsComeInOrder) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      FakeReply reply = RespondHonestly(score);
      // Later requests are answered first.
      reply.delay = std::chrono::milliseconds(score.number < 4 ? 100 : 0);
      return reply;
    });
  });
  std::string input;
  std::vector<std::string> want;
  for (int i = 0; i < 3000; ++i) {
    input += R"({"id":")" + std::to_string(i) +
             R"(","response":"","checks":[{"checker":"any"}]})" + "\n";
    want.push_back(std::to_string(i));
  }
  RunOptions options;
  options.input = input;
  const Ran ran = Assay({"score", "-", "--server", server.url()}, options);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Ids(ran.out), want);
}

TEST_F(AssayTest, OneIdManyTimesIsNoErrorInAFile) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, RespondHonestly);
  });
  WriteFile("items.jsonl", {kRight, kRight, kRight});
  const Ran ran = Assay({"score", "items.jsonl", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Ids(ran.out).size(), 3u);
}

TEST_F(AssayTest, AServerThatIsNotThereOrNoAssayd) {
  WriteFile("items.jsonl", {kRight});
  const Ran refused = Assay({"score", "items.jsonl", "--server",
                             client::testing::UnreachableUrl(), "-o", "o"});
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_TRUE(Has(refused.err, "Connection refused")) << refused.err;
  FakeServer server([](const FakeRequest&) {
    return client::testing::Respond(404, "nothing here", "text/plain");
  });
  const Ran missing =
      Assay({"score", "items.jsonl", "--server", server.url(), "-o", "o"});
  EXPECT_EQ(missing.exit_code, 4);
  EXPECT_TRUE(Has(missing.err, "404")) << missing.err;
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(AssayTest, AServerThatIsLostEndsTheRunWithoutAFile) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest&) {
      FakeReply reply;
      reply.close = true;
      return reply;
    });
  });
  WriteFile("items.jsonl", {kRight});
  const Ran ran =
      Assay({"score", "items.jsonl", "--server", server.url(), "-o", "o"});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_TRUE(Has(ran.err, "the server was lost")) << ran.err;
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(AssayTest, ALyingServerIsNotJudged) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      auto result = client::testing::Honest(score.items[0]);
      result.id = "another";
      return client::testing::Respond(200,
                                      protocol::ScoreResponseText({result}));
    });
  });
  WriteFile("items.jsonl", {kRight});
  const Ran ran = Assay({"score", "items.jsonl", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 5);
  EXPECT_TRUE(Has(ran.out, R"("status":"not_judged","reward":null)"));
  EXPECT_TRUE(Has(ran.err, "items.jsonl:1: not judged: math: bad_response"))
      << ran.err;
  // An invalid line wins.
  WriteFile("both.jsonl", {kRight, "{"});
  EXPECT_EQ(Assay({"score", "both.jsonl", "--server", server.url()}).exit_code,
            3);
}

TEST_F(AssayTest, CheckersOfAServer) {
  FakeServer server([](const FakeRequest&) {
    return client::testing::Respond(
        200, R"({"checkers":[{"name":"magic","summary":"Spells."}]})");
  });
  const Ran ran = Assay({"checkers", "--server", server.url()});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(Has(ran.out, "magic        Spells.")) << ran.out;
}

// --- on a terminal
// ------------------------------------------------------------

TEST_F(AssayTest, OnATerminalTheSummaryIsShownAndResultsGoBeside) {
  WriteFile("items.jsonl", {kRight, kWrong});
  const Ran ran = AssayOnTerminal({"score", "items.jsonl"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(Has(ran.out, "\x1b[1mchecker ")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "math               2       1 (50.0 %)")) << ran.out;
  EXPECT_TRUE(Has(ran.out, "results: items.scored.jsonl")) << ran.out;
  EXPECT_FALSE(Has(ran.out, "\"reward\"")) << ran.out;
  EXPECT_EQ(Ids(Contents("items.scored.jsonl")),
            (std::vector<std::string>{"right", "wrong"}));
  const Ran plain =
      AssayOnTerminal({"score", "items.jsonl", "--color", "never"});
  EXPECT_FALSE(Has(plain.out, "\x1b[")) << plain.out;
}

TEST_F(AssayTest, ASlowRunShowsItsProgressOnATerminalOnly) {
  FakeServer server([](const FakeRequest& request) {
    return ReadyAnd(request, [](const FakeRequest& score) {
      FakeReply reply = RespondHonestly(score);
      reply.delay = std::chrono::milliseconds(1500);
      return reply;
    });
  });
  WriteFile("items.jsonl", {kRight, kWrong});
  const std::vector<std::string> arguments = {"score", "items.jsonl",
                                              "--server", server.url()};
  EXPECT_TRUE(Has(AssayOnTerminal(arguments).out, "items/s"));
  auto without = arguments;
  without.emplace_back("--no-progress");
  EXPECT_FALSE(Has(AssayOnTerminal(without).out, "items/s"));
  EXPECT_EQ(Assay(arguments).err, "");
}

TEST_F(AssayTest, ATerminalAsInputIsAUsageError) {
  const Ran ran = AssayOnTerminal({"score", "-"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_TRUE(Has(ran.out, "Usage: assay score")) << ran.out;
}

}  // namespace
}  // namespace verifier::cli
