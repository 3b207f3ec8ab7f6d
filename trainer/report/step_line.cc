#include "trainer/report/step_line.h"

#include <fmt/format.h>

#include "trainer/report/cell.h"

namespace trainer {
namespace {

constexpr std::size_t kTitleWidth = 18;
constexpr std::size_t kTextWidth = 10;  // lr as -1.23e-105

// "[  120/  400]", as wide as the title.
std::string Place(std::int64_t step, std::int64_t steps) {
  std::string text = fmt::format("[{:>5}/{:>5}]", step, steps);
  if (text.size() < kTitleWidth) text.resize(kTitleWidth, ' ');
  return text;
}

std::string LearningRate(const std::optional<double>& lr) {
  return fmt::format("{:>{}}", lr ? fmt::format("{:.2e}", *lr) : "-",
                     kTextWidth);
}

}  // namespace

std::string GrpoHeader(std::string_view title) {
  return TextCell(title, kTitleWidth) +
         fmt::format(
             " {:>6} {:>5} {:>5} {:>5} {:>6} {:>5} {:>5} {:>6} {:>6} "
             "{:>6} {:>7} {:>6} {:>6} {:>8}",
             "reward", "±std", "mixed", "acc", "len", "trunc", "entr", "kl",
             "ratio", "grad", "tok/s", "step", "score+", "eta");
}

std::string StepLine(const GrpoStep& step) {
  std::string line = Place(step.step, step.steps);
  const auto add = [&line](std::string cell) { line += ' ' + cell; };
  add(NumberCell(step.reward, 6, 3));
  add(NumberCell(step.reward_std, 5, 2));
  add(NumberCell(step.mixed, 5, 2));
  add(NumberCell(step.accuracy, 5, 2));
  add(NumberCell(step.length, 6, 0));
  add(NumberCell(step.truncated, 5, 2));
  add(NumberCell(step.entropy, 5, 2));
  add(NumberCell(step.kl, 6, 4));
  add(NumberCell(step.ratio, 6, 3));
  add(NumberCell(step.grad_norm, 6, 2));
  add(CountCell(step.tokens_per_s, 7));
  add(NumberCell(step.step_s, 5, 1) + 's');
  add(NumberCell(step.score_wait_s, 5, 1) + 's');
  add(fmt::format("{:>8}", ClockText(step.eta_s)));
  return line;
}

std::string LossHeader(std::string_view title) {
  return TextCell(title, kTitleWidth) +
         fmt::format(" {:>8} {:>{}} {:>7} {:>9} {:>7} {:>8}", "loss", "lr",
                     kTextWidth, "grad", "tok/s", "step", "eta");
}

std::string StepLine(const LossStep& step) {
  std::string line = Place(step.step, step.steps);
  const auto add = [&line](std::string cell) { line += ' ' + cell; };
  add(NumberCell(step.loss, 8, 4));
  add(LearningRate(step.lr));
  add(NumberCell(step.grad_norm, 7, 3));
  add(CountCell(step.tokens_per_s, 9));
  add(NumberCell(step.step_s, 6, 2) + 's');
  add(fmt::format("{:>8}", ClockText(step.eta_s)));
  return line;
}

}  // namespace trainer
