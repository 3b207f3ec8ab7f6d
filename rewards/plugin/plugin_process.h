// PluginProcess: one running external checker, spoken to in lines. For one
// thread, the one that started it: the process is killed when that thread ends.
//
// Nothing that it does costs more than the bounds below: a line is read up to
// kMostLineBytes, standard error up to a rate (plugin_errors.h), and every wait
// has a deadline.

#ifndef REWARDS_PLUGIN_PLUGIN_PROCESS_H_
#define REWARDS_PLUGIN_PLUGIN_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "rewards/plugin/plugin_command.h"
#include "rewards/plugin/plugin_log.h"

namespace rewards::plugin {

// Longest line that a plugin may write to standard output, in bytes.
inline constexpr std::size_t kMostLineBytes = std::size_t{1} << 20;

// How long it may take to end once its standard input is closed; then it is
// killed.
inline constexpr std::chrono::milliseconds kEndTime{500};

enum class Exchange {
  kAnswered,
  kDied,      // it ended, or closed a stream
  kTimedOut,  // the deadline passed
  kBabbled,   // a line over kMostLineBytes, or output that nobody asked for
  kStopped,   // `stop` can be read
};

// How a process ended.
struct PluginEnd {
  std::string text{};  // "exited with code 1", "was killed by signal 9"

  // By a signal that nobody here sent and that no program sends itself by
  // mistake.
  bool killed_from_outside = false;
};

class PluginProcess {
 public:
  using Clock = std::chrono::steady_clock;

  // Starts `command`. Null, with why in `error`, where it cannot be started.
  // `log` gets its standard error and must outlive it; `stop` is a descriptor
  // that can be read once every wait is to end, or -1.
  [[nodiscard]] static std::unique_ptr<PluginProcess> Start(
      const PluginCommand& command, PluginLog& log, int stop,
      std::string& error);

  // As End.
  ~PluginProcess();
  PluginProcess(const PluginProcess&) = delete;
  PluginProcess& operator=(const PluginProcess&) = delete;

  // Reads one line into `line`, without its end. Blocks up to `deadline`. After
  // any result but kAnswered the process is of no further use.
  [[nodiscard]] Exchange Read(std::string& line, Clock::time_point deadline);

  // Writes `request`, which ends in a new line, and reads one line. As Read.
  [[nodiscard]] Exchange Ask(std::string_view request, std::string& line,
                             Clock::time_point deadline);

  // Blocks until `wake` can be read: kAnswered. Anything it does meanwhile but
  // write to standard error is of no use.
  [[nodiscard]] Exchange Await(int wake);

  // Ends it and all of its group, and returns how it ended. Where `kindly`, its
  // standard input is closed first and it has kEndTime to end by itself. Blocks
  // until nothing of it is left.
  PluginEnd End(bool kindly);

  [[nodiscard]] pid_t pid() const;

  // The last line that it wrote to standard error, fit to be shown.
  [[nodiscard]] std::string last_words() const;

 private:
  class Impl;
  explicit PluginProcess(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_PROCESS_H_
