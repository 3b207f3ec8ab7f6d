// Tests sandbox/read_files.h: what comes back of a run, and what must not.

#include "sandbox/read_files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/fd.h"
#include "sandbox/jail.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using State = ReturnedFile::State;
using std::chrono::seconds;

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

std::string AttackSource(const std::string& name) {
  std::ifstream file(ASSAY_ATTACKS "/" + name + ".py");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Program Python(std::string source, std::vector<std::string> wanted) {
  Program program = PythonProgram(std::move(source));
  program.wanted = std::move(wanted);
  return program;
}

class ReadFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    jail_ = *jail;
  }

  std::vector<ReturnedFile> Run(std::string source,
                                std::vector<std::string> wanted,
                                const RunLimits& limits = kRoomy) {
    RunResult result =
        jail_->Run(Python(std::move(source), std::move(wanted)), limits);
    EXPECT_EQ(result.ending, Ending::kExited) << result.failure << result.err;
    return std::move(result.files);
  }

  std::shared_ptr<const Jail> jail_;
};

TEST_F(ReadFilesTest, ComeBackByteForByteInTheOrderAsked) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const auto files =
      Run("open('b', 'wb').write(bytes(range(256)))\nopen('a', 'w').write('x')",
          {"b", "nothing", "a", "main.py"});
  ASSERT_EQ(files.size(), 4U);
  EXPECT_EQ(files[0].name, "b");
  EXPECT_EQ(files[0].state, State::kReturned);
  EXPECT_EQ(files[0].content, bytes);
  EXPECT_EQ(files[1].state, State::kMissing);
  EXPECT_EQ(files[2].content, "x");
  EXPECT_EQ(files[3].state, State::kReturned);
}

TEST_F(ReadFilesTest, NothingIsReadWhereNothingIsWanted) {
  EXPECT_TRUE(Run("open('a', 'w').write('x')", {}).empty());
}

TEST_F(ReadFilesTest, ComeBackHoweverTheProgramEnded) {
  RunLimits limits = kRoomy;
  limits.cpu = seconds(1);
  const RunResult result = jail_->Run(
      Python("open('a', 'w').write('x')\nwhile True: pass", {"a"}), limits);
  EXPECT_EQ(result.ending, Ending::kCpuLimit);
  ASSERT_EQ(result.files.size(), 1U);
  EXPECT_EQ(result.files[0].content, "x");
}

TEST_F(ReadFilesTest, ComeBackHoweverFastTheProgramIsStopped) {
  Program program;
  program.argv = {"/usr/bin/yes"};
  program.files = {{.name = "there", .content = "text"}};
  program.wanted = {"there"};
  for (int run = 0; run < 200; ++run) {
    const RunResult result = jail_->Run(program, {.output_bytes = 1});
    ASSERT_EQ(result.ending, Ending::kOutputLimit) << result.failure;
    ASSERT_EQ(result.files.at(0).content, "text")
        << FileProblem(result.files.at(0).state);
  }
}

struct OddFile {
  const char* name;
  State want;
};

constexpr OddFile kOddFiles[] = {
    {"good", State::kReturned},        {"empty", State::kReturned},
    {"link_out", State::kNotRegular},  {"link_usr", State::kNotRegular},
    {"link_in", State::kNotRegular},   {"link_magic", State::kNotRegular},
    {"link_loop", State::kNotRegular}, {"pipe", State::kMissing},
    {"folder", State::kNotRegular},    {"linked", State::kLinked},
    {"linked_too", State::kLinked},    {"secret", State::kUnreadable},
    {"null", State::kMissing},         {"urandom", State::kMissing},
    {"device", State::kMissing},       {"sparse", State::kTooLarge},
    {"never_there", State::kMissing},
};

// What is wrong, or empty.
std::string RunOddFiles() {
  const auto jail = Jail::Create();
  if (!jail) return jail.error().message;
  std::vector<std::string> names;
  for (const OddFile& file : kOddFiles) names.emplace_back(file.name);
  RunLimits limits = kRoomy;
  limits.returned_bytes = 1 * kMiB;
  const RunResult result =
      (*jail)->Run(Python(AttackSource("leave_odd_files"), names), limits);
  if (result.out != "done\n") return result.failure + result.err;
  std::string wrong;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ReturnedFile& file = result.files.at(i);
    if (file.state != kOddFiles[i].want) {
      wrong += file.name + ": " + std::string(FileProblem(file.state)) + "; ";
    }
    const std::size_t size = file.name == "good" ? 256 : 0;
    if (file.content.size() != size) wrong += file.name + " has content; ";
  }
  return wrong;
}

class OddFilesTest : public testing::TestWithParam<Leg> {};

