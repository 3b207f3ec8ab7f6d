// Tests programs that talk on a stream while they run (sandbox/program.h).

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <thread>

#include "sandbox/fd.h"
#include "sandbox/jail.h"

namespace sandbox {
namespace {

using std::chrono::seconds;

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

std::shared_ptr<const Jail> MakeJail() {
  auto jail = Jail::Create();
  EXPECT_TRUE(jail.has_value()) << jail.error().message;
  return jail ? *jail : nullptr;
}

struct Stream {
  Fd ours;
  Fd theirs;
};

Stream MakeStream() {
  int ends[2] = {-1, -1};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  return {Fd(ends[0]), Fd(ends[1])};
}

std::string ReadToEnd(int fd) {
  std::string all;
  char buffer[256];
  for (ssize_t got; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
    all.append(buffer, static_cast<std::size_t>(got));
  }
  return all;
}

// Forked from an interpreter that has started, and one of its own.
TEST(JailTest, AProgramTalksOnAStreamWhileItRuns) {
  const auto jail = MakeJail();
  for (const bool fresh : {false, true}) {
    for (const bool answers : {false, true}) {
      SCOPED_TRACE(testing::Message() << fresh << answers);
      Stream stream = MakeStream();
      Program program = PythonProgram(
          "import os\n"
          "while line := os.read(0, 100):\n"
          "    os.write(0, line.upper())\n"
          "print('end', flush=True)\n");
      program.fresh_interpreter = fresh;
      program.stream = stream.theirs.get();
      program.answers_on_stream = answers;
      RunResult result;
      std::thread run([&] {
        result = jail->Run(program, kRoomy);
        stream.theirs.Close();
      });
      char reply[3] = {};
      for (const std::string word : {"abc", "xyz"}) {
        EXPECT_EQ(write(stream.ours.get(), word.data(), 3), 3);
        EXPECT_EQ(read(stream.ours.get(), reply, 3), 3);
        EXPECT_EQ(std::string(reply, 3), word == "abc" ? "ABC" : "XYZ");
      }
      EXPECT_EQ(shutdown(stream.ours.get(), SHUT_WR), 0);
      EXPECT_EQ(ReadToEnd(stream.ours.get()), answers ? "end\n" : "");
      run.join();
      EXPECT_EQ(RunVerdict(result), "OK") << result.err << result.failure;
      EXPECT_EQ(result.out, answers ? "" : "end\n");
    }
  }
}

// A program that waits for words that never come, and one that nobody hears.
TEST(JailTest, AStreamHoldsNoRunBeyondItsTime) {
  const auto jail = MakeJail();
  for (const char* source :
       {"import os; os.read(0, 1)",
        "import os\nwhile True: os.write(0, b'x' * 9999)"}) {
    const Stream stream = MakeStream();
    Program program = PythonProgram(source);
    program.stream = stream.theirs.get();
    const RunResult result =
        jail->Run(program, {.wall = std::chrono::milliseconds(300)});
    EXPECT_EQ(RunVerdict(result), "ILE") << source << result.failure;
  }
}

}  // namespace
}  // namespace sandbox
