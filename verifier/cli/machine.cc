#include "verifier/cli/machine.h"

#include <sched.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <thread>

#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

bool Exists(const char* path) { return access(path, F_OK) == 0; }

// NAME="value" of /etc/os-release.
std::string ReleaseName() {
  constexpr std::string_view kName = "PRETTY_NAME=";
  std::ifstream file("/etc/os-release");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kName)) continue;
    line.erase(0, kName.size());
    std::erase(line, '"');
    return Printable(line, 100);
  }
  return "Linux";
}

unsigned Cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) {
    return static_cast<unsigned>(CPU_COUNT(&set));
  }
  return std::max(1U, std::thread::hardware_concurrency());
}

std::uint64_t MemoryBytes() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long size = sysconf(_SC_PAGESIZE);
  std::uint64_t bytes =
      pages > 0 && size > 0
          ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(size)
          : 0;
  for (const char* path : {"/sys/fs/cgroup/memory.max",
                           "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    std::uint64_t limit = 0;
    if (std::ifstream(path) >> limit && limit > 0) {
      bytes = bytes == 0 ? limit : std::min(bytes, limit);
    }
  }
  return bytes;
}

std::string Container() {
  if (Exists("/run/.containerenv")) return "podman";
  if (std::getenv("KUBERNETES_SERVICE_HOST") != nullptr) return "kubernetes";
  return Exists("/.dockerenv") ? "docker" : "";
}

// Replaces every "PREFIX/NAME" by "PREFIX/USER".
void HideNames(std::string& text, std::string_view prefix) {
  constexpr std::string_view kUser = "USER";
  for (std::size_t at = text.find(prefix); at != std::string::npos;
       at = text.find(prefix, at + 1)) {
    const std::size_t name = at + prefix.size();
    const std::size_t end =
        std::min(text.find_first_of("/:;, \"'\n", name), text.size());
    text.replace(name, end - name, kUser);
  }
}

}  // namespace

Machine ReadMachine() {
  Machine machine;
  machine.system = ReleaseName();
  utsname names{};
  if (uname(&names) == 0) {
    machine.kernel = std::string(names.sysname) + " " + names.release;
  }
  machine.cores = Cores();
  machine.memory_bytes = MemoryBytes();
  machine.cgroups = Exists("/sys/fs/cgroup/cgroup.controllers") ? "v2"
                    : Exists("/sys/fs/cgroup/memory")           ? "v1"
                                                                : "none";
  machine.container = Container();
  return machine;
}

std::string MemoryText(std::uint64_t bytes) {
  constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
  constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
  if (bytes >= 10 * kGiB) return std::to_string(bytes / kGiB) + " GiB";
  return std::to_string(bytes / kMiB) + " MiB";
}

std::string WithoutHomes(std::string text, const std::string& home) {
  if (home.size() > 1 && home.front() == '/') {
    for (std::size_t at = text.find(home); at != std::string::npos;
         at = text.find(home, at + 1)) {
      const std::size_t end = at + home.size();
      if (end == text.size() || text[end] == '/') {
        text.replace(at, home.size(), "~");
      }
    }
  }
  HideNames(text, "/home/");
  HideNames(text, "/Users/");
  return text;
}

}  // namespace verifier::cli
