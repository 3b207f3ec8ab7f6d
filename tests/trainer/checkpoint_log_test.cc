#include <gmock/gmock.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "tests/trainer/checkpoint_faults.h"
#include "trainer/checkpoint/jsonl_log.h"
#include "trainer/checkpoint/run_directory.h"

namespace trainer {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// What Open says of a file that holds `text`: its notices, or the error.
std::vector<std::string> OpenText(const std::string& path,
                                  std::string_view text) {
  WriteText(path, text);
  std::vector<std::string> notices;
  const auto log = JsonlLog::Open(path, &notices);
  if (!log) return {log.error().ToString()};
  return notices;
}

TEST(JsonlLog, RepairsTheEnd) {
  struct Row {
    const char* name;
    std::string text;
    std::string want;
    const char* notice;  // nullptr: none
  };
  const std::string line = "{\"step\":1,\"loss\":0.5}\n";
  const std::string nulls(40, '\0');
  const std::vector<Row> rows{
      {"empty", "", "", nullptr},
      {"whole", line + line, line + line, nullptr},
      {"torn first", "{\"st", "", ":1: the last line was torn, its 4 bytes"},
      {"torn", line + "{\"step\":2,\"lo", line, ":2: the last line was torn"},
      {"one byte", line + "{", line, ":2: the last line was torn, its 1 bytes"},
      {"no line end", line + "{\"step\":2}", line + "{\"step\":2}\n",
       ":2: the last line had no line end"},
      {"a number, maybe torn", line + "12", line, "torn"},
      {"zeros", line + nulls, line, ":2: the last line was torn, its 40 bytes"},
      {"not UTF-8", line + "{\"a\":\"\xff", line, "torn"},
      {"two values", line + "{}{}", line, "torn"},
  };
  const TestFolder folder;
  for (const Row& row : rows) {
    const std::string path = folder.Path("metrics.jsonl");
    const auto notices = OpenText(path, row.text);
    EXPECT_EQ(ReadText(path), row.want) << row.name;
    if (row.notice == nullptr) {
      EXPECT_THAT(notices, IsEmpty()) << row.name;
    } else {
      EXPECT_THAT(notices, ElementsAre(AllOf(HasSubstr("metrics.jsonl"),
                                             HasSubstr(row.notice))))
          << row.name;
    }
    EXPECT_THAT(OpenText(path, row.want), IsEmpty()) << row.name;
  }
}

TEST(JsonlLog, AtEveryCutOfTheLastLine) {
  const TestFolder folder;
  const std::string first = "{\"step\":1}\n";
  const std::string last = "{\"step\":2,\"text\":\"a\\n\\u00e9\"}";
  for (std::size_t cut = 1; cut < last.size(); ++cut) {
    const auto notices =
        OpenText(folder.Path("m"), first + last.substr(0, cut));
    EXPECT_THAT(notices, ElementsAre(HasSubstr("torn"))) << cut;
    EXPECT_EQ(ReadText(folder.Path("m")), first) << cut;
  }
}

TEST(JsonlLog, GarbageIsKeptAndNamed) {
  struct Row {
    const char* text;
    const char* want;
  };
  const TestFolder folder;
  for (const Row& row : std::vector<Row>{
           {"{\"step\":1}\nhello\n{\"step\":2}\n", "m:2: not a JSON object"},
           {"\n", "m:1: not a JSON object"},
           {"[1]\n", "m:1: not a JSON object"},
           {"{}\n{}\n{\"step\":1,\"step\":2}\n", "m:3: not a JSON object"},
           {"{\"loss\":1e999}\n", "m:1: not a JSON object"},
           {"{\"step\":\"2\"}\n{\"st", "m:1: \"step\" must be an integer"},
           {"{\"step\":2.0}\n", "m:1: \"step\" must be an integer"},
       }) {
    const auto said = OpenText(folder.Path("m"), row.text);
    EXPECT_THAT(said, ElementsAre(HasSubstr(row.want))) << row.text;
    EXPECT_EQ(ReadText(folder.Path("m")), row.text);
  }
}

TEST(JsonlLog, AppendsWholeLinesOnly) {
  const TestFolder folder;
  const std::string path = folder.Path("m");
  for (const LogSync sync : {LogSync::kEachLine, LogSync::kNever}) {
    auto log = JsonlLog::Open(path, nullptr, sync);
    ASSERT_TRUE(log);
    EXPECT_TRUE(log->Append("{\"step\":1}"));
    for (const char* line :
         {"", "{", "1", "{\"a\":\n1}", "{}\n", "{\"a\":NaN}"}) {
      EXPECT_FALSE(log->Append(line)) << line;
    }
  }
  EXPECT_EQ(ReadText(path), "{\"step\":1}\n{\"step\":1}\n");
}

TEST(JsonlLog, TheLimitOfALine) {
  const TestFolder folder;
  auto log = JsonlLog::Open(folder.Path("m"));
  ASSERT_TRUE(log);
  const std::string most = "{\"a\":\"" + std::string(kMaxLogLineBytes - 8, 'x');
  EXPECT_TRUE(log->Append(most + "\"}"));
  const auto past = log->Append(most + "x\"}");
  ASSERT_FALSE(past);
  EXPECT_THAT(past.error().ToString(), HasSubstr("over the limit of 16777216"));
}

TEST(JsonlLog, TruncateAfterStep) {
  struct Row {
    std::int64_t step;
    std::size_t removed;
    std::string want;
  };
  const std::string zero = "{\"start\":true}\n{\"step\":0}\n";
  const std::string one = "{\"step\":1}\n{\"eval\":1}\n";
  const std::string two = "{\"step\":2}\n{\"eval\":2}\n{\"step\":2}\n";
  for (const Row& row : std::vector<Row>{
           {-1, 6, "{\"start\":true}\n"},
           {0, 5, zero},
           {1, 3, zero + one},
           {2, 0, zero + one + two},
           {9, 0, zero + one + two},
       }) {
    const TestFolder folder;
    WriteText(folder.Path("m"), zero + one + two);
    auto log = JsonlLog::Open(folder.Path("m"));
    ASSERT_TRUE(log);
    const auto removed = log->TruncateAfterStep(row.step);
    ASSERT_TRUE(removed);
    EXPECT_EQ(*removed, row.removed) << row.step;
    ASSERT_TRUE(log->Append("{\"step\":3}"));
    EXPECT_EQ(ReadText(folder.Path("m")), row.want + "{\"step\":3}\n");
    EXPECT_THAT(Names(folder.Path("")), ElementsAre("m"));
  }
}

// Each step once, whole lines, and what was told to be there is there.
TEST(JsonlLog, EachOperationFails) {
  const std::string before = "{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n";
  for (const Fault fault :
       {Fault::kNoSpace, Fault::kIoError, Fault::kShortWrite, Fault::kDead}) {
    std::size_t k = 0;
    for (bool done = false; !done; ++k) {
      SCOPED_TRACE(std::to_string(static_cast<int>(fault)) + " at " +
                   std::to_string(k));
      const TestFolder folder;
      const std::string path = folder.Path("m");
      WriteText(path, before + "{\"st");
      FaultyFileSystem fs(fault, k);
      bool truncated = false;
      bool appended = false;
      {
        auto log = JsonlLog::Open(path, nullptr, LogSync::kEachLine, fs);
        if (log) truncated = log->TruncateAfterStep(1).has_value();
        if (truncated) appended = log->Append("{\"step\":2}").has_value();
      }
      done = fs.operations() <= k;
      if (done) {
        ASSERT_TRUE(appended);
      }
      ASSERT_TRUE(JsonlLog::Open(path));
      const std::string after = ReadText(path);
      if (appended) {
        ASSERT_EQ(after, "{\"step\":1}\n{\"step\":2}\n");
      } else if (truncated) {
        // A line that was not told may be there, but whole.
        ASSERT_THAT(after, testing::AnyOf("{\"step\":1}\n",
                                          "{\"step\":1}\n{\"step\":2}\n"));
      } else {
        ASSERT_THAT(after, testing::AnyOf(before, "{\"step\":1}\n"));
      }
    }
    EXPECT_GT(k, 15u);
  }
}

TEST(JsonlLog, AFailedAppendIsTakenBack) {
  const TestFolder folder;
  const std::string path = folder.Path("m");
  FaultyFileSystem well(Fault::kIoError, 1'000'000);
  ASSERT_TRUE(JsonlLog::Open(path, nullptr, LogSync::kEachLine, well));
  FaultyFileSystem fs(Fault::kShortWrite, well.operations() - 1);
  auto log = JsonlLog::Open(path, nullptr, LogSync::kEachLine, fs);
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->Append("{\"step\":1}"));
  EXPECT_EQ(ReadText(path), "");
}

