// Tests verifier/cli/terminal.h.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

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

}  // namespace
}  // namespace verifier::cli
