// Tests verifier/cli/progress_bar.h.

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include "verifier/cli/progress_bar.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

using namespace std::chrono_literals;

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
