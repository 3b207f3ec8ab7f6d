// Slots: the prepared places of one jail, made as they are needed and used
// again. Thread-safe.

#ifndef SANDBOX_SLOTS_H_
#define SANDBOX_SLOTS_H_

#include <boost/system/result.hpp>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <utility>

#include "sandbox/control_groups.h"
#include "sandbox/fd.h"
#include "sandbox/orders.h"
#include "sandbox/probe.h"
#include "sandbox/spawner.h"
#include "sandbox/users.h"

namespace sandbox {

// One place, for one run at a time. Not for sharing between threads.
class Slot {
 public:
  // `orders` is of Spawner::MakeSlot, with the files of `group`, which may be
  // null. Borrows `users`, which get back `uid`.
  Slot(Fd orders, unsigned uid, Users* users,
       std::unique_ptr<ControlGroup> group = nullptr)
      : orders_(std::move(orders)),
        uid_(uid),
        users_(users),
        group_(std::move(group)) {}
  // Ends the slot and what runs in it.
  ~Slot();
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  // Sends what to run; false: the slot is gone.
  [[nodiscard]] bool Run(const RunOrder& order, std::span<const int> fds);

  // Ends the run and waits until nothing of it is alive, some ten microseconds
  // as a rule, kSetUpTime at most. False: the slot is of no more use.
  [[nodiscard]] bool Clear();

  // After what runs now it is of no more use.
  void Retire() noexcept { usable_ = false; }

  // Can be read once the slot is gone, while something runs in it.
  [[nodiscard]] int fd() const noexcept { return orders_.get(); }
  [[nodiscard]] bool usable() const noexcept { return usable_; }
  // Null below L3.
  [[nodiscard]] ControlGroup* group() const noexcept { return group_.get(); }

 private:
  Fd orders_;
  unsigned uid_;
  Users* users_;
  std::unique_ptr<ControlGroup> group_;
  bool usable_ = true;
};

class Slots {
 public:
  // Its slots take `users`, and groups of `groups`, which may be null.
  // Requires: the others are not.
  Slots(std::unique_ptr<const Spawner> spawner, std::shared_ptr<Users> users,
        std::shared_ptr<ControlGroups> groups)
      : groups_(std::move(groups)),
        spawner_(std::move(spawner)),
        users_(std::move(users)) {}

  // The slot that has rested longest; a new one where not as many would rest
  // as run, so that clearing one away overlaps with the next run. An error
  // where all kMaxRunsAtOnce run, or the machine refuses one.
  [[nodiscard]] boost::system::result<std::unique_ptr<Slot>, JailError> Take();
  // Drops it where it is of no more use.
  void GiveBack(std::unique_ptr<Slot> slot);

 private:
  boost::system::result<std::unique_ptr<Slot>, JailError> Make();
  boost::system::result<std::unique_ptr<Slot>, JailError> MakeFor(unsigned uid);

  // Goes last: its groups are empty once the spawner has ended.
  const std::shared_ptr<ControlGroups> groups_;
  const std::unique_ptr<const Spawner> spawner_;
  const std::shared_ptr<Users> users_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Slot>> resting_;
  std::size_t running_ = 0;
};

}  // namespace sandbox

#endif  // SANDBOX_SLOTS_H_
