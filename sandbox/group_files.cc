#include "sandbox/group_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
// For what a process that was killed has left to end.
constexpr milliseconds kSweepTime{1000};

// Takes the lock of a folder that is there still; empty where somebody has it.
Fd Lock(const std::string& path) {
  Fd folder(open(path.c_str(), kFolderFlags));
  const bool held = folder && flock(folder.get(), LOCK_EX | LOCK_NB) == 0 &&
                    faccessat(folder.get(), "cgroup.procs", F_OK, 0) == 0;
  return held ? std::move(folder) : Fd();
}

}  // namespace

int WriteGroupFile(const std::string& path, std::string_view text) {
  const Fd file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file) return errno;
  return write(file.get(), text.data(), text.size()) < 0 ? errno : 0;
}

std::string ReadGroupFile(const Fd& file) {
  std::array<char, 2048> text;
  const ssize_t got = pread(file.get(), text.data(), text.size(), 0);
  return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

std::string ReadGroupFile(const std::string& path) {
  return ReadGroupFile(Fd(open(path.c_str(), O_RDONLY | O_CLOEXEC)));
}

std::optional<std::uint64_t> NumberOf(std::string_view text) {
  std::uint64_t number = 0;
  const auto parsed =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> FieldOf(std::string_view text,
                                     std::string_view name) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.size() > name.size() && line.starts_with(name) &&
        line[name.size()] == ' ') {
      return NumberOf(line.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

bool HasGroupWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || text[at - 1] == ' ';
    if (begins && (end == text.size() || text[end] == ' ' || text[end] == '\n'))
      return true;
  }
  return false;
}

std::vector<std::string> GroupsIn(const std::string& path) {
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

Fd MakeLockedGroup(const std::string& path) {
  // Who sweeps may have the lock of a new one for a moment.
  for (int attempt = 0; attempt < 100; ++attempt) {
    if (mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return Fd();
    if (Fd lock = Lock(path)) return lock;
    std::this_thread::sleep_for(milliseconds(1));
  }
  errno = EBUSY;
  return Fd();
}

bool RemoveGroup(const std::string& group) {
  return rmdir(group.c_str()) == 0 || errno == ENOENT;
}

void KillGroup(const std::string& group) {
  static_cast<void>(WriteGroupFile(group + "/cgroup.kill", "1"));
}

void SweepGroups(const std::string& folder) {
  const auto until = Clock::now() + kSweepTime;
  for (const std::string& name : GroupsIn(folder)) {
    if (!name.starts_with(kGroupPrefix)) continue;
    const std::string path = folder + "/" + name;
    const Fd lock = Lock(path);
    if (!lock) continue;
    for (const std::string& group : GroupsIn(path)) {
      // What else that process had started is not ours to end.
      if (group != kServiceGroup) KillGroup(path + "/" + group);
    }
    bool done = false;
    while (!done) {
      for (const std::string& group : GroupsIn(path)) {
        static_cast<void>(RemoveGroup(path + "/" + group));
      }
      done = RemoveGroup(path) || Clock::now() > until;
      if (!done) std::this_thread::sleep_for(milliseconds(1));
    }
  }
}

}  // namespace sandbox
