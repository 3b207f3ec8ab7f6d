// PluginErrors: the standard error of a plugin, read into its log at a bounded
// rate. One thread.

#ifndef REWARDS_PLUGIN_PLUGIN_ERRORS_H_
#define REWARDS_PLUGIN_PLUGIN_ERRORS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

#include "rewards/plugin/plugin_launch.h"
#include "rewards/plugin/plugin_log.h"

namespace rewards::plugin {

// What is read of a plugin's standard error, in bytes a second. Past it nobody
// reads, so that the plugin waits.
inline constexpr std::size_t kMostErrorBytesPerSecond = std::size_t{256} << 10;

class PluginErrors {
 public:
  using Clock = std::chrono::steady_clock;

  explicit PluginErrors(PluginLog& log) : log_(log) {}

  // Reads what is there, up to the rate; closes `end` at its end.
  void Read(sandbox::Fd& end);

  // The line that has no end yet.
  void Flush();

  // True where nothing is to be read before next().
  [[nodiscard]] bool paused() const;
  [[nodiscard]] Clock::time_point next() const {
    return second_ + std::chrono::seconds(1);
  }

  // The last line, fit to be shown.
  [[nodiscard]] std::string last_line() const { return LogText(last_); }

 private:
  PluginLog& log_;
  std::string line_;
  std::string last_;
  Clock::time_point second_ = Clock::now();
  std::size_t bytes_ = 0;  // in this second
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_ERRORS_H_
