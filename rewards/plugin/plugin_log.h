// PluginLog: what a plugin writes to standard error and what befalls it, line
// by line, and no more than anybody can read. Thread-safe.

#ifndef REWARDS_PLUGIN_PLUGIN_LOG_H_
#define REWARDS_PLUGIN_PLUGIN_LOG_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace rewards::plugin {

// Longest line that is passed on, in bytes; the rest of it is dropped.
inline constexpr std::size_t kMostLogLineBytes = 1'000;

// Lines passed on in each kLogPeriod, from the plugin and about it each; the
// rest is counted.
inline constexpr std::size_t kMostLogLines = 20;
inline constexpr std::chrono::seconds kLogPeriod{10};

// `text` as it may be logged: control characters and bytes that are not UTF-8
// become '?'.
[[nodiscard]] std::string LogText(std::string_view text);

class PluginLog {
 public:
  // Gets one line for people, without its end. From any thread, one at a time.
  using Sink = std::function<void(const std::string& line)>;

  // `sink` may be empty.
  PluginLog(std::string name, Sink sink)
      : name_(std::move(name)), sink_(std::move(sink)) {}

  // A line that the plugin wrote.
  void Quote(std::string_view line);

  // A line about the plugin, from us.
  void Tell(std::string_view line);

 private:
  using Clock = std::chrono::steady_clock;

  // Lines passed on in the period that began at `start`.
  struct Rate {
    Clock::time_point start{};
    std::size_t lines = 0;
  };
  void Pass(Rate& rate, const std::string& line);

  const std::string name_;
  const Sink sink_;
  std::mutex mutex_;
  Rate quoted_;
  Rate told_;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_LOG_H_
