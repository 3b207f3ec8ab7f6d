#include "sandbox/control_groups.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "sandbox/group_files.h"
#include "sandbox/limits.h"

namespace sandbox {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kControllers = "+memory +pids";
constexpr std::string_view kNoControllers = "-memory -pids";

// How a version names what we use.
struct FileNames {
  const char* memory_limit;
  const char* no_swap;  // 0: memory that is held is never swapped
  const char* events;
  const char* cpu;
};
constexpr FileNames kNames[] = {
    {"memory.limit_in_bytes", "memory.swappiness", "memory.oom_control",
     "cpuacct.usage"},
    {"memory.max", "memory.swap.max", "memory.events", "cpu.stat"},
};

const FileNames& NamesOf(int version) { return kNames[version - 1]; }

std::string ErrnoText(int error) {
  return std::system_category().message(error);
}

// "assay-jail-PID-START": the time since boot when this process started.
std::string FolderName() {
  const std::string stat = ReadGroupFile("/proc/self/stat");
  // Behind the name, which may hold anything: state is field 3.
  constexpr int kStart = 22;
  std::size_t at = stat.rfind(')');
  for (int field = 2; field < kStart && at != std::string::npos; ++field) {
    at = stat.find(' ', at + 1);
  }
  std::string start = "0";
  if (at != std::string::npos) {
    start = stat.substr(at + 1, stat.find(' ', at + 1) - at - 1);
  }
  return std::string(kGroupPrefix) + std::to_string(getpid()) + "-" + start;
}

MissingGroups Missing(const std::string& what, int error, std::string fix) {
  return {what + ": " + ErrnoText(error), std::move(fix)};
}

// What would make them ours to write.
std::string FixFor(int version) {
  if (version == 1) {
    return "mount the hierarchies memory, pids and cpuacct writable (docker "
           "run --privileged), and run as root";
  }
  return "systemd: Delegate=yes in the unit; docker run --privileged: control "
         "groups are read-only otherwise";
}

std::string NewName() {
  static std::atomic<std::uint64_t> made{0};
  return "slot-" + std::to_string(made++);
}

}  // namespace

ControlGroup::ControlGroup(std::shared_ptr<ControlGroups> groups,
                           std::string name)
    : groups_(std::move(groups)),
      name_(std::move(name)),
      events_(open((groups_->places_.memory + "/" + name_ + "/" +
                    NamesOf(groups_->version()).events)
                       .c_str(),
                   O_RDONLY | O_CLOEXEC)) {
  static_cast<void>(TakeOutOfMemory());
}

ControlGroup::~ControlGroup() { groups_->Leave(name_); }

