// PluginPool: the processes of one plugin, kept running. Thread-safe.
//
// Each process has a thread that starts it, hands it one item at a time, reads
// its standard error and starts it again when it ends. A process that ends
// without having answered anything waits before its next start, twice as long
// each time. While no process can be started callers are turned away at once,
// with the reason.

#ifndef REWARDS_PLUGIN_PLUGIN_POOL_H_
#define REWARDS_PLUGIN_PLUGIN_POOL_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "rewards/plugin/plugin_launch.h"
#include "rewards/plugin/plugin_process.h"
#include "rewards/plugin/plugin_protocol.h"
#include "rewards/plugin/rest.h"

namespace rewards::plugin {

// Before the first start after a failure, and at most.
inline constexpr std::chrono::milliseconds kLeastBackOff{100};
inline constexpr std::chrono::milliseconds kMostBackOff{10'000};

// What came of one question.
struct PluginReply {
  enum class Kind {
    kAnswered,    // `line` holds
    kTurnedAway,  // no process had it in its hands
    kFailed,      // the process that had it is gone, without an answer
    kTimedOut,    // the same, and its time was over
  };
  Kind kind = Kind::kTurnedAway;
  std::string line{};
  std::string reason{};  // where there is no answer, for people
  bool killed_from_outside = false;
};

class PluginPool {
 public:
  using Clock = std::chrono::steady_clock;

  // Starts the processes of `options` with `command`, and returns at once.
  // `log` must outlive the pool.
  PluginPool(const PluginOptions& options, PluginCommand command,
             PluginLog& log, JsonReader read);

  // Ends every process. Requires: no call is running.
  ~PluginPool();

  PluginPool(const PluginPool&) = delete;
  PluginPool& operator=(const PluginPool&) = delete;

  // What the plugin says of itself, once the first process has; none, with why
  // in `error`, where the first start failed. Blocks up to start_timeout.
  [[nodiscard]] std::optional<PluginDescription> Describe(std::string& error);

  // Asks a process that is free. Waits for one, and for its answer, until
  // `deadline`; for the answer at most options.deadline. `problem` says what is
  // wrong with an answer, or nothing; it is called on another thread, before
  // this returns. A process that gave no good answer is gone when this returns:
  // the next question meets another.
  using Problem = std::function<std::string(std::string_view line)>;
  [[nodiscard]] PluginReply Ask(std::string_view request,
                                Clock::time_point deadline,
                                const Problem& problem);

  // Whether it is to be asked at all, after failures that no answer provoked.
  [[nodiscard]] Rest& rest() { return rest_; }

 private:
  struct Request;

  void Attend();
  std::unique_ptr<PluginProcess> StartOne(std::string& problem);
  std::string Greet(PluginProcess& process);
  bool Serve(PluginProcess& process);
  Request* Take();
  PluginReply Hand(PluginProcess& process, const Request& request);
  void Deliver(Request& request, PluginReply reply);
  void NoteStart(const std::string& problem, bool& down);
  [[nodiscard]] bool StopsWithin(std::chrono::milliseconds time) const;

  const PluginOptions options_;
  const PluginCommand command_;
  PluginLog& log_;
  const JsonReader read_;
  const sandbox::Fd wake_;  // counts requests that wait
  const sandbox::Fd stop_;  // can be read once the pool ends

  std::mutex mutex_;
  std::condition_variable described_;
  std::optional<PluginDescription> description_;
  std::string start_problem_;  // of the last start that failed
  std::size_t down_ = 0;       // attendants whose last start failed
  std::deque<Request*> waiting_;
  Rest rest_;

  std::vector<std::thread> attendants_;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_POOL_H_
