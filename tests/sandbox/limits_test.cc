// Tests sandbox/limits.h, and each limit of a run at the limit and one past it.

#include "sandbox/limits.h"

#include <gtest/gtest.h>

#include <string>

#include "sandbox/jail.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(LimitsTest, EveryFieldHasARange) {
  EXPECT_EQ(OutOfRange(RunLimits{}), "");
  EXPECT_EQ(OutOfRange(kLeastLimits), "");
  EXPECT_EQ(OutOfRange(kMostLimits), "");
  const auto past = [](auto change) {
    RunLimits low = kLeastLimits;
    RunLimits high = kMostLimits;
    change(low, -1);
    change(high, 1);
    const std::string name(OutOfRange(low));
    EXPECT_EQ(OutOfRange(high), name);
    return name;
  };
  EXPECT_EQ(past([](RunLimits& l, int d) { l.cpu += d * milliseconds(1); }),
            "cpu");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.wall += d * milliseconds(1); }),
            "wall");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.memory_bytes += d; }),
            "memory_bytes");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.output_bytes += d; }),
            "output_bytes");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.file_bytes += d; }), "file_bytes");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.returned_bytes += d; }),
            "returned_bytes");
  EXPECT_EQ(past([](RunLimits& l, int d) { l.processes += d; }), "processes");
}

class RunLimitsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    jail_ = *jail;
    limits_.wall = seconds(60);
  }

  RunResult Python(const std::string& source) {
    return jail_->Run(PythonProgram(source), limits_);
  }

  std::shared_ptr<const Jail> jail_;
  RunLimits limits_;
};

TEST_F(RunLimitsTest, OutputEndsTheRunWithOneByteMore) {
  limits_.output_bytes = 200'000;
  RunResult at = Python("print('x' * 200_000, end='')");
  EXPECT_EQ(at.ending, Ending::kExited);
  EXPECT_EQ(at.out.size(), 200'000U);
  EXPECT_FALSE(at.out_truncated);
  RunResult past = Python("print('x' * 200_001, end='')");
  EXPECT_EQ(past.ending, Ending::kOutputLimit);
  EXPECT_EQ(past.out.size(), 200'000U);
  EXPECT_TRUE(past.out_truncated);
  past = Python("import sys; print('x' * 200_001, end='', file=sys.stderr)");
  EXPECT_EQ(past.ending, Ending::kOutputLimit);
  EXPECT_TRUE(past.err_truncated);
}

TEST_F(RunLimitsTest, OneByteOfOutput) {
  limits_.output_bytes = 1;
  EXPECT_EQ(Python("print(end='x')").ending, Ending::kExited);
  EXPECT_EQ(Python("print(end='xy')").ending, Ending::kOutputLimit);
}

TEST_F(RunLimitsTest, OneFileMayBeAsLargeAsTheLimit) {
  limits_.file_bytes = 64 * kKiB;
  const std::string write =
      "import os\n"
      "fd = os.open('/tmp/f', os.O_CREAT | os.O_RDWR)\n"
      "try:\n  os.ftruncate(fd, SIZE); print('ok')\n"
      "except OSError as e: print(e.errno)\n";
  const auto with = [&](const char* size) {
    std::string source = write;
    source.replace(source.find("SIZE"), 4, size);
    return Python(source).out;
  };
  EXPECT_EQ(with("65536"), "ok\n");
  EXPECT_EQ(with("65537"), "27\n");  // EFBIG
}

TEST_F(RunLimitsTest, EachRunHasAWorkOfItsOwnSize) {
  const char* fill =
      "import errno\n"
      "try:\n"
      "  for i in range(2): open(f'/w/{i}', 'wb').write(bytes(40960))\n"
      "  print('ok')\n"
      "except OSError as e: print(errno.errorcode[e.errno])\n";
  for (int turn = 0; turn < 3; ++turn) {
    limits_.file_bytes = 64 * kKiB;
    EXPECT_EQ(Python(fill).out, "ENOSPC\n");
    limits_.file_bytes = kMiB;
    EXPECT_EQ(Python(fill).out, "ok\n");
  }
}

TEST_F(RunLimitsTest, MemoryIsRefusedPastTheLimit) {
  limits_.memory_bytes = 64 * kMiB;
  EXPECT_EQ(Python("b = bytearray(32 << 20); print(len(b))").out, "33554432\n");
  const RunResult past = Python("b = bytearray(64 << 20); print(len(b))");
  EXPECT_EQ(past.exit_code, 1);
  EXPECT_NE(past.err.find("MemoryError"), std::string::npos) << past.err;
}

TEST_F(RunLimitsTest, OneProcessCannotForkAndTwoCan) {
  const char* fork =
      "import os\n"
      "try:\n  pid = os.fork()\n"
      "except OSError: print('refused'); raise SystemExit\n"
      "if pid: os.waitpid(pid, 0); print('forked')\n";
  EXPECT_EQ(Python(fork).out, "refused\n");
  limits_.processes = 2;
  EXPECT_EQ(Python(fork).out, "forked\n");
}

TEST_F(RunLimitsTest, CpuIsNotWallAndWallIsNotCpu) {
  limits_.cpu = seconds(1);
  EXPECT_EQ(Python("while True: pass").ending, Ending::kCpuLimit);
  EXPECT_EQ(Python("import time; time.sleep(1.5)").ending, Ending::kExited);
  limits_.cpu = seconds(60);
  limits_.wall = seconds(1);
  const RunResult past = Python("import time; time.sleep(100)");
  EXPECT_EQ(past.ending, Ending::kWallLimit);
  EXPECT_GE(past.wall, seconds(1));
  EXPECT_LT(past.cpu, seconds(1));
}

TEST_F(RunLimitsTest, TheLeastTimesAreHeld) {
  limits_.cpu = milliseconds(1);
  EXPECT_EQ(Python("while True: pass").ending, Ending::kCpuLimit);
  limits_.cpu = seconds(5);
  limits_.wall = milliseconds(1);
  EXPECT_EQ(Python("while True: pass").ending, Ending::kWallLimit);
}

TEST_F(RunLimitsTest, ALimitOutOfRangeDoesNotRun) {
  limits_.memory_bytes = 0;
  const RunResult result = Python("print(1)");
  EXPECT_EQ(result.ending, Ending::kFailed);
  EXPECT_EQ(result.failure, "memory_bytes is out of range");
}

}  // namespace
}  // namespace sandbox
