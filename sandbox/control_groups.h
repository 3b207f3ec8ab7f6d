// ControlGroups: the control groups of this process, one a slot, which hold all
// processes of a run together (level L3).
//
// Where they are made: below the groups that this process is in, in a folder
// "assay-jail-PID-START" that is locked as long as the process lives. Who
// starts later removes those that nobody locks, as after a SIGKILL. Of version
// 1 that takes writable hierarchies memory, pids and cpuacct. Of version 2 it
// takes a folder that is ours to write and has memory and pids; as a group with
// processes cannot pass those on, this process moves to a group "service" below
// its own, and no other process is moved: where there is one beside it, there
// are no groups.
//
// What is in a slot's group: its agent, its interpreters that have started, and
// every process of its run. So nothing has to be moved for a run, and nothing
// of it can be elsewhere. The keeper, which mounts /w and /tmp, is outside.
// What lies in them counts in the group, as all memory of the kernel for it
// does; kGroupSlackBytes are above the run's own memory for all of that.
//
// Thread-safe. Functions block for some ten microseconds; the last jail's end
// until the kernel has ended its processes, kSetUpTime at most.

#ifndef SANDBOX_CONTROL_GROUPS_H_
#define SANDBOX_CONTROL_GROUPS_H_

#include <sys/types.h>
#include <unistd.h>

#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/control_group_places.h"
#include "sandbox/fd.h"
#include "sandbox/probe.h"

namespace sandbox {

// Of a group beside the program's memory: the agent (some 2 MiB), a Python, one
// with numpy and a Node that have started (some 50 MiB), the kernel's memory
// for the run. The run gets what of it they leave.
inline constexpr std::int64_t kGroupSlackBytes = 64 * 1024 * 1024;
// Tasks of a group beside those of the program: agent, stub init, and three
// interpreters that have started. One that starts has threads of its own.
inline constexpr int kGroupTasks = 5;

class ControlGroups;

// That of one slot. One thread.
class ControlGroup {
 public:
  // Empty but for the agent and its like by then, or soon; it is removed once
  // it is empty.
  ~ControlGroup();
  ControlGroup(const ControlGroup&) = delete;
  ControlGroup& operator=(const ControlGroup&) = delete;

  // What the agent is handed (group_member.h); empty where it cannot be had.
  [[nodiscard]] std::vector<Fd> OpenFiles() const;

  // Processor time of all that ever was in it.
  [[nodiscard]] std::optional<std::chrono::microseconds> Cpu() const;

  // The kernel has killed something in it because its memory was used up, since
  // this was last asked.
  [[nodiscard]] bool TakeOutOfMemory();

 private:
  friend class ControlGroups;
  ControlGroup(std::shared_ptr<ControlGroups> groups, std::string name);

  const std::shared_ptr<ControlGroups> groups_;
  const std::string name_;  // below the folders of `groups_`
  Fd events_;               // where killings are counted
  std::uint64_t killed_ = 0;
};

class ControlGroups : public std::enable_shared_from_this<ControlGroups> {
 public:
  // Finds where groups can be made, removes what earlier processes left there,
  // and proves the place: a group is made, takes limits, gives its figures and
  // goes. One for all jails of this process that live at a time. The error says
  // what is missing.
  [[nodiscard]] static boost::system::result<std::shared_ptr<ControlGroups>,
                                             MissingGroups>
  OfProcess();

  // Removes all of it.
  ~ControlGroups();
  ControlGroups(const ControlGroups&) = delete;
  ControlGroups& operator=(const ControlGroups&) = delete;

  [[nodiscard]] boost::system::result<std::unique_ptr<ControlGroup>, JailError>
  Make();

  [[nodiscard]] int version() const noexcept { return places_.version; }
  // How many groups of ours there are now, those of all hierarchies together.
  [[nodiscard]] std::size_t count() const;

 private:
  friend class ControlGroup;
  explicit ControlGroups(GroupPlaces own) : own_(std::move(own)) {}

  [[nodiscard]] std::optional<MissingGroups> Open();
  [[nodiscard]] std::optional<MissingGroups> PassOn();
  [[nodiscard]] std::optional<MissingGroups> Try();
  void ComeBack();
  // Of a group whose slot is gone.
  void Leave(std::string name);
  void RemoveLeaving();

  const GroupPlaces own_;         // the groups that this process was in
  GroupPlaces places_;            // our folder in each
  std::vector<Fd> locks_;         // of our folders
  const pid_t owner_ = getpid();  // a fork of it has none of this
  bool moved_ = false;            // this process, to "service"
  bool passes_on_ = false;        // own_ does, by our doing
  std::mutex mutex_;
  std::vector<std::string> leaving_;  // not empty yet
};

}  // namespace sandbox

#endif  // SANDBOX_CONTROL_GROUPS_H_
