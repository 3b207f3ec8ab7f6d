#include "trainer/report/step_printer.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "trainer/report/cell.h"
#include "trainer/report/step_line.h"

namespace trainer {
namespace {

constexpr std::size_t kMostBar = 40;  // characters
constexpr std::size_t kLeastBar = 4;  // fewer are not drawn
constexpr std::size_t kMostTitle = 24;
constexpr std::string_view kClear = "\r\x1b[K";

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

StepOutput StepOutputOf(int fd) {
  StepOutput output;
  output.terminal = isatty(fd) == 1 && Environment("TERM") != "dumb";
  output.color = output.terminal && Environment("NO_COLOR").empty();
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    output.columns = size.ws_col;
  }
  return output;
}

StepPrinter::StepPrinter(StepOutput output, std::string header,
                         std::string title,
                         std::chrono::milliseconds line_every)
    : output_(output),
      header_(std::move(header)),
      title_(std::move(title)),
      line_every_(line_every) {}

std::string StepPrinter::Lines(std::string_view line) {
  std::string text;
  if (lines_ % kHeaderEvery == 0) {
    text += output_.color ? "\x1b[1m" + header_ + "\x1b[0m\n" : header_ + "\n";
  }
  ++lines_;
  return text.append(line) += '\n';
}

std::string StepPrinter::Bar(const StepProgress& progress) const {
  const double done = progress.steps > 0
                          ? std::clamp(static_cast<double>(progress.step) /
                                           static_cast<double>(progress.steps),
                                       0.0, 1.0)
                          : 0.0;
  const std::string numbers =
      fmt::format("{}/{} {:3.0f} %  {} left", progress.step, progress.steps,
                  100.0 * done, ClockText(progress.eta_s));
  const std::string title =
      TextCell(title_, std::min(title_.size(), kMostTitle));
  const std::size_t most = output_.columns > 0 ? output_.columns - 1 : 0;
  std::size_t used = title.size() + 2 + numbers.size();
  if (used > most) return numbers.substr(0, most);
  std::string bar;
  if (most >= used + 2 + kLeastBar) {
    const std::size_t width = std::min(kMostBar, most - used - 2);
    const auto full =
        static_cast<std::size_t>(done * static_cast<double>(width));
    for (std::size_t i = 0; i < width; ++i) bar += i < full ? "━" : "─";
    if (output_.color) bar = "\x1b[32m" + bar + "\x1b[0m";
    bar += "  ";
  }
  return title + "  " + bar + numbers;
}

std::string StepPrinter::Update(std::string_view line,
                                const StepProgress& progress, TimePoint now) {
  const bool last = progress.step >= progress.steps;
  const bool wide = !output_.terminal || output_.columns >= kStepLineWidth;
  std::string text;
  if (last || (wide && (!last_line_ || now - *last_line_ >= line_every_))) {
    text = Clear() + Lines(line);
    last_line_ = now;
  }
  if (!output_.terminal || last) return text;
  if (shown_ && last_bar_ && now - *last_bar_ < kRedraw) return text;
  last_bar_ = now;
  shown_ = true;
  return text.append(kClear) + Bar(progress);
}

std::string StepPrinter::Note(std::string_view text) {
  return Clear().append(text) + "\n";
}

std::string StepPrinter::Clear() {
  if (!shown_) return "";
  shown_ = false;
  return std::string(kClear);
}

}  // namespace trainer
