#include "sandbox/control_groups.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "sandbox/limits.h"

namespace sandbox {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kPrefix = "assay-jail-";
constexpr std::string_view kService = "service";
constexpr std::string_view kControllers = "+memory +pids";
constexpr std::string_view kNoControllers = "-memory -pids";
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
// For what a process that was killed has left to end.
constexpr milliseconds kSweepTime{1000};

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

// 0, or why not.
int Write(const std::string& path, std::string_view text) {
  const Fd file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file) return errno;
  return write(file.get(), text.data(), text.size()) < 0 ? errno : 0;
}

// What `file` holds from its start; it is short.
std::string Read(const Fd& file) {
  std::array<char, 2048> text;
  const ssize_t got = pread(file.get(), text.data(), text.size(), 0);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

std::string Read(const std::string& path) {
  return Read(Fd(open(path.c_str(), O_RDONLY | O_CLOEXEC)));
}

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t number = 0;
  const auto parsed =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc()) return std::nullopt;
  return number;
}

// Of the line "NAME NUMBER".
std::optional<std::uint64_t> Field(std::string_view text,
                                   std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.size() > name.size() && line.starts_with(name) &&
        line[name.size()] == ' ') {
      return Number(line.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

bool HasWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || text[at - 1] == ' ';
    if (begins && (end == text.size() || text[end] == ' ' || text[end] == '\n'))
      return true;
  }
  return false;
}

