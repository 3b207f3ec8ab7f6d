// Tests sandbox/run_result.h.

#include "sandbox/run_result.h"

#include <gtest/gtest.h>

namespace sandbox {
namespace {

TEST(RunResultTest, ADefaultResultIsAFailureOfOurs) {
  EXPECT_EQ(RunResult{}.ending, Ending::kFailed);
}

TEST(RunResultTest, HasTheLettersOfAJudge) {
  EXPECT_EQ(RunVerdict(RunResult{}), "IE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kExited}), "OK");
  EXPECT_EQ(RunVerdict({.ending = Ending::kExited, .exit_code = 1}), "RE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kSignalled}), "RE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kCpuLimit}), "TLE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kWallLimit}), "ILE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kOutputLimit}), "OLE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kMemoryLimit}), "MLE");
  EXPECT_EQ(RunVerdict({.ending = Ending::kViolation}), "SV");
}

}  // namespace
}  // namespace sandbox
