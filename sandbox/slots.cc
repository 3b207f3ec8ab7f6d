#include "sandbox/slots.h"

#include <errno.h>
#include <poll.h>

#include <chrono>
#include <vector>

#include "sandbox/limits.h"

namespace sandbox {

Slot::~Slot() {
  orders_.Close();
  users_->GiveBack(uid_);
}

bool Slot::Run(const RunOrder& order, std::span<const int> fds) {
  usable_ = SendTo(orders_.get(), order, fds);
  return usable_;
}

bool Slot::Clear() {
  usable_ = usable_ && SendTo(orders_.get(), RunOrder{});
  if (!usable_) return false;
  pollfd ready{orders_.get(), POLLIN, 0};
  constexpr std::chrono::milliseconds kMost = kSetUpTime;
  int polled = -1;
  do {
    polled = poll(&ready, 1, static_cast<int>(kMost.count()));
  } while (polled < 0 && errno == EINTR);
  usable_ = polled == 1;
  const auto reply =
      usable_ ? ReceiveFrom<SlotReply>(orders_.get()) : std::nullopt;
  usable_ = reply && reply->kind == SlotReply::Kind::kCleared;
  return usable_;
}

boost::system::result<std::unique_ptr<Slot>, JailError> Slots::Take() {
  {
    const std::lock_guard lock(mutex_);
    const bool enough = resting_.size() > running_ + 1;
    ++running_;
    if (enough) {
      std::unique_ptr<Slot> slot = std::move(resting_.front());
      resting_.pop_front();
      return slot;
    }
  }
  auto made = Make();
  if (made) return made;
  const std::lock_guard lock(mutex_);
  if (!resting_.empty()) {
    std::unique_ptr<Slot> slot = std::move(resting_.front());
    resting_.pop_front();
    return slot;
  }
  --running_;
  return made;
}

void Slots::GiveBack(std::unique_ptr<Slot> slot) {
  const std::lock_guard lock(mutex_);
  --running_;
  if (slot->usable()) resting_.push_back(std::move(slot));
}

boost::system::result<std::unique_ptr<Slot>, JailError> Slots::Make() {
  const auto uid = users_->Take();
  if (!uid) return JailError("too many runs at once");
  auto slot = MakeFor(*uid);
  if (!slot) users_->GiveBack(*uid);
  return slot;
}

boost::system::result<std::unique_ptr<Slot>, JailError> Slots::MakeFor(
    unsigned uid) {
  std::unique_ptr<ControlGroup> group;
  std::vector<Fd> files;
  if (groups_ != nullptr) {
    auto made = groups_->Make();
    if (!made) return made.error();
    group = std::move(*made);
    files = group->OpenFiles();
    if (files.empty()) return JailError("cannot open the control group");
  }
  auto orders = spawner_->MakeSlot(
      {.uid = uid, .work_bytes = RunLimits{}.file_bytes}, files);
  if (!orders) return orders.error();
  return std::make_unique<Slot>(std::move(*orders), uid, users_.get(),
                                std::move(group));
}

}  // namespace sandbox