TEST_P(OddFilesTest, OnlyRegularFilesOfOneNameComeBack) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  EXPECT_EQ(RunLeg(GetParam(), RunOddFiles), "");
}

INSTANTIATE_TEST_SUITE_P(Jail, OddFilesTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

TEST_F(ReadFilesTest, AFileThatIsReplacedForEverIsReadAtRest) {
  RunLimits limits = kRoomy;
  limits.processes = 8;
  for (int i = 0; i < 10; ++i) {
    const auto files = Run(AttackSource("replace_for_ever"), {"good"}, limits);
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].content,
              files[0].state == State::kReturned ? "good" : "");
  }
}

TEST_F(ReadFilesTest, AllTogetherMayBeAsLargeAsTheLimit) {
  RunLimits limits = kRoomy;
  limits.returned_bytes = 3000;
  const auto write = [](int bytes) {
    return "open('a', 'w').write('x' * 1000)\n"
           "open('b', 'w').write('x' * " +
           std::to_string(bytes) + ")\nopen('c', 'w').write('x')\n";
  };
  const auto at = Run(write(1999), {"a", "b", "c"}, limits);
  EXPECT_EQ(at[1].state, State::kReturned);
  EXPECT_EQ(at[2].state, State::kReturned);
  // One that is too large takes no room from those behind it.
  const auto past = Run(write(2001), {"a", "b", "c"}, limits);
  EXPECT_EQ(past[0].state, State::kReturned);
  EXPECT_EQ(past[1].state, State::kTooLarge);
  EXPECT_TRUE(past[1].content.empty());
  EXPECT_EQ(past[2].state, State::kReturned);
}

TEST_F(ReadFilesTest, TheirNumberAndNamesAreHeld) {
  const auto failure = [&](std::vector<std::string> wanted) {
    return jail_->Run(Python("", std::move(wanted)), kRoomy).failure;
  };
  EXPECT_EQ(failure(std::vector<std::string>(kMaxWanted, "a")), "");
  EXPECT_EQ(failure(std::vector<std::string>(kMaxWanted + 1, "a")),
            "too many files are wanted");
  for (const char* name : {"", ".", "..", "a/b", "/etc/passwd", "../x"}) {
    EXPECT_EQ(failure({name}), std::string("not a file name: ") + name);
  }
}

// The reader alone, told to leave its folder: a name is no way out even where
// nobody checked it.
TEST(ReadFilesAlone, NeverLeavesItsFolder) {
  const Fd etc(open("/etc", O_PATH | O_DIRECTORY | O_CLOEXEC));
  const std::vector<std::string> names = {"../etc/passwd", "/etc/passwd",
                                          "../../etc/passwd", ".", ".."};
  for (const ReturnedFile& file : ReadFiles(etc.get(), names, 1 << 20)) {
    EXPECT_NE(file.state, State::kReturned) << file.name;
    EXPECT_TRUE(file.content.empty()) << file.name;
  }
  EXPECT_EQ(ReadFiles(etc.get(), {"passwd"}, 1 << 20)[0].state,
            State::kReturned);
  EXPECT_EQ(ReadFiles(-1, {"passwd"}, 1 << 20)[0].state, State::kUnread);
}

// The jail lets nobody make these; should it ever, nobody waits for them.
TEST(ReadFilesAlone, PipesAndSocketsAreNotWaitedFor) {
  char folder[] = "/tmp/assay-read-files-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string path = folder;
  ASSERT_EQ(mkfifo((path + "/pipe").c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (path + "/socket").copy(address.sun_path, sizeof(address.sun_path) - 1);
  const Fd listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(bind(listener.get(), reinterpret_cast<const sockaddr*>(&address),
                 sizeof(address)),
            0);
  const Fd opened(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
  for (const ReturnedFile& file :
       ReadFiles(opened.get(), {"pipe", "socket"}, 1 << 20)) {
    EXPECT_EQ(file.state, State::kNotRegular) << file.name;
  }
  std::filesystem::remove_all(path);
}

TEST(ReadFilesAlone, DevicesAndOtherMountsAreNotRead) {
  const Fd dev(open("/dev", O_PATH | O_DIRECTORY | O_CLOEXEC));
  for (const ReturnedFile& file :
       ReadFiles(dev.get(), {"null", "zero", "urandom", "full"}, 1 << 20)) {
    EXPECT_TRUE(file.state == State::kNotRegular ||
                file.state == State::kUnread)
        << file.name;
    EXPECT_TRUE(file.content.empty());
  }
  const Fd root(open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  EXPECT_NE(ReadFiles(root.get(), {"proc/version"}, 1 << 20)[0].state,
            State::kReturned);
}

}  // namespace
}  // namespace sandbox
