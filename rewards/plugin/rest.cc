#include "rewards/plugin/rest.h"

#include <algorithm>

namespace rewards::plugin {

std::optional<std::string> Rest::Refusal() {
  const std::lock_guard lock(mutex_);
  if (failures_ < kFailuresToPause) return std::nullopt;
  if (Clock::now() >= paused_until_) {
    paused_until_ = Clock::now() + pause_;
    return std::nullopt;
  }
  return "failed " + std::to_string(failures_) +
         " times in a row and is tried again later; at last it " + failure_;
}

void Rest::NoteSuccess() {
  const std::lock_guard lock(mutex_);
  failures_ = 0;
  pause_ = kLeastPause;
}

void Rest::NoteFailure(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  failure_ = reason;
  if (++failures_ < kFailuresToPause) return;
  paused_until_ = Clock::now() + pause_;
  pause_ = std::clamp(pause_ * 2, kLeastPause, kMostPause);
}

}  // namespace rewards::plugin