std::vector<Fd> ControlGroup::OpenFiles() const {
  const GroupPlaces& places = groups_->places_;
  std::vector<Fd> files;
  const auto add = [&](const std::string& folder, const char* file) {
    const std::string path = folder + "/" + name_ + "/" + file;
    files.emplace_back(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  };
  for (const std::string& folder : places.Folders()) {
    add(folder, "cgroup.procs");
  }
  add(places.memory, NamesOf(places.version).memory_limit);
  add(places.tasks, "pids.max");
  if (!std::all_of(files.begin(), files.end(),
                   [](const Fd& file) { return static_cast<bool>(file); })) {
    files.clear();
  }
  return files;
}

std::optional<microseconds> ControlGroup::Cpu() const {
  const GroupPlaces& places = groups_->places_;
  const std::string text = ReadGroupFile(places.cpu + "/" + name_ + "/" +
                                         NamesOf(places.version).cpu);
  if (places.version == 2) {
    const auto used = FieldOf(text, "usage_usec");
    return used ? std::optional(microseconds(*used)) : std::nullopt;
  }
  const auto used = NumberOf(text);
  if (!used) return std::nullopt;
  return std::chrono::duration_cast<microseconds>(
      std::chrono::nanoseconds(*used));
}

bool ControlGroup::TakeOutOfMemory() {
  const std::string text = ReadGroupFile(events_);
  const std::uint64_t killed = FieldOf(text, "oom_kill").value_or(killed_);
  if (std::exchange(killed_, killed) == killed) return false;
  // The machine, or a group above, may be what was out of memory.
  if (groups_->version() == 2) return FieldOf(text, "oom").value_or(0) > 0;
  return NumberOf(ReadGroupFile(groups_->places_.memory + "/" + name_ +
                                "/memory.failcnt"))
             .value_or(0) > 0;
}

boost::system::result<std::shared_ptr<ControlGroups>, MissingGroups>
ControlGroups::OfProcess() {
  static std::mutex mutex;
  static std::weak_ptr<ControlGroups> last;
  const std::lock_guard lock(mutex);
  auto groups = last.lock();
  if (groups && groups->owner_ == getpid()) return groups;
  auto own = OwnGroupPlaces();
  if (!own) {
    return MissingGroups{
        "no control groups with memory, pids and processor "
        "time are mounted",
        "mount them at /sys/fs/cgroup"};
  }
  groups.reset(new ControlGroups(*std::move(own)));
  if (auto missing = groups->Open()) return *std::move(missing);
  if (auto missing = groups->Try()) return *std::move(missing);
  last = groups;
  return groups;
}

std::optional<MissingGroups> ControlGroups::Open() {
  const std::string name = "/" + FolderName();
  places_ = {.version = own_.version,
             .memory = own_.memory + name,
             .tasks = own_.tasks + name,
             .cpu = own_.cpu + name};
  for (const std::string& folder : own_.Folders()) {
    SweepGroups(folder);
    Fd lock = MakeLockedGroup(folder + name);
    if (!lock) {
      return Missing("cannot make a group in " + folder, errno,
                     FixFor(own_.version));
    }
    locks_.push_back(std::move(lock));
  }
  if (own_.version == 1) return std::nullopt;
  return PassOn();
}

// Version 2: controllers go down step by step.
std::optional<MissingGroups> ControlGroups::PassOn() {
  const std::string there = ReadGroupFile(own_.memory + "/cgroup.controllers");
  if (!HasGroupWord(there, "memory") || !HasGroupWord(there, "pids")) {
    return MissingGroups{own_.memory + " has no controllers memory and pids",
                         FixFor(own_.version)};
  }
  const std::string switches = "/cgroup.subtree_control";
  const std::string passed = ReadGroupFile(own_.memory + switches);
  if (!HasGroupWord(passed, "memory") || !HasGroupWord(passed, "pids")) {
    const std::string service =
        places_.memory + "/" + std::string(kServiceGroup);
    int error =
        mkdir(service.c_str(), 0755) == 0 || errno == EEXIST ? 0 : errno;
    if (error == 0) {
      error = WriteGroupFile(service + "/cgroup.procs", std::to_string(owner_));
    }
    moved_ = error == 0;
    if (moved_) error = WriteGroupFile(own_.memory + switches, kControllers);
    passes_on_ = moved_ && error == 0;
    if (error != 0) {
      return Missing("cannot pass controllers on from " + own_.memory, error,
                     error == EBUSY
                         ? "let this process be the only one in its group, as "
                           "systemd does for a unit with Delegate=yes"
                         : FixFor(own_.version));
    }
  }
  if (const int error =
          WriteGroupFile(places_.memory + switches, kControllers)) {
    return Missing("cannot pass controllers on from " + places_.memory, error,
                   FixFor(own_.version));
  }
  return std::nullopt;
}

std::optional<MissingGroups> ControlGroups::Try() {
  const std::string fix = FixFor(own_.version);
  const auto group = Make();
  if (!group) return MissingGroups{group.error().message, fix};
  const auto holds = [&](const std::string& folder, const char* file,
                         std::int64_t limit) {
    const std::string path = folder + "/" + (*group)->name_ + "/" + file;
    return WriteGroupFile(path, std::to_string(limit)) == 0 &&
           NumberOf(ReadGroupFile(path)) == static_cast<std::uint64_t>(limit);
  };
  if (!holds(places_.memory, NamesOf(version()).memory_limit,
             kGroupSlackBytes) ||
      !holds(places_.tasks, "pids.max", kGroupTasks)) {
    return MissingGroups{"limits of a group do not hold", fix};
  }
  if (!(*group)->Cpu() ||
      !FieldOf(ReadGroupFile((*group)->events_), "oom_kill")) {
    return MissingGroups{
        "a group does not say what it uses",
        "mount the hierarchy cpuacct, where control groups are of version 1"};
  }
  return std::nullopt;
}

boost::system::result<std::unique_ptr<ControlGroup>, JailError>
ControlGroups::Make() {
  RemoveLeaving();
  const std::string name = NewName();
  for (const std::string& folder : places_.Folders()) {
    const std::string path = folder + "/" + name;
    if (mkdir(path.c_str(), 0755) != 0) {
      const int error = errno;
      Leave(name);
      return JailError("cannot make a control group in " + folder + ": " +
                       ErrnoText(error));
    }
  }
  std::unique_ptr<ControlGroup> group(
      new ControlGroup(shared_from_this(), name));
  const int error = WriteGroupFile(
      places_.memory + "/" + name + "/" + NamesOf(version()).no_swap, "0");
  // A kernel without swap need not have the file.
  if (error != 0 && error != ENOENT) {
    return JailError("cannot keep a control group from swapping: " +
                     ErrnoText(error));
  }
  return group;
}

std::size_t ControlGroups::count() const {
  std::size_t count = 0;
  for (const std::string& folder : places_.Folders()) {
    count += GroupsIn(folder).size();
  }
  return count;
}

void ControlGroups::Leave(std::string name) {
  if (owner_ != getpid()) return;
  KillGroup(places_.memory + "/" + name);
  {
    const std::lock_guard lock(mutex_);
    leaving_.push_back(std::move(name));
  }
  RemoveLeaving();
}

void ControlGroups::RemoveLeaving() {
  const std::lock_guard lock(mutex_);
  std::erase_if(leaving_, [this](const std::string& name) {
    bool gone = true;
    for (const std::string& folder : places_.Folders()) {
      gone = RemoveGroup(folder + "/" + name) && gone;
    }
    return gone;
  });
}

ControlGroups::~ControlGroups() {
  if (owner_ != getpid()) return;
  const auto until = Clock::now() + kSetUpTime;
  for (RemoveLeaving(); !leaving_.empty() && Clock::now() < until;
       RemoveLeaving()) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  if (own_.version == 2) ComeBack();
  for (const std::string& folder : places_.Folders()) {
    static_cast<void>(RemoveGroup(folder));
  }
}

// Undoes PassOn. What this process has started since may keep it from that;
// then the folder stays until the next process sweeps.
void ControlGroups::ComeBack() {
  const std::string switches = "/cgroup.subtree_control";
  static_cast<void>(WriteGroupFile(places_.memory + switches, kNoControllers));
  if (passes_on_) {
    static_cast<void>(WriteGroupFile(own_.memory + switches, kNoControllers));
  }
  if (!moved_) return;
  static_cast<void>(
      WriteGroupFile(own_.memory + "/cgroup.procs", std::to_string(owner_)));
  static_cast<void>(
      RemoveGroup(places_.memory + "/" + std::string(kServiceGroup)));
}

}  // namespace sandbox
