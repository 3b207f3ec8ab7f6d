#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/report/step_line.h"
#include "trainer/report/step_printer.h"

namespace trainer {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

constexpr double kInf = std::numeric_limits<double>::infinity();

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::map<std::string, std::string> Read(std::string_view pattern,
                                        const std::string& line) {
  const re2::RE2 regex{re2::StringPiece(pattern.data(), pattern.size())};
  EXPECT_TRUE(regex.ok()) << regex.error();
  const int count = regex.NumberOfCapturingGroups();
  std::vector<std::string> texts(static_cast<std::size_t>(count));
  std::vector<re2::RE2::Arg> args;
  std::vector<const re2::RE2::Arg*> pointers;
  for (std::string& text : texts) args.emplace_back(&text);
  for (const re2::RE2::Arg& arg : args) pointers.push_back(&arg);
  std::map<std::string, std::string> found;
  if (!re2::RE2::FullMatchN(line, regex, pointers.data(), count)) return found;
  for (const auto& [name, index] : regex.NamedCapturingGroups()) {
    found[name] = texts[static_cast<std::size_t>(index) - 1];
  }
  return found;
}

GrpoStep Typical() {
  GrpoStep step;
  step.step = 120;
  step.steps = 400;
  step.reward = 0.612;
  step.reward_std = 0.31;
  step.mixed = 0.68;
  step.accuracy = 0.55;
  step.length = 148.2;
  step.truncated = 0.02;
  step.entropy = 0.91;
  step.kl = 0.004;
  step.ratio = 1.0;
  step.grad_norm = 0.42;
  step.tokens_per_s = 3210;
  step.step_s = 4.1;
  step.score_wait_s = 0.0;
  step.eta_s = 1148;
  return step;
}

TEST(StepLine, GrpoIsExact) {
  EXPECT_EQ(
      GrpoHeader("rl r1-mini"),
      "rl r1-mini         reward  ±std mixed   acc    len trunc  entr     "
      "kl  ratio   grad   tok/s   step score+      eta");
  EXPECT_EQ(StepLine(Typical()),
            "[  120/  400]       0.612  0.31  0.68  0.55    148  0.02  0.91 "
            "0.0040  1.000   0.42   3,210   4.1s   0.0s    19:08");
}

TEST(StepLine, GrpoReadsWithThePattern) {
  auto found = Read(kGrpoStepPattern, StepLine(Typical()));
  EXPECT_EQ(found["step"], "120");
  EXPECT_EQ(found["steps"], "400");
  EXPECT_EQ(found["reward"], "0.612");
  EXPECT_EQ(found["kl"], "0.0040");
  EXPECT_EQ(found["tokens_per_s"], "3,210");
  EXPECT_EQ(found["step_s"], "4.1");
  EXPECT_EQ(found["score_wait_s"], "0.0");
  EXPECT_EQ(found["eta"], "19:08");
}

TEST(StepLine, LossIsExactAndReads) {
  LossStep step;
  step.step = 9;
  step.steps = 1200;
  step.loss = 2.34567;
  step.lr = 3e-4;
  step.grad_norm = 0.5;
  step.tokens_per_s = 123456;
  step.step_s = 0.25;
  step.eta_s = 90'000;
  const std::string line = StepLine(step);
  EXPECT_EQ(LossHeader("pretrain r1-mini"),
            "pretrain r1-mini       loss         lr    grad     tok/s    step"
            "      eta");
  EXPECT_EQ(line,
            "[    9/ 1200]        2.3457   3.00e-04   0.500   123,456   0.25s"
            "   1d 01h");
  auto found = Read(kLossStepPattern, line);
  EXPECT_EQ(found["loss"], "2.3457");
  EXPECT_EQ(found["lr"], "3.00e-04");
  EXPECT_EQ(found["eta"], "1d 01h");
}

// Whatever the numbers are: as wide as the header, at most 120 columns, and
// the pattern reads it.
TEST(StepLine, KeepsItsWidth) {
  const std::optional<double> values[] = {
      std::nullopt,
      0.0,
      -1e300,
      1e300,
      5e-324,
      -0.004,
      99999.5,
      1234567.0,
      -kInf,
      kInf,
      std::numeric_limits<double>::quiet_NaN()};
  for (const auto& value : values) {
    GrpoStep grpo{99'999, 99'999, value, value, value, value, value, value,
                  value,  value,  value, value, value, value, value, value};
    LossStep loss{99'999, 99'999, value, value, value, value, value, value};
    const std::string grpo_line = StepLine(grpo);
    const std::string loss_line = StepLine(loss);
    EXPECT_EQ(Columns(grpo_line), Columns(GrpoHeader("x"))) << grpo_line;
    EXPECT_LE(Columns(grpo_line), kStepLineWidth) << grpo_line;
    EXPECT_FALSE(Read(kGrpoStepPattern, grpo_line).empty()) << grpo_line;
    EXPECT_EQ(Columns(loss_line), Columns(LossHeader("x"))) << loss_line;
    EXPECT_FALSE(Read(kLossStepPattern, loss_line).empty()) << loss_line;
  }
}

TEST(StepLine, TitleIsCutAndClean) {
  const std::string header = GrpoHeader("a-very-long-stage\x1b name");
  EXPECT_THAT(header, testing::StartsWith("a-very-long-stage~ "));
  EXPECT_THAT(GrpoHeader("a\x1b[2J"), testing::StartsWith("a?[2J "));
}

class Printer : public testing::Test {
 protected:
  std::string Step(StepPrinter& printer, std::int64_t step, int ms) {
    return printer.Update("line " + std::to_string(step), {step, 100, 61.0},
                          StepPrinter::TimePoint() + milliseconds(ms));
  }
};

TEST_F(Printer, ElsewhereThanOnATerminal) {
  StepPrinter printer({}, "header", "rl");
  EXPECT_EQ(Step(printer, 1, 0), "header\nline 1\n");
  EXPECT_EQ(Step(printer, 2, 9'999), "");
  EXPECT_EQ(Step(printer, 3, 10'000), "line 3\n");
  EXPECT_EQ(Step(printer, 4, 10'001), "");
  EXPECT_EQ(Step(printer, 100, 10'002), "line 100\n");
  EXPECT_EQ(printer.Note("WARN x"), "WARN x\n");
  EXPECT_EQ(printer.Clear(), "");
}

TEST_F(Printer, HeaderComesAgain) {
  StepPrinter printer({}, "header", "rl", milliseconds(0));
  std::string text;
  for (int i = 1; i <= 41; ++i) text += Step(printer, i, i);
  std::size_t headers = 0;
  for (std::size_t at = text.find("header"); at != std::string::npos;
       at = text.find("header", at + 1)) {
    ++headers;
  }
  EXPECT_EQ(headers, 3u);
  EXPECT_THAT(text, HasSubstr("line 20\nheader\nline 21\n"));
}

TEST_F(Printer, BarOnATerminal) {
  StepPrinter printer({true, false, 120}, "header", "rl");
  EXPECT_EQ(Step(printer, 1, 0),
            "header\nline 1\n\r\x1b[Krl  "
            "────────────────────────────────────────  1/100   1 %  1:01 left");
  EXPECT_EQ(Step(printer, 2, 99), "");
  EXPECT_EQ(Step(printer, 50, 100),
            "\r\x1b[Krl  ━━━━━━━━━━━━━━━━━━━━────────────────────  "
            "50/100  50 %  1:01 left");
  EXPECT_EQ(printer.Note("WARN x"), "\r\x1b[KWARN x\n");
  EXPECT_THAT(Step(printer, 51, 150), HasSubstr("51/100"));
  EXPECT_EQ(Step(printer, 100, 151), "\r\x1b[Kline 100\n");
  EXPECT_EQ(printer.Clear(), "");
}

TEST_F(Printer, NarrowTerminal) {
  for (std::size_t columns = 1; columns < 120; ++columns) {
    StepPrinter printer({true, false, columns}, "header", "rl");
    const std::string text = Step(printer, 7, 0);
    EXPECT_THAT(text, Not(HasSubstr("header")));
    EXPECT_LT(Columns(text) - std::string_view("\r\x1b[K").size(), columns);
  }
}

TEST_F(Printer, Color) {
  StepPrinter printer({true, true, 120}, "header", "rl");
  const std::string text = Step(printer, 7, 0);
  EXPECT_THAT(text, HasSubstr("\x1b[1mheader\x1b[0m\n"));
  EXPECT_THAT(text, HasSubstr("\x1b[32m━"));
}

TEST(StepOutput, FileIsNoTerminal) {
  setenv("NO_COLOR", "1", 1);
  const StepOutput output = StepOutputOf(-1);
  EXPECT_FALSE(output.terminal);
  EXPECT_FALSE(output.color);
}

}  // namespace
}  // namespace trainer
