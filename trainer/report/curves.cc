#include "trainer/report/curves.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string_view>

#include "trainer/report/metric_keys.h"

namespace trainer {
namespace {

struct LineSpec {
  std::string_view label;
  std::string_view key;
};
struct CurveSpec {
  std::string_view title;
  std::vector<LineSpec> lines;
};

const std::vector<CurveSpec>& Specs() {
  static const std::vector<CurveSpec> specs{
      {"reward",
       {{"mean", metric::kRewardMean}, {"deviation", metric::kRewardStd}}},
      {"shares of completions",
       {{"right", metric::kAccuracy},
        {"format", metric::kFormat},
        {"language", metric::kLanguage},
        {"truncated", metric::kLengthTruncated}}},
      {"length (tokens)", {{"mean", metric::kLengthMean}}},
      {"words of reflection a completion", {{"mean", metric::kReflection}}},
      {"entropy (nats a token)", {{"entropy", metric::kEntropy}}},
      {"KL to the reference (nats a token)", {{"kl", metric::kKl}}},
      {"importance ratio",
       {{"mean", metric::kRatioMean}, {"largest", metric::kRatioMax}}},
      {"shares without gradient",
       {{"groups of one reward", metric::kGroupsZeroVariance},
        {"tokens clipped", metric::kClipFraction},
        {"not judged", metric::kNullFraction}}},
      {"loss", {{"loss", metric::kLoss}}},
      {"gradient norm", {{"before clipping", metric::kGradNorm}}},
      {"learning rate", {{"lr", metric::kLr}}},
      {"seconds a step",
       {{"all", metric::kTimeStep},
        {"generation", metric::kTimeGenerate},
        {"waiting for scores", metric::kTimeScoreWait},
        {"training", metric::kTimeTrain}}},
      {"tokens per second",
       {{"step", metric::kTokensPerS}, {"generation", metric::kGeneratedPerS}}},
  };
  return specs;
}

CurveLine LineOf(std::string_view label, std::string_view key,
                 std::span<const StepMetrics> steps) {
  CurveLine all;
  for (const StepMetrics& step : steps) {
    const auto value = step.Find(key);
    if (value && std::isfinite(*value)) {
      all.points.emplace_back(step.step(), *value);
    }
  }
  CurveLine line{std::string(label), {}};
  const std::size_t size =
      (all.points.size() + kCurvePoints - 1) / kCurvePoints;
  for (std::size_t i = 0; size > 0 && i < all.points.size(); i += size) {
    const std::size_t end = std::min(i + size, all.points.size());
    double sum = 0.0;
    for (std::size_t j = i; j < end; ++j) sum += all.points[j].second;
    line.points.emplace_back(all.points[end - 1].first,
                             sum / static_cast<double>(end - i));
  }
  return line;
}

// "check1/word_limit", but not "check_mark".
bool IsCheck(std::string_view key) {
  if (!key.starts_with(metric::kCheckPrefix)) return false;
  const std::string_view rest = key.substr(metric::kCheckPrefix.size());
  const std::size_t digits =
      std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits > 0 && rest.substr(digits).starts_with('/');
}

// The further checks of a stage, in the order of their keys.
Curve ChecksOf(const std::string& stage, std::span<const StepMetrics> steps) {
  std::set<std::string> keys;
  for (const StepMetrics& step : steps) {
    for (const auto& [key, unused] : step.values()) {
      if (IsCheck(key)) keys.insert(key);
    }
  }
  Curve curve{stage, "further checks (mean score)", {}};
  for (const std::string& key : keys) {
    CurveLine line = LineOf(key, key, steps);
    if (!line.points.empty()) curve.lines.push_back(std::move(line));
  }
  return curve;
}

// The lines of one stage follow each other.
std::vector<std::span<const StepMetrics>> ByStage(
    const std::vector<StepMetrics>& steps) {
  std::vector<std::span<const StepMetrics>> parts;
  for (std::size_t begin = 0; begin < steps.size();) {
    std::size_t end = begin;
    while (end < steps.size() && steps[end].stage() == steps[begin].stage()) {
      ++end;
    }
    parts.emplace_back(&steps[begin], end - begin);
    begin = end;
  }
  return parts;
}

}  // namespace

std::vector<Curve> CurvesOf(const ReportInput& input) {
  std::vector<Curve> curves;
  const auto timings = ByStage(input.timings);
  for (const auto& part : ByStage(input.metrics)) {
    const std::string& stage = part.front().stage();
    const auto timing = std::find_if(
        timings.begin(), timings.end(),
        [&](const auto& one) { return one.front().stage() == stage; });
    for (const CurveSpec& spec : Specs()) {
      Curve curve{stage, std::string(spec.title), {}};
      for (const LineSpec& line : spec.lines) {
        CurveLine drawn = LineOf(line.label, line.key, part);
        if (drawn.points.empty() && timing != timings.end()) {
          drawn = LineOf(line.label, line.key, *timing);
        }
        if (!drawn.points.empty()) curve.lines.push_back(std::move(drawn));
      }
      if (!curve.lines.empty()) curves.push_back(std::move(curve));
    }
    Curve checks = ChecksOf(stage, part);
    if (!checks.lines.empty()) curves.push_back(std::move(checks));
  }
  return curves;
}

std::vector<Curve> ComparisonsOf(const ReportInput& input) {
  static constexpr std::pair<std::string_view, std::string_view> kLines[] = {
      {"dev2", "with the language reward"}, {"no_language", "without it"}};
  Curve curve{"", "language consistency, by step of the stage", {}};
  const auto parts = ByStage(input.metrics);
  for (const auto& [stage, label] : kLines) {
    const auto part = std::find_if(
        parts.begin(), parts.end(),
        [&](const auto& one) { return one.front().stage() == stage; });
    if (part == parts.end()) return {};
    CurveLine line = LineOf(label, metric::kLanguage, *part);
    if (line.points.empty()) return {};
    for (auto& [step, value] : line.points) step -= part->front().step() - 1;
    curve.lines.push_back(std::move(line));
  }
  return {std::move(curve)};
}

}  // namespace trainer
