// StepPrinter: what of a stage's steps goes to standard error, and when. Writes
// nothing itself. Not thread-safe.
//
// Elsewhere than on a terminal: the first step's line, then one each kLineEvery
// and the last, the header again each kHeaderEvery lines; no escape codes. On
// a terminal: the same lines, where it is wide enough for them, above a
// progress bar that is drawn over itself; else the bar alone.

#ifndef TRAINER_REPORT_STEP_PRINTER_H_
#define TRAINER_REPORT_STEP_PRINTER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace trainer {

// Where the lines go.
struct StepOutput {
  bool terminal = false;
  bool color = false;  // only where terminal
  std::size_t columns = 80;
};

// What `fd` is. No terminal where TERM is dumb; no colour where NO_COLOR is set
// and not empty.
[[nodiscard]] StepOutput StepOutputOf(int fd);

struct StepProgress {
  std::int64_t step = 0;  // done, of `steps`
  std::int64_t steps = 0;
  std::optional<double> eta_s{};
};

class StepPrinter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds kLineEvery{10'000};
  static constexpr std::chrono::milliseconds kRedraw{100};  // the bar
  static constexpr int kHeaderEvery = 20;                   // lines

  // `header`: of the lines. `title`: before the bar. `line_every`: between two
  // lines; 0 prints every step.
  StepPrinter(StepOutput output, std::string header, std::string title,
              std::chrono::milliseconds line_every = kLineEvery);

  // What to write after a step whose line is `line`; mostly nothing. The last
  // step (progress.step == progress.steps) always has its line.
  [[nodiscard]] std::string Update(std::string_view line,
                                   const StepProgress& progress, TimePoint now);

  // `text`, a line of its own (a warning, where a checkpoint is), with the bar
  // out of its way.
  [[nodiscard]] std::string Note(std::string_view text);

  // What takes the bar away, or nothing where none is there.
  [[nodiscard]] std::string Clear();

 private:
  [[nodiscard]] std::string Lines(std::string_view line);
  [[nodiscard]] std::string Bar(const StepProgress& progress) const;

  StepOutput output_;
  std::string header_;
  std::string title_;
  std::chrono::milliseconds line_every_;
  std::optional<TimePoint> last_line_;
  std::optional<TimePoint> last_bar_;
  int lines_ = 0;
  bool shown_ = false;
};

}  // namespace trainer

#endif  // TRAINER_REPORT_STEP_PRINTER_H_
