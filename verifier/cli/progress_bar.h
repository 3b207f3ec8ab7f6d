// ProgressBar: how far a long run is, on standard error. Not thread-safe.

#ifndef VERIFIER_CLI_PROGRESS_BAR_H_
#define VERIFIER_CLI_PROGRESS_BAR_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace verifier::cli {

struct Progress {
  std::uint64_t items = 0;           // done
  std::optional<double> fraction{};  // of the input; none: its end is not known
};

class ProgressBar {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // Nothing is shown before this: short runs stay quiet.
  static constexpr std::chrono::milliseconds kQuiet{700};
  // Between two drawings, on a terminal.
  static constexpr std::chrono::milliseconds kRedraw{100};
  // Between two lines, elsewhere.
  static constexpr std::chrono::seconds kLine{10};

  // `terminal`: draw over the same line; else a line now and then. `columns`:
  // of the terminal.
  ProgressBar(bool terminal, std::size_t columns, TimePoint start);

  // What to write to standard error now; mostly nothing.
  [[nodiscard]] std::string Update(const Progress& progress, TimePoint now);

  // What takes the bar away, or nothing where none is there.
  [[nodiscard]] std::string Clear();

 private:
  [[nodiscard]] std::string Line(const Progress& progress,
                                 double seconds) const;

  bool terminal_;
  std::size_t columns_;
  TimePoint start_;
  TimePoint next_;
  bool shown_ = false;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_PROGRESS_BAR_H_
