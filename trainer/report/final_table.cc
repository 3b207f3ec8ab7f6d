#include "trainer/report/final_table.h"

#include <fmt/format.h>

#include "trainer/report/cell.h"

namespace trainer {
namespace {

constexpr std::size_t kNameWidth = 20;

std::string Percent(const std::optional<double>& share) {
  if (!share) return fmt::format("{:>8}", "-");
  return NumberCell(*share * 100.0, 6, 1) + " %";
}

std::string WithInterval(const StageSummary& stage) {
  if (!stage.pass_at_1) return fmt::format("{:>15}", "-");
  const std::string mean = NumberCell(*stage.pass_at_1 * 100.0, 5, 1);
  if (!stage.pass_at_1_ci) return mean + " %        ";
  return mean + " ± " + NumberCell(*stage.pass_at_1_ci * 100.0, 5, 1) + " %";
}

}  // namespace

std::string FinalTable(const RunSummary& summary) {
  std::string text = TextCell("stage", kNameWidth) +
                     fmt::format(
                         " {:>15} {:>8} {:>8} {:>8} "
                         "{:>8}\n",
                         "pass@1", "format", "language", "tokens", "wall");
  for (const StageSummary& stage : summary.stages) {
    text += fmt::format(
        "{} {} {} {} {} {:>8}\n", TextCell(stage.stage, kNameWidth),
        WithInterval(stage), Percent(stage.format_rate),
        Percent(stage.language_rate), NumberCell(stage.mean_tokens, 8, 1),
        ClockText(stage.wall_s));
  }
  for (const RewardModelSummary& model : summary.reward_models) {
    text += fmt::format("reward model {}: {} of held-out pairs right\n",
                        TextCell(model.name, kNameWidth),
                        Percent(model.pair_accuracy));
  }
  return text;
}

}  // namespace trainer
