#include "trainer/cli/launcher.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "trainer/cli/signals.h"
#include "trainer/stages/run_error.h"

namespace trainer::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{50};

[[noreturn]] void Fail(const char* doing) {
  throw RunError(ExitCode::kResources, std::string("--ranks: ") + doing + ": " +
                                           std::strerror(errno));
}

// A port of loopback that nobody listens on, as far as one can know.
int FreePort() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) Fail("no socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      bind(fd, generic, size) == 0 && getsockname(fd, generic, &size) == 0;
  close(fd);
  if (!bound) Fail("no free port");
  return ntohs(address.sin_port);
}

// The words of this process's command.
std::vector<std::string> OwnCommand() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(file, word, '\0');) {
    words.push_back(word);
  }
  if (words.empty()) Fail("cannot read /proc/self/cmdline");
  return words;
}

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(int rank, int count, int port) {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) all.emplace_back(*one);
  const std::string number = std::to_string(rank);
  const std::string world = std::to_string(count);
  for (const std::string& one :
       {"RANK=" + number, "LOCAL_RANK=" + number, "WORLD_SIZE=" + world,
        "LOCAL_WORLD_SIZE=" + world, std::string("MASTER_ADDR=127.0.0.1"),
        "MASTER_PORT=" + std::to_string(port)}) {
    all.push_back(one);
  }
  return all;
}

pid_t Start(int rank, int count, int port) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe");
  std::vector<std::string> command = OwnCommand();
  std::vector<std::string> environment = Environment(rank, count, port);
  const std::vector<char*> argv = Pointers(command);
  const std::vector<char*> envp = Pointers(environment);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) Fail("cannot fork");
  if (child > 0) return child;
  // Of a group of its own: a terminal's Ctrl-C reaches it through the launcher
  // alone, once. Only async-signal-safe calls from here.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(static_cast<int>(ExitCode::kInternal));
  setpgid(0, 0);
  execve(program.c_str(), argv.data(), envp.data());
  _exit(static_cast<int>(ExitCode::kInternal));
}

int CodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The ranks that run.
class Ranks {
 public:
  void Add(pid_t child) { running_.push_back(child); }

  void Signal(int number) const {
    for (const pid_t child : running_) kill(child, number);
  }

  // Takes those that ended. Returns the first code that is not 0.
  std::optional<int> Reap() {
    std::optional<int> failed;
    std::erase_if(running_, [&](pid_t child) {
      int status = 0;
      if (waitpid(child, &status, WNOHANG) != child) return false;
      if (CodeOf(status) != 0 && !failed) failed = CodeOf(status);
      return true;
    });
    return failed;
  }

  [[nodiscard]] bool empty() const { return running_.empty(); }

 private:
  std::vector<pid_t> running_;
};

}  // namespace

bool IsRank() {
  return std::getenv("RANK") != nullptr ||
         std::getenv("SLURM_PROCID") != nullptr;
}

int LaunchRanks(int count) {
  const int port = FreePort();
  Ranks ranks;
  for (int rank = 0; rank < count; ++rank) ranks.Add(Start(rank, count, port));
  int forwarded = 0;
  std::optional<int> failed;
  std::optional<Clock::time_point> last_call;
  while (!ranks.empty()) {
    if (const int caught = CaughtSignal(); caught != 0 && forwarded == 0) {
      forwarded = caught;
      ranks.Signal(caught);
    }
    const std::optional<int> code = ranks.Reap();
    if (code && !failed) {
      failed = code;
      // Who was signalled ends by itself, and has something to save.
      if (forwarded == 0) {
        ranks.Signal(SIGTERM);
        last_call = Clock::now() + kFailGrace;
      }
    }
    if (last_call && Clock::now() > *last_call) ranks.Signal(SIGKILL);
    std::this_thread::sleep_for(kPoll);
  }
  return failed.value_or(0);
}

}  // namespace trainer::cli
