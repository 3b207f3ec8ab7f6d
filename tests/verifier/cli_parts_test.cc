// Tests the parts of verifier/cli that need no process.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "verifier/cli/item_reader.h"
#include "verifier/cli/progress_bar.h"
#include "verifier/cli/result_writer.h"
#include "verifier/cli/score_options.h"
#include "verifier/cli/summary.h"
#include "verifier/cli/terminal.h"
#include "verifier/cli/units.h"
#include "verifier/protocol/nearest_name.h"

namespace verifier::cli {
namespace {

using namespace std::chrono_literals;

// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "assay-cli-XXXXXX";
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return path_ + "/" + std::string(name);
  }
  [[nodiscard]] std::size_t count() const {
    const std::filesystem::directory_iterator files(path_);
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

 private:
  std::string path_;
};

std::string Contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// --- units
// --------------------------------------------------------------------

struct UnitCase {
  std::string_view text;
  std::int64_t want;      // -1: an error
  std::string_view says;  // part of the error
};

TEST(Units, DurationsAtTheEdges) {
  const UnitCase cases[] = {
      {"0s", 0, ""},
      {"1us", 1, ""},
      {"250ms", 250'000, ""},
      {"4s", 4'000'000, ""},
      {"10m", 600'000'000, ""},
      {"1000h", 3'600'000'000'000, ""},
      {"1001h", -1, "too large"},
      {"99999999999999999999s", -1, "too large"},
      {"9223372036854775807h", -1, "too large"},
      {"4", -1, "4s or 4ms?"},
      {"", -1, "not a whole number"},
      {"s", -1, "not a whole number"},
      {"-1s", -1, "not a whole number"},
      {"-0s", -1, "not a whole number"},
      {"+1s", -1, "not a whole number"},
      {"1.5s", -1, "unknown unit"},
      {"4 s", -1, "unknown unit"},
      {"4S", -1, "unknown unit"},
      {"4sec", -1, "unknown unit"},
  };
  for (const UnitCase& c : cases) {
    const auto got = ParseDuration(c.text);
    ASSERT_EQ(got.has_value(), c.want >= 0) << c.text;
    if (got) {
      EXPECT_EQ(got->count(), c.want) << c.text;
    } else {
      EXPECT_NE(got.error().detail.find(c.says), std::string::npos)
          << got.error().detail;
    }
  }
}

TEST(Units, SizesAtTheEdges) {
  const UnitCase cases[] = {
      {"0B", 0, ""},
      {"1B", 1, ""},
      {"64K", 65'536, ""},
      {"256M", 268'435'456, ""},
      {"1G", 1'073'741'824, ""},
      {"1024T", std::int64_t{1} << 50, ""},
      {"1025T", -1, "too large"},
      {"9223372036854775807T", -1, "too large"},
      {"256", -1, "256M or 256K?"},
      {"256MB", -1, "unknown unit"},
      {"256m", -1, "unknown unit"},
      {"-1M", -1, "not a whole number"},
      {"M", -1, "not a whole number"},
  };
  for (const UnitCase& c : cases) {
    const auto got = ParseBytes(c.text);
    ASSERT_EQ(got.has_value(), c.want >= 0) << c.text;
    if (got) {
      EXPECT_EQ(*got, c.want) << c.text;
    } else {
      EXPECT_NE(got.error().detail.find(c.says), std::string::npos)
          << got.error().detail;
    }
  }
}

// --- nearest_name
// -------------------------------------------------------------

struct NameCase {
  std::string_view word;
  std::string_view want;
};

TEST(NearestNameTest, IsAThirdOfTheWordAwayAtMost) {
  constexpr std::string_view kNames[] = {"score", "run", "checkers",
                                         "check-answer"};
  const NameCase cases[] = {
      {"scoer", "score"},
      {"Score", "score"},
      {"checker", "checkers"},
      {"check-anwser", "check-answer"},
      {"rn", "run"},
      {"score", "score"},
      {"", ""},
      {"x", ""},  // one letter of three is kept: no
      {"sc", ""},
      {"serve", ""},
      {"train", ""},
  };
  for (const NameCase& c : cases) {
    EXPECT_EQ(protocol::NearestName(c.word, kNames), c.want) << c.word;
  }
  const std::string longest(64, 'a');
  const std::string longer(65, 'a');
  const std::string_view names[] = {longest, longer};
  EXPECT_EQ(protocol::NearestName(longest, names), longest);
  EXPECT_EQ(protocol::NearestName(longer, names), "");
}

// --- terminal
// -----------------------------------------------------------------

TEST(PrintableTest, NothingUntrustedReachesTheTerminal) {
  EXPECT_EQ(Printable("plain", 80), "plain");
  EXPECT_EQ(Printable("\x1b[2J\x07\r\n\t", 80), "?[2J????");
  EXPECT_EQ(Printable("\x7f", 80), "?");
  EXPECT_EQ(Printable("\xc2\x9b"
                      "31m",
                      80),
            "?31m");  // C1 CSI
  EXPECT_EQ(Printable("a\xe2\x80\xae"
                      "b",
                      80),
            "a?b");  // turns direction
  EXPECT_EQ(Printable("\xe2\x81\xa6", 80), "?");
  EXPECT_EQ(Printable("\xff\xc3", 80), "??");
  EXPECT_EQ(Printable("\xc0\xaf\xed\xa0\x80", 80), "?????");
  EXPECT_EQ(Printable(std::string_view("a\0b", 3), 80), "a?b");
  EXPECT_EQ(Printable("答案", 80), "答案");
}

TEST(PrintableTest, IsCutByCharactersAtTheLimit) {
  EXPECT_EQ(Printable("答案答案", 4), "答案答案");
  EXPECT_EQ(Printable("答案答案答", 4), "答...");
  EXPECT_EQ(Printable("abcd", 2), "ab");
  EXPECT_EQ(Printable("abcd", 0), "");
}

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    const char* old = std::getenv(name);
    had_ = old != nullptr;
    if (had_) old_ = old;
    setenv(name, value, 1);
  }
  ~Environment() {
    if (had_) {
      setenv(name_, old_.c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  bool had_;
  std::string old_;
};

TEST(UseColorTest, FollowsTheFlagThenTheEnvironment) {
  int pipe_fds[2];
  ASSERT_EQ(pipe(pipe_fds), 0);
  const int fd = pipe_fds[1];
  const Environment none("NO_COLOR", "");
  const Environment force("CLICOLOR_FORCE", "");
  EXPECT_FALSE(UseColor(ColorMode::kAuto, fd));
  EXPECT_TRUE(UseColor(ColorMode::kAlways, fd));
  {
    const Environment on("CLICOLOR_FORCE", "1");
    EXPECT_TRUE(UseColor(ColorMode::kAuto, fd));
    EXPECT_FALSE(UseColor(ColorMode::kNever, fd));
    const Environment off("NO_COLOR", "1");
    EXPECT_FALSE(UseColor(ColorMode::kAuto, fd));
  }
  {
    const Environment off("CLICOLOR_FORCE", "0");
    EXPECT_FALSE(UseColor(ColorMode::kAuto, fd));
  }
  close(pipe_fds[0]);
  close(pipe_fds[1]);
}

// --- item_reader
// --------------------------------------------------------------

// Reads `text` with a reader whose lines may have `line_bytes` bytes.
std::vector<ItemLine> ReadItems(const std::string& text,
                                std::size_t line_bytes = 1 << 20) {
  const Folder folder;
  std::ofstream(folder / "items") << text;
  const int fd = open((folder / "items").c_str(), O_RDONLY | O_CLOEXEC);
  ItemReader reader(fd, {}, line_bytes);
  std::vector<ItemLine> lines;
  while (true) {
    ItemLine line;
    const ItemReader::State state = reader.Next(line);
    if (state != ItemReader::State::kLine) {
      EXPECT_EQ(state, ItemReader::State::kEnd);
      break;
    }
    lines.push_back(std::move(line));
  }
  close(fd);
  return lines;
}

constexpr const char* kItem =
    R"({"id":"a","response":"","checks":[{"checker":"format"}]})";

TEST(ItemReaderTest, CountsEmptyLinesAndReadsTheLastWithoutItsEnd) {
  const std::string item = kItem;
  const auto lines = ReadItems(item + "\r\n\n  \t\r\n" + item);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].number, 1u);
  EXPECT_EQ(lines[0].bytes, item.size() + 2);
  EXPECT_FALSE(lines[0].item.error);
  EXPECT_EQ(lines[1].number, 4u);
  EXPECT_FALSE(lines[1].item.error);
  EXPECT_TRUE(ReadItems("").empty());
  EXPECT_TRUE(ReadItems("\n\n").empty());
}

TEST(ItemReaderTest, ALineAtTheLimitIsReadAndOneByteMoreIsNot) {
  const std::string item = kItem;
  const auto lines =
      ReadItems(item + "\n" + item + " \n" + item + "\n", item.size());
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_FALSE(lines[0].item.error);
  ASSERT_TRUE(lines[1].item.error);
  EXPECT_NE(lines[1].item.error->detail.find("line_bytes"), std::string::npos);
  EXPECT_FALSE(lines[2].item.error);
  EXPECT_EQ(lines[2].number, 3u);
}

TEST(ItemReaderTest, ALineFarOverTheLimitIsReadPast) {
  const std::string flood(3'000'000, 'x');
  const auto lines =
      ReadItems(flood + "\n" + kItem + "\n" + flood, /*line_bytes=*/1000);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_NE(lines[0].item.error->detail.find("3000000 bytes"),
            std::string::npos);
  EXPECT_FALSE(lines[1].item.error);
  EXPECT_EQ(lines[2].number, 3u);
  EXPECT_TRUE(lines[2].item.error);
}

// An item with `depth` levels of nesting.
std::string Nested(int depth) {
  const auto n = static_cast<std::size_t>(depth - 3);  // item, checks, check
  return R"({"id":"a","response":"","checks":[{"checker":"x","p":)" +
         std::string(n, '[') + std::string(n, ']') + "}]}";
}

TEST(ItemReaderTest, NestsTwoLevelsLessThanARequest) {
  const auto lines = ReadItems(Nested(30) + "\n" + Nested(31) + "\n");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_FALSE(lines[0].item.error);
  EXPECT_TRUE(lines[1].item.error);
  // The one that is read fits into a request.
  const std::string body = "{\"items\":[" + Nested(30) + "]}";
  EXPECT_TRUE(protocol::ParseScoreRequest(body).has_value());
}

TEST(ItemReaderTest, APipeWithHalfALineBlocks) {
  int fds[2];
  ASSERT_EQ(pipe(fds), 0);
  ItemReader reader(fds[0]);
  ItemLine line;
  EXPECT_EQ(reader.Next(line), ItemReader::State::kBlocked);
  const std::string_view item = kItem;
  ASSERT_EQ(WriteAll(fds[1], item.substr(0, 10)), 0);
  EXPECT_EQ(reader.Next(line), ItemReader::State::kBlocked);
  ASSERT_EQ(WriteAll(fds[1], item.substr(10)), 0);
  ASSERT_EQ(WriteAll(fds[1], "\n"), 0);
  ASSERT_EQ(reader.Next(line), ItemReader::State::kLine);
  EXPECT_EQ(line.item.id, "a");
  close(fds[1]);
  EXPECT_EQ(reader.Next(line), ItemReader::State::kEnd);
  close(fds[0]);
}

// --- result_writer
// ------------------------------------------------------------

protocol::ScoreResult Result(const std::string& id, std::string_view outcome,
                             std::optional<double> score) {
  protocol::ScoreResult result;
  result.id = id;
  protocol::CheckResult check;
  check.checker = "math";
  check.outcome = outcome;
  check.score = score;
  result.checks.push_back(check);
  result.reward = score;
  result.status = score ? protocol::Status::kOk : protocol::Status::kNotJudged;
  return result;
}

TEST(ResultWriterTest, TheFileAppearsOnlyWhenItIsWhole) {
  const Folder folder;
  const std::string path = folder / "out.jsonl";
  std::ofstream(path) << "old";
  {
    ResultWriter writer(path);
    ASSERT_EQ(writer.error(), 0);
    EXPECT_TRUE(writer.Write(Result("a", "correct", 1.0)));
    EXPECT_TRUE(writer.Flush());
    EXPECT_EQ(Contents(path), "old");
  }
  EXPECT_EQ(Contents(path), "old");
  EXPECT_EQ(folder.count(), 1u);
  {
    ResultWriter writer(path);
    EXPECT_TRUE(writer.Write(Result("a", "correct", 1.0)));
    EXPECT_TRUE(writer.Commit());
  }
  EXPECT_EQ(Contents(path).substr(0, 9), "{\"id\":\"a\"");
  EXPECT_EQ(folder.count(), 1u);
}

TEST(ResultWriterTest, SaysWhyItCannotWrite) {
  const Folder folder;
  EXPECT_EQ(ResultWriter(folder / "no/such/folder").error(), ENOENT);
  ResultWriter full("/dev/full");
  EXPECT_TRUE(full.Write(Result("a", "correct", 1.0)));
  EXPECT_FALSE(full.Commit());
  EXPECT_EQ(full.error(), ENOSPC);
}

// --- score_options
// ------------------------------------------------------------

TEST(ScoreOptionsTest, ResultsGoBesideTheInput) {
  EXPECT_EQ(ScoredName("a/answers.jsonl"), "a/answers.scored.jsonl");
  EXPECT_EQ(ScoredName("answers"), "answers.scored.jsonl");
}

struct PlanCase {
  const char* name;
  ScoreOptions options;
  bool terminal;
  bool to_stdout;
  std::string_view path;
  int summary_fd;
};

ScoreOptions Options(const std::string& file, const std::string& output,
                     bool json, bool table, bool quiet) {
  ScoreOptions options;
  options.file = file;
  options.output = output;
  options.json = json;
  options.table = table;
  options.quiet = quiet;
  return options;
}

TEST(ScoreOptionsTest, EachOutputHasItsPlace) {
  const PlanCase cases[] = {
      {"pipe", Options("a.jsonl", "", false, false, false), false, true, "",
       -1},
      {"terminal", Options("a.jsonl", "", false, false, false), true, false,
       "a.scored.jsonl", 1},
      {"json", Options("a.jsonl", "", true, false, false), true, true, "", -1},
      {"file", Options("a.jsonl", "o", false, false, false), false, false, "o",
       2},
      {"file, terminal", Options("a.jsonl", "o", false, false, false), true,
       false, "o", 1},
      {"dash", Options("a.jsonl", "-", false, false, false), true, true, "",
       -1},
      {"table", Options("a.jsonl", "", false, true, false), false, false,
       "a.scored.jsonl", 1},
      {"table, json", Options("a.jsonl", "", true, true, false), false, true,
       "", 2},
      {"quiet", Options("a.jsonl", "o", false, true, true), true, false, "o",
       -1},
      {"stdin", Options("-", "", false, false, false), true, false, "", 1},
  };
  for (const PlanCase& c : cases) {
    const OutputPlan plan = PlanOutput(c.options, c.terminal);
    EXPECT_EQ(plan.results_to_stdout, c.to_stdout) << c.name;
    EXPECT_EQ(plan.results_path, c.path) << c.name;
    EXPECT_EQ(plan.summary_fd, c.summary_fd) << c.name;
  }
}

TEST(ScoreOptionsTest, OnlyKeepsTheOutcomesThatAreNamed) {
  const auto wrong = Result("a", "wrong", 0.0);
  EXPECT_TRUE(IsWanted(wrong, {}));
  EXPECT_TRUE(IsWanted(wrong, {"correct", "wrong"}));
  EXPECT_FALSE(IsWanted(wrong, {"correct", "invalid"}));
  protocol::ScoreResult invalid;
  invalid.status = protocol::Status::kInvalid;
  EXPECT_TRUE(IsWanted(invalid, {"invalid"}));
  EXPECT_FALSE(IsWanted(invalid, {"wrong"}));
}

// --- summary
// ------------------------------------------------------------------

TEST(SummaryTest, CountsOutcomesAndRewards) {
  Summary summary;
  summary.Add(Result("a", "correct", 1.0));
  summary.Add(Result("b", "wrong", 0.0));
  summary.Add(Result("c", "correct", 1.0));
  summary.Add(Result("d", "not_judged", std::nullopt));
  protocol::ScoreResult invalid;
  invalid.status = protocol::Status::kInvalid;
  summary.Add(invalid);
  EXPECT_EQ(summary.items(), 5u);
  EXPECT_EQ(summary.invalid(), 1u);
  EXPECT_EQ(summary.not_judged(), 1u);
  EXPECT_EQ(
      summary.Text(false),
      "checker        items          correct    partial      wrong unreadable"
      "    timeout  violation not judged\n"
      "math               4       2 (50.0 %)          -          1          -"
      "          -          -          1\n"
      "reward mean 0.667  std 0.471  of 3 items\n"
      "1 of 5 items invalid\n"
      "1 of 5 items not judged\n");
}

TEST(SummaryTest, ARowIsSafeAndFitsItsColumns) {
  auto result = Result("\x1b[2Jid", "wrong", 0.0);
  result.checks[0].detail["reason"] = std::string(500, 'x') + "\x1b[31m";
  const std::string row = ResultRow(result, 100, false);
  EXPECT_EQ(CharacterCount(row), 100u);
  EXPECT_EQ(row.find('\x1b'), std::string::npos);
  EXPECT_NE(ResultRow(result, 100, true).find("\x1b[31mwrong\x1b[0m"),
            std::string::npos);
}

// --- progress_bar
// -------------------------------------------------------------

TEST(ProgressBarTest, IsQuietAtFirstAndThenDrawsOverItself) {
  const ProgressBar::TimePoint start{};
  ProgressBar bar(/*terminal=*/true, 80, start);
  EXPECT_EQ(bar.Update({10, 0.1}, start + 699ms), "");
  EXPECT_EQ(bar.Clear(), "");
  const std::string line = bar.Update({1000, 0.25}, start + 1000ms);
  EXPECT_TRUE(line.starts_with("\r\x1b[K"));
  EXPECT_NE(line.find("25 %  1000 items  1000 items/s  0:03 left"),
            std::string::npos)
      << line;
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_LE(CharacterCount(line), 80u + 4u);
  EXPECT_EQ(bar.Update({1001, 0.25}, start + 1099ms), "");
  EXPECT_NE(bar.Update({1001, 0.25}, start + 1100ms), "");
  EXPECT_EQ(bar.Clear(), "\r\x1b[K");
  EXPECT_EQ(bar.Clear(), "");
}

TEST(ProgressBarTest, ElsewhereIsALineEachTenSeconds) {
  const ProgressBar::TimePoint start{};
  ProgressBar bar(/*terminal=*/false, 80, start);
  EXPECT_EQ(bar.Update({10, std::nullopt}, start + 9999ms), "");
  EXPECT_EQ(bar.Update({100, std::nullopt}, start + 10s),
            "100 items  10 items/s\n");
  EXPECT_EQ(bar.Update({101, std::nullopt}, start + 19s), "");
  EXPECT_EQ(bar.Clear(), "");
}

}  // namespace
}  // namespace verifier::cli