TEST(RunDirectory, IsHeldByOne) {
  const TestFolder folder;
  const std::string path = folder.Path("runs/a/b");
  std::string id;
  {
    const auto first = RunDirectory::Open(path);
    ASSERT_TRUE(first) << first.error().ToString();
    id = first->run_id();
    EXPECT_EQ(id.size(), 32u);
    EXPECT_EQ(first->Path("x"), first->path() + "/x");
    const auto second = RunDirectory::Open(path);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().ToString(),
                AllOf(HasSubstr("runs/a/b: is in use, by process " +
                                std::to_string(getpid()) + ":"),
                      HasSubstr("two runs cannot share one folder")));
    // By another name, too.
    std::filesystem::create_directory_symlink(path, folder.Path("link"));
    EXPECT_FALSE(RunDirectory::Open(folder.Path("link")));
  }
  const auto again = RunDirectory::Open(folder.Path("link"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->run_id(), id);
  EXPECT_THAT(again->path(), Not(HasSubstr("link")));
  const auto other = RunDirectory::Open(folder.Path("runs/other"));
  ASSERT_TRUE(other);
  EXPECT_NE(other->run_id(), id);
}

TEST(RunDirectory, TheLockEndsWithTheProcess) {
  const TestFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    const auto run = RunDirectory::Open(folder.Path("r"));
    _exit(run && !RunDirectory::Open(folder.Path("r")) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(RunDirectory::Open(folder.Path("r")));
}

TEST(RunDirectory, SaysWhyItCannotBeUsed) {
  const TestFolder folder;
  WriteText(folder.Path("file"), "");
  const auto file = RunDirectory::Open(folder.Path("file"));
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().ToString(), HasSubstr("file: "));
  const auto below = RunDirectory::Open(folder.Path("file/run"));
  ASSERT_FALSE(below);
  EXPECT_THAT(below.error().ToString(), HasSubstr("cannot be made"));
  std::filesystem::create_directory(folder.Path("run"));
  WriteText(folder.Path("run/run_id"), "not an id\n");
  const auto id = RunDirectory::Open(folder.Path("run"));
  ASSERT_FALSE(id);
  EXPECT_THAT(id.error().ToString(), HasSubstr("32 hexadecimal digits"));
}

// The super-user may write anywhere: another user tries, in a child.
TEST(RunDirectory, AFolderThatIsNotWritable) {
  const TestFolder folder;
  std::filesystem::permissions(folder.Path(""), std::filesystem::perms::all);
  const std::string path = folder.Path("run");
  std::filesystem::create_directory(path);
  std::filesystem::permissions(path, std::filesystem::perms(0555));
  const pid_t child = fork();
  if (child == 0) {
    constexpr id_t kNobody = 65534;
    if (getuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(kNobody) != 0 ||
                          setuid(kNobody) != 0)) {
      _exit(2);
    }
    const auto run = RunDirectory::Open(path);
    if (run) _exit(3);
    const std::string said = run.error().ToString();
    _exit(said.find("not writable") != std::string::npos &&
                  said.find("Permission denied") != std::string::npos
              ? 0
              : 4);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace trainer
