#include "rewards/rules/length.h"

#include <cmath>
#include <numbers>

#include "rewards/rules/code_points.h"
#include "rewards/rules/words.h"

namespace rewards::rules {
namespace {

double Cosine(const LengthReward& reward, std::uint64_t length) {
  if (length > reward.most) return reward.over;
  if (length == 0) return reward.at_zero;
  if (length == reward.most) return reward.at_most;
  const double turn =
      static_cast<double>(length) / static_cast<double>(reward.most);
  return reward.at_most + 0.5 * (reward.at_zero - reward.at_most) *
                              (1.0 + std::cos(turn * std::numbers::pi));
}

double Overlong(const LengthReward& reward, std::uint64_t length) {
  if (length >= reward.most) return 0.0;
  const std::uint64_t left = reward.most - length;
  if (left >= reward.buffer) return 1.0;
  return static_cast<double>(left) / static_cast<double>(reward.buffer);
}

}  // namespace

std::optional<std::uint64_t> LengthOf(std::string_view text, LengthUnit unit) {
  if (unit == LengthUnit::kCharacters) return CountCodePoints(text);
  if (unit == LengthUnit::kBytes) return text.size();
  const auto words = SplitWords(text);
  if (!words) return std::nullopt;
  return words->size();
}

double ScoreOfLength(const LengthReward& reward,
                     std::uint64_t length) noexcept {
  switch (reward.shape) {
    case Shape::kCosine:
      return Cosine(reward, length);
    case Shape::kOverlong:
      return Overlong(reward, length);
    case Shape::kRange:
      break;
  }
  return length >= reward.least && length <= reward.most ? 1.0 : 0.0;
}

}  // namespace rewards::rules
