// GroupPlaces: the folders of the control groups that a process is in, read
// from what the kernel says of it. Pure; any thread.

#ifndef SANDBOX_CONTROL_GROUP_PLACES_H_
#define SANDBOX_CONTROL_GROUP_PLACES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

// Of the three controllers that a run is held by. Version 2 has them in one
// folder; version 1 has a hierarchy for each, or for some together.
struct GroupPlaces {
  int version = 0;  // 1 or 2
  std::string memory{};
  std::string tasks{};  // the controller pids
  std::string cpu{};    // where processor time is counted: cpuacct or cpu.stat

  // Each folder once, that of memory first.
  [[nodiscard]] std::vector<std::string> Folders() const;
};

// From the texts of /proc/self/cgroup and /proc/self/mountinfo. Version 1 where
// memory is a hierarchy of its own; nothing where a controller is mounted
// nowhere, or only in a part that this process is not in.
[[nodiscard]] std::optional<GroupPlaces> GroupPlacesOf(std::string_view groups,
                                                       std::string_view mounts);

// Of this process.
[[nodiscard]] std::optional<GroupPlaces> OwnGroupPlaces();

}  // namespace sandbox

#endif  // SANDBOX_CONTROL_GROUP_PLACES_H_