std::vector<std::string> FoldersIn(const std::string& path) {
  std::vector<std::string> names;
  DIR* const all = opendir(path.c_str());
  while (const dirent* entry = all != nullptr ? readdir(all) : nullptr) {
    const std::string_view name = entry->d_name;
    if (entry->d_type == DT_DIR && name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  if (all != nullptr) closedir(all);
  return names;
}

// Takes the lock of a folder that is there still; empty where somebody has it.
Fd Lock(const std::string& path) {
  Fd folder(open(path.c_str(), kFolderFlags));
  const bool held = folder && flock(folder.get(), LOCK_EX | LOCK_NB) == 0 &&
                    faccessat(folder.get(), "cgroup.procs", F_OK, 0) == 0;
  return held ? std::move(folder) : Fd();
}

// Makes it where there is none. Empty: errno says why.
Fd MakeLocked(const std::string& path) {
  // Who sweeps may have the lock of a new one for a moment.
  for (int attempt = 0; attempt < 100; ++attempt) {
    if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return Fd();
    if (Fd lock = Lock(path)) return lock;
    std::this_thread::sleep_for(milliseconds(1));
  }
  errno = EBUSY;
  return Fd();
}

// True once it is gone: a group that has processes stays.
bool Remove(const std::string& group) {
  return rmdir(group.c_str()) == 0 || errno == ENOENT;
}

// Ends what is in a slot's group, where the kernel has a file for that.
void Kill(const std::string& group) {
  static_cast<void>(Write(group + "/cgroup.kill", "1"));
}

// Removes what a process that is gone has left in `folder`.
void Sweep(const std::string& folder) {
  const auto until = Clock::now() + kSweepTime;
  for (const std::string& name : FoldersIn(folder)) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string path = folder + "/" + name;
    const Fd lock = Lock(path);
    if (!lock) continue;
    for (const std::string& group : FoldersIn(path)) {
      // What else that process had started is not ours to end.
      if (group != kService) Kill(path + "/" + group);
    }
    bool done = false;
    while (!done) {
      for (const std::string& group : FoldersIn(path)) {
        static_cast<void>(Remove(path + "/" + group));
      }
      done = Remove(path) || Clock::now() > until;
      if (!done) std::this_thread::sleep_for(milliseconds(1));
    }
  }
}

// "assay-jail-PID-START": the time since boot when this process started.
std::string FolderName() {
  const std::string stat = Read("/proc/self/stat");
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
  return std::string(kPrefix) + std::to_string(getpid()) + "-" + start;
}

MissingGroups Missing(const std::string& what, int error, std::string fix) {
  return {what + ": " + ErrnoText(error), std::move(fix)};
}

// What would make them ours to write.
std::string FixFor(int version) {
  if (version == 1) {
    return "mount the hierarchies memory, pids and cpuacct writable (docker "
           "run "
           "--privileged), and run as root";
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
  const std::string text =
      Read(places.cpu + "/" + name_ + "/" + NamesOf(places.version).cpu);
  if (places.version == 2) {
    const auto used = Field(text, "usage_usec");
    return used ? std::optional(microseconds(*used)) : std::nullopt;
  }
  const auto used = Number(text);
  if (!used) return std::nullopt;
  return std::chrono::duration_cast<microseconds>(
      std::chrono::nanoseconds(*used));
}

bool ControlGroup::TakeOutOfMemory() {
  const std::string text = Read(events_);
  const std::uint64_t killed = Field(text, "oom_kill").value_or(killed_);
  if (std::exchange(killed_, killed) == killed) return false;
  // The machine, or a group above, may be what was out of memory.
  if (groups_->version() == 2) return Field(text, "oom").value_or(0) > 0;
  return Number(Read(groups_->places_.memory + "/" + name_ + "/memory.failcnt"))
             .value_or(0) > 0;
}

bool ControlGroup::IsEntered() const {
  for (const std::string& folder : groups_->places_.Folders()) {
    if (Read(folder + "/" + name_ + "/cgroup.procs").empty()) return false;
  }
  return true;
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
    Sweep(folder);
    Fd lock = MakeLocked(folder + name);
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
  const std::string there = Read(own_.memory + "/cgroup.controllers");
  if (!HasWord(there, "memory") || !HasWord(there, "pids")) {
    return MissingGroups{own_.memory + " has no controllers memory and pids",
                         FixFor(own_.version)};
  }
  const std::string switches = "/cgroup.subtree_control";
  const std::string passed = Read(own_.memory + switches);
  if (!HasWord(passed, "memory") || !HasWord(passed, "pids")) {
    const std::string service = places_.memory + "/" + std::string(kService);
    int error =
        mkdir(service.c_str(), 0755) == 0 || errno == EEXIST ? 0 : errno;
    if (error == 0) {
      error = Write(service + "/cgroup.procs", std::to_string(owner_));
    }
    moved_ = error == 0;
    if (moved_) error = Write(own_.memory + switches, kControllers);
    passes_on_ = moved_ && error == 0;
    if (error != 0) {
      return Missing("cannot pass controllers on from " + own_.memory, error,
                     error == EBUSY
                         ? "let this process be the only one in its group, as "
                           "systemd does for a unit with Delegate=yes"
                         : FixFor(own_.version));
    }
  }
  if (const int error = Write(places_.memory + switches, kControllers)) {
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
    return Write(path, std::to_string(limit)) == 0 &&
           Number(Read(path)) == static_cast<std::uint64_t>(limit);
  };
  if (!holds(places_.memory, NamesOf(version()).memory_limit,
             kGroupSlackBytes) ||
      !holds(places_.tasks, "pids.max", kGroupTasks)) {
    return MissingGroups{"limits of a group do not hold", fix};
  }
  if (!(*group)->Cpu() || !Field(Read((*group)->events_), "oom_kill")) {
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
  const int error = Write(
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
    count += FoldersIn(folder).size();
  }
  return count;
}

void ControlGroups::Leave(std::string name) {
  if (owner_ != getpid()) return;
  Kill(places_.memory + "/" + name);
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
      gone = Remove(folder + "/" + name) && gone;
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
    static_cast<void>(Remove(folder));
  }
}

// Undoes PassOn. What this process has started since may keep it from that;
// then the folder stays until the next process sweeps.
void ControlGroups::ComeBack() {
  const std::string switches = "/cgroup.subtree_control";
  static_cast<void>(Write(places_.memory + switches, kNoControllers));
  if (passes_on_) {
    static_cast<void>(Write(own_.memory + switches, kNoControllers));
  }
  if (!moved_) return;
  static_cast<void>(
      Write(own_.memory + "/cgroup.procs", std::to_string(owner_)));
  static_cast<void>(Remove(places_.memory + "/" + std::string(kService)));
}

}  // namespace sandbox
