#include "sandbox/control_group_places.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace sandbox {
namespace {

std::vector<std::string_view> Split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool HasWord(std::string_view list, std::string_view word) {
  const auto words = Split(list, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Which group of a hierarchy the process is in. `controller` is empty for
// version 2. A line is "4:memory:/path".
std::optional<std::string_view> PathOf(std::string_view groups,
                                       std::string_view controller) {
  for (const std::string_view line : Split(groups, '\n')) {
    const std::size_t first = line.find(':');
    if (first == std::string_view::npos) continue;
    const std::size_t second = line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const std::string_view names = line.substr(first + 1, second - first - 1);
    const bool found =
        controller.empty() ? names.empty() : HasWord(names, controller);
    if (found) return line.substr(second + 1);
  }
  return std::nullopt;
}

// What of `path` is below `root`; nothing where it is not. "/" is empty.
std::optional<std::string_view> Below(std::string_view root,
                                      std::string_view path) {
  if (path.find("/..") != std::string_view::npos) return std::nullopt;
  if (root == "/") return path == "/" ? std::string_view() : path;
  if (!path.starts_with(root)) return std::nullopt;
  path.remove_prefix(root.size());
  if (!path.empty() && path[0] != '/') return std::nullopt;
  return path;
}

// The folder of `path` in the file system of a hierarchy. A line is
// "31 23 0:28 ROOT PLACE OPTIONS ... - TYPE SOURCE OPTIONS".
std::optional<std::string> FolderOf(std::string_view mounts,
                                    std::string_view controller,
                                    std::string_view path) {
  constexpr std::size_t kRoot = 3;
  constexpr std::size_t kPlace = 4;
  for (const std::string_view line : Split(mounts, '\n')) {
    const std::vector<std::string_view> words = Split(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (dash - words.begin() <= static_cast<std::ptrdiff_t>(kPlace) ||
        words.end() - dash < 4) {
      continue;
    }
    const bool found = controller.empty() ? dash[1] == "cgroup2"
                                          : dash[1] == "cgroup" &&
                                                HasWord(dash[3], controller);
    if (!found) continue;
    if (const auto rest = Below(words[kRoot], path)) {
      return std::string(words[kPlace]) + std::string(*rest);
    }
  }
  return std::nullopt;
}

std::string Text(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::vector<std::string> GroupPlaces::Folders() const {
  std::vector<std::string> folders = {memory};
  for (const std::string& one : {tasks, cpu}) {
    if (std::find(folders.begin(), folders.end(), one) == folders.end()) {
      folders.push_back(one);
    }
  }
  return folders;
}

std::optional<GroupPlaces> GroupPlacesOf(std::string_view groups,
                                         std::string_view mounts) {
  const auto folder = [&](std::string_view controller) {
    const auto path = PathOf(groups, controller);
    return path ? FolderOf(mounts, controller, *path) : std::nullopt;
  };
  if (!PathOf(groups, "memory")) {
    const auto own = folder("");
    if (!own) return std::nullopt;
    return GroupPlaces{
        .version = 2, .memory = *own, .tasks = *own, .cpu = *own};
  }
  const auto memory = folder("memory");
  const auto tasks = folder("pids");
  const auto cpu = folder("cpuacct");
  if (!memory || !tasks || !cpu) return std::nullopt;
  return GroupPlaces{
      .version = 1, .memory = *memory, .tasks = *tasks, .cpu = *cpu};
}

std::optional<GroupPlaces> OwnGroupPlaces() {
  return GroupPlacesOf(Text("/proc/self/cgroup"), Text("/proc/self/mountinfo"));
}

}  // namespace sandbox
