// GroupMember: an agent's end of its slot's control group (control_groups.h):
// the files of the group that it was handed, since it sees none. One thread.

#ifndef SANDBOX_GROUP_MEMBER_H_
#define SANDBOX_GROUP_MEMBER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "sandbox/step.h"

namespace sandbox {

// What a slot is handed for its group, in this order: `hierarchies` files to
// enter it by, then its limit of memory and that of tasks.
inline constexpr std::size_t kGroupLimitFiles = 2;
inline constexpr std::size_t kMostHierarchies = 3;

class GroupMember {
 public:
  // Borrows the files. None: there is no group, and all else does nothing.
  explicit GroupMember(std::span<const int> files) : files_(files) {}

  // This process is in the group from here on, and all that it starts.
  [[nodiscard]] Trouble Enter() const;

  // Sets the limits of the next run, where they are not what the last one had.
  // Requires: the files of the last run are gone; what it used cannot be taken
  // back from it.
  [[nodiscard]] Trouble Hold(std::int64_t memory_bytes, std::int64_t tasks);

 private:
  std::span<const int> files_;
  std::int64_t memory_bytes_ = -1;
  std::int64_t tasks_ = -1;
};

}  // namespace sandbox

#endif  // SANDBOX_GROUP_MEMBER_H_
