#include "trainer/report/cell.h"

#include <fmt/format.h>

#include <cmath>

namespace trainer {
namespace {

std::string Right(std::string text, std::size_t width) {
  if (text.size() > width) return std::string(width, '#');
  return std::string(width - text.size(), ' ') + text;
}

std::string WithCommas(const std::string& digits) {
  std::string text;
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > first && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace

std::string NumberCell(const std::optional<double>& number, std::size_t width,
                       int decimals) {
  if (!number) return Right("-", width);
  if (std::isnan(*number)) return Right("nan", width);
  if (std::isinf(*number)) return Right(*number > 0 ? "inf" : "-inf", width);
  for (int i = decimals; i >= 0; --i) {
    std::string text = fmt::format("{:.{}f}", *number, i);
    if (text.size() <= width) return Right(std::move(text), width);
  }
  return Right(fmt::format("{:.0e}", *number), width);
}

std::string CountCell(const std::optional<double>& number, std::size_t width) {
  if (!number || !std::isfinite(*number)) return NumberCell(number, width, 0);
  std::string text = WithCommas(fmt::format("{:.0f}", *number));
  if (text.size() <= width) return Right(std::move(text), width);
  return NumberCell(number, width, 0);
}

std::string ClockText(const std::optional<double>& seconds) {
  constexpr double kMostSeconds = 1e4 * 86'400;
  if (!seconds || !(*seconds >= 0) || *seconds >= kMostSeconds) return "-";
  const auto whole = static_cast<long long>(std::ceil(*seconds));
  const long long minutes = whole / 60;
  const long long hours = minutes / 60;
  if (hours >= 24) return fmt::format("{}d {:02}h", hours / 24, hours % 24);
  if (hours > 0) {
    return fmt::format("{}:{:02}:{:02}", hours, minutes % 60, whole % 60);
  }
  return fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string TextCell(std::string_view text, std::size_t width) {
  std::string cell;
  for (const char c : text.substr(0, width)) {
    cell += c >= ' ' && c <= '~' ? c : '?';
  }
  if (text.size() > width && width > 0) cell.back() = '~';
  cell.resize(width, ' ');
  return cell;
}

}  // namespace trainer
