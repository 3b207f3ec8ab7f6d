// Rest: who is asked no more for a while because it fails. Thread-safe.
//
// After a row of failures that no answer provoked, callers are turned away at
// once, with the reason; after a pause one is let through.

#ifndef REWARDS_PLUGIN_REST_H_
#define REWARDS_PLUGIN_REST_H_

#include <chrono>
#include <mutex>
#include <optional>
#include <string>

namespace rewards::plugin {

// After so many failures in a row nobody is let through for kLeastPause, twice
// as long each time up to kMostPause; then one caller is.
inline constexpr int kFailuresToPause = 3;
inline constexpr std::chrono::milliseconds kLeastPause{1'000};
inline constexpr std::chrono::milliseconds kMostPause{30'000};

class Rest {
 public:
  using Clock = std::chrono::steady_clock;

  // Why no item is to be tried now, or none. After a pause one caller is let
  // through; the others wait for what comes of it.
  [[nodiscard]] std::optional<std::string> Refusal();

  // An item was judged; an item failed though no answer provoked it.
  void NoteSuccess();
  void NoteFailure(const std::string& reason);

 private:
  std::mutex mutex_;
  int failures_ = 0;  // in a row
  std::string failure_;
  std::chrono::milliseconds pause_ = kLeastPause;
  Clock::time_point paused_until_{};
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_REST_H_
