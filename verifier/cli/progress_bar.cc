#include "verifier/cli/progress_bar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

constexpr std::size_t kMostWidth = 30;

// "1:05" or "2:03:04".
std::string Clock(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  const std::int64_t minutes = whole / 60;
  return minutes < 60 ? fmt::format("{}:{:02}", minutes, whole % 60)
                      : fmt::format("{}:{:02}:{:02}", minutes / 60,
                                    minutes % 60, whole % 60);
}

std::string Bar(double fraction, std::size_t width) {
  const auto full = static_cast<std::size_t>(std::clamp(fraction, 0.0, 1.0) *
                                             static_cast<double>(width));
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < full ? "━" : "─";
  return bar;
}

}  // namespace

ProgressBar::ProgressBar(bool terminal, std::size_t columns, TimePoint start)
    : terminal_(terminal), columns_(columns), start_(start) {
  next_ = start + (terminal ? std::chrono::milliseconds(kQuiet)
                            : std::chrono::milliseconds(kLine));
}

std::string ProgressBar::Line(const Progress& progress, double seconds) const {
  std::string text = fmt::format(
      "{} items  {:.0f} items/s", progress.items,
      seconds > 0 ? static_cast<double>(progress.items) / seconds : 0.0);
  if (!progress.fraction) return text;
  const double done = *progress.fraction;
  text = fmt::format("{:3.0f} %  ", 100.0 * done) + text;
  if (done > 0) text += "  " + Clock(seconds / done - seconds) + " left";
  const std::size_t used = CharacterCount(text) + 3;
  if (terminal_ && columns_ > used + 5) {
    text += "  " + Bar(done, std::min(kMostWidth, columns_ - used));
  }
  return text;
}

std::string ProgressBar::Update(const Progress& progress, TimePoint now) {
  if (now < next_) return "";
  next_ = now + (terminal_ ? std::chrono::milliseconds(kRedraw)
                           : std::chrono::milliseconds(kLine));
  const std::string line =
      Line(progress, std::chrono::duration<double>(now - start_).count());
  if (!terminal_) return line + "\n";
  shown_ = true;
  return "\r\x1b[K" + Printable(line, columns_ > 0 ? columns_ - 1 : 0);
}

std::string ProgressBar::Clear() {
  if (!shown_) return "";
  shown_ = false;
  return "\r\x1b[K";
}

}  // namespace verifier::cli
