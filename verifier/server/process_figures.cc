#include "verifier/server/process_figures.h"

#include <dirent.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace verifier::server {
namespace {

// The field `number` of /proc/self/stat (proc(5)), from 3; 0: unreadable.
std::uint64_t StatField(int number) {
  std::ifstream file("/proc/self/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t end_of_name = text.rfind(')');
  if (end_of_name == std::string::npos) return 0;
  std::istringstream fields(text.substr(end_of_name + 1));
  std::string field;
  for (int i = 3; i <= number; ++i) fields >> field;
  return std::strtoull(field.c_str(), nullptr, 10);
}

double Seconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_nsec) * 1e-9;
}

std::optional<std::uint64_t> OpenDescriptors() {
  DIR* const folder = opendir("/proc/self/fd");
  if (folder == nullptr) return std::nullopt;
  std::uint64_t count = 0;
  while (const dirent* entry = readdir(folder)) {
    if (entry->d_name[0] != '.') ++count;
  }
  closedir(folder);
  return count - 1;  // without the one that was opened for this
}

}  // namespace

ProcessFigures::ProcessFigures() {
  constexpr int kStartTime = 22;  // in ticks since the machine started
  const double started = static_cast<double>(StatField(kStartTime)) /
                         static_cast<double>(sysconf(_SC_CLK_TCK));
  start_time_seconds_ =
      Seconds(CLOCK_REALTIME) - (Seconds(CLOCK_BOOTTIME) - started);
}

ProcessFigures::Reading ProcessFigures::Read() const {
  constexpr int kThreads = 20;
  constexpr int kVirtual = 23;
  constexpr int kResident = 24;  // in pages
  Reading reading;
  reading.cpu_seconds = Seconds(CLOCK_PROCESS_CPUTIME_ID);
  reading.threads = StatField(kThreads);
  reading.virtual_bytes = StatField(kVirtual);
  reading.resident_bytes =
      StatField(kResident) * static_cast<std::uint64_t>(getpagesize());
  reading.open_fds = OpenDescriptors();
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  reading.max_fds = limit.rlim_cur;
  reading.start_time_seconds = start_time_seconds_;
  return reading;
}

}  // namespace verifier::server
