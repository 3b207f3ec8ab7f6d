// Tests sandbox/compiled.h.

#include "sandbox/compiled.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace sandbox {
namespace {

RunResult Exited(int code, std::string err) {
  RunResult run;
  run.ending = Ending::kExited;
  run.exit_code = code;
  run.err = std::move(err);
  return run;
}

TEST(CompiledTest, WhatTheMachineOrALimitCausedIsNotForAlways) {
  EXPECT_EQ(CompiledFrom(Exited(1, "main.cc:1:1: error: x"), false).reach,
            Reach::kAlways);
  for (const char* trouble :
       {"cc1plus: out of memory allocating 65536 bytes",
        "virtual memory exhausted: Cannot allocate memory",
        "g++: fatal error: Killed signal terminated program cc1plus",
        "main.cc:3:1: internal compiler error: Segmentation fault",
        "java.lang.OutOfMemoryError: Java heap space",
        "ld: final link failed: No space left on device",
        "sh: 1: Cannot fork: Resource temporarily unavailable"}) {
    EXPECT_EQ(CompiledFrom(Exited(1, trouble), false).reach, Reach::kNow)
        << trouble;
  }
  // A shell's word for what was killed.
  EXPECT_EQ(CompiledFrom(Exited(125, ""), false).reach, Reach::kAlways);
  EXPECT_EQ(CompiledFrom(Exited(137, ""), false).reach, Reach::kNow);
  RunResult run;
  for (const Ending ending :
       {Ending::kCpuLimit, Ending::kWallLimit, Ending::kSignalled,
        Ending::kOutputLimit, Ending::kViolation}) {
    run.ending = ending;
    EXPECT_EQ(CompiledFrom(run, false).reach, Reach::kNow);
  }
  run.ending = Ending::kWallLimit;
  EXPECT_EQ(CompiledFrom(run, true).reach, Reach::kNobody);
  EXPECT_EQ(CompiledFrom(RunResult{}, false).reach, Reach::kNobody);
}

}  // namespace
}  // namespace sandbox
