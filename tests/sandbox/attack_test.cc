// Runs every program of tests/attacks as root and as an ordinary user, and
// asserts how it ends. After each: an honest program is still right, and no
// process is left. A machine that refuses namespaces fails these tests.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>

#include "sandbox/jail.h"
#include "sandbox/landlock.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kAnyOutput = "*";

struct Attack {
  const char* name;  // the file
  Ending want;
  // The signal where it is kSignalled, otherwise the exit code.
  int code = 0;
  std::string_view out = "";
  int processes = 1;
  int landlock = 0;  // the ABI that it takes to hold
};

void PrintTo(const Attack& attack, std::ostream* os) { *os << attack.name; }

constexpr Ending kExited = Ending::kExited;
constexpr Ending kSignalled = Ending::kSignalled;
constexpr Ending kViolation = Ending::kViolation;

constexpr Attack kAttacks[] = {
    // Processes and time.
    {"fork_bomb", kExited, 0, "refused\n"},
    {.name = "fork_bomb", .want = kExited, .out = kAnyOutput, .processes = 8},
    {.name = "orphan", .want = kExited, .out = "done\n", .processes = 8},
    {.name = "orphan_flood", .want = kExited, .out = "done\n", .processes = 8},
    {.name = "hidden_children", .want = Ending::kWallLimit, .processes = 8},
    {.name = "zombies", .want = kExited, .out = "bounded\n", .processes = 8},
    {"thread_bomb", kExited, 0, "bounded\n"},
    {"exec_loop", Ending::kCpuLimit},
    {"sleep", Ending::kWallLimit},
    {"stop_self", Ending::kWallLimit},
    {"busy", Ending::kCpuLimit},
    {"busy_threads", Ending::kCpuLimit},
    {"early_exit", kExited},
    {"ignore_signals", Ending::kCpuLimit},
    {"busy_at_exit", Ending::kCpuLimit},
    {"busy_when_deleted", Ending::kCpuLimit},
    {"wait_at_exit", Ending::kWallLimit},
    {.name = "stop_parent", .want = Ending::kWallLimit, .processes = 8},
    {.name = "ignore_children", .want = Ending::kCpuLimit, .processes = 8},
    {"kill_parent", kExited, 0, "alive\n"},
    {"abort", kSignalled, SIGABRT},
    {"terminate_self", kSignalled, SIGTERM},
    {"kill_everyone", kSignalled, SIGKILL, kAnyOutput},
    {"kill_init", kExited, 0, "alive\n"},
    // Output and memory.
    {"endless_output", Ending::kOutputLimit, 0, kAnyOutput},
    {"endless_errors", Ending::kOutputLimit},
    {"stack_overflow", kSignalled, SIGSEGV},
    {"memory_hog", kExited, 0, "refused True\n"},
    {"odd_output", kExited, 0, {"\0\xff\r\x1b[2J\xed\xa0\x80", 10}},
    {"huge_maps", kExited, 0, "ENOMEM\nENOMEM\nENOMEM\nENOMEM\n-1 EPERM\n"},
    {"many_timers", kExited, 0, "EAGAIN True\n"},
    {"fill_pipes", kExited, 0, "EMFILE True\n"},
    {"shared_memory", kExited, 0, "EPERM False False\n"},
    // Files.
    {"proc_read", kExited, 0, "[]\n"},
    {"host_files", kExited, 0,
     "[] ['full', 'null', 'random', 'urandom'] [] ['main.py']\n"},
    {"open_files", kExited, 0, "[0, 1, 2]\n"},
    {"environment", kExited, 0,
     "jail 2 /w ['HOME', 'LANG', 'OPENBLAS_NUM_THREADS', 'PATH', "
     "'PYTHONDONTWRITEBYTECODE', 'PYTHONHASHSEED', 'PYTHONNOUSERSITE', "
     "'PYTHONUTF8', 'TMPDIR', 'TZ']\n"},
    {"write_usr", kExited, 0, "EROFS\n"},
    {"fill_disk", kExited, 0, "ENOSPC True\nENOSPC True\n"},
    {"many_files", kExited, 0, "ENOSPC True\n"},
    {.name = "write_devices",
     .want = kExited,
     .out = "ok\nENOSPC\nEACCES\nEACCES\n",
     .landlock = 1},
    {.name = "signal_init", .want = kExited, .out = "may not\n", .landlock = 6},
    {"deep_folders", kExited, 0, "done\n"},
    {"large_file", kExited, 0, "EFBIG\nEFBIG\n"},
    {"many_descriptors", kExited, 0, "EMFILE True\n"},
    {"symlinks", kExited, 0, "[]\n"},
    {"leave_files", kExited, 0, "['main.py'] []\n"},
    {"leave_files", kExited, 0, "['main.py'] []\n"},  // and nothing was left
    {"leave_odd_files", kExited, 0, "done\n"},
    {.name = "replace_for_ever",
     .want = kExited,
     .out = "done\n",
     .processes = 8},
    // Privileges.
    {"set_uid_program", kExited, 1},
    {"become_root", kExited, 0, "EPERM True\n"},
    {"raise_limits", kExited, 0, "[]\n"},
    {"override_modes", kExited, 0, "EACCES\n"},
    // Network.
    {"socket_families", kExited, 0, "EAFNOSUPPORT\n"},
    {"connect_out", kExited, 0, "refused\nrefused\n"},
    // The kernel.
    {"call_ptrace", kViolation},
    {"call_process_vm_readv", kViolation},
    {"call_mount", kViolation},
    {"call_umount", kViolation},
    {"call_pivot_root", kViolation},
    {"call_chroot", kViolation},
    {"call_move_mount", kViolation},
    {"call_unshare", kViolation},
    {"call_setns", kViolation},
    {"call_bpf", kViolation},
    {"call_perf_event_open", kViolation},
    {"call_userfaultfd", kViolation},
    {"call_seccomp", kViolation},
    {"call_open_by_handle_at", kViolation},
    {"call_kexec_load", kViolation},
    {"call_init_module", kViolation},
    {"call_modify_ldt", kViolation},
    {"call_clock_settime", kViolation},
    {"call_x32", kViolation},
    {"int80", kViolation},
    {"refused_calls", kExited, 0,
     "clone3 ENOSYS\nio_uring_setup ENOSYS\nkeyctl ENOSYS\nadd_key ENOSYS\n"
     "clone_newuser EPERM\nclone_newpid_thread EPERM\nfork EPERM\n"
     "vfork EPERM\nmemfd_create EPERM\npersonality EPERM\nexecveat EPERM\n"
     "name_to_handle_at EPERM\npidfd_open EPERM\ninotify_init EPERM\n"
     "flock EPERM\nfcntl_setlk EPERM\nfcntl_setlease EPERM\n"
     "fcntl_setpipe_sz EPERM\nioctl_tiocsti EPERM\nioctl_tiocsti_high EPERM\n"
     "prctl_set_dumpable EPERM\nprctl_set_pdeathsig EPERM\n"
     "prctl_set_seccomp EPERM\nprctl_set_child_subreaper EPERM\n"
     "prctl_set_mm EPERM\nprctl_set_securebits EPERM\n"
     "prctl_capbset_drop EPERM\nprctl_cap_ambient EPERM\nsetresuid EPERM\n"
     "setgroups EPERM\ncapset EPERM\nrecvmsg EPERM\nsendmsg EPERM\n"
     "pidfd_send_signal EPERM\nadjtimex EPERM\nsched_setscheduler EPERM\n"
     "setpriority EPERM\nioprio_set EPERM\nfanotify_init EPERM\n"
     "prlimit_of_init EPERM\n"
     "sched_setaffinity EPERM\nmq_open EPERM\nshmget EPERM\nunknown EPERM\n"},
    // The other side: what honest programs use.
    {"honest_tools", kExited, 0, "8 10 30 text 0.1\n"},
};

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Process {
  pid_t parent = 0;
  std::size_t depth = 0;  // of nested PID namespaces, below ours
};

std::map<pid_t, Process> Processes() {
  std::map<pid_t, Process> all;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    const pid_t pid = std::atoi(entry.path().filename().c_str());
    std::ifstream status(entry.path() / "status");
    for (std::string line; pid > 0 && std::getline(status, line);) {
      std::istringstream words(line);
      std::string name;
      words >> name;
      if (name == "PPid:") words >> all[pid].parent;
      if (name == "NSpid:") {
        const auto count = std::distance(std::istream_iterator<int>(words), {});
        all[pid].depth = static_cast<std::size_t>(count);
      }
    }
  }
  return all;
}

// True where a process of a run below this process is alive: it has a PID in
// the namespaces of its slot and of its run.
bool IsLeft() {
  const auto all = Processes();
  const std::size_t deep = all.at(getpid()).depth + 2;
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    if (one.second.depth < deep) return false;
    auto above = all.find(one.second.parent);
    while (above != all.end() && above->first != getpid()) {
      above = all.find(above->second.parent);
    }
    return above != all.end();
  });
}

std::string Describe(const RunResult& result) {
  return std::string(EndingName(result.ending)) + " code " +
         std::to_string(result.exit_code) + " signal " +
         std::to_string(result.signal) + " out '" + result.out.substr(0, 2000) +
         "' err '" + result.err.substr(0, 1000) + "' " + result.failure;
}

bool IsWanted(const Attack& attack, const RunResult& result) {
  const int code = attack.want == kSignalled ? result.signal : result.exit_code;
  return result.ending == attack.want && code == attack.code &&
         (attack.out == kAnyOutput || result.out == attack.out);
}

// What went wrong, or empty. Runs as the user of the leg.
std::string RunAttack(const Attack& attack, const std::string& source) {
  const auto jail = Jail::Create();
  if (!jail) return jail.error().message;
  RunLimits limits;
  limits.cpu = seconds(2);
  limits.wall = attack.want == Ending::kWallLimit ? seconds(3) : seconds(60);
  limits.processes = attack.processes;
  Program program = PythonProgram(source);
  // A secret that this process would hand on to whatever it executes.
  const int leaky = open("/proc/self/environ", O_RDONLY);
  const RunResult result = (*jail)->Run(program, limits);
  close(leaky);
  if (!IsWanted(attack, result)) return Describe(result);
  if (IsLeft()) return "a process is left";
  siginfo_t info{};
  waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT | __WALL);
  if (info.si_pid != 0) return "a child is left";
  const RunResult honest = (*jail)->Run(
      PythonProgram("print(sum(map(int, input().split())))", "1 2\n"),
      RunLimits{.wall = seconds(60)});
  if (honest.ending != kExited || honest.out != "3\n") {
    return "afterwards, an honest program: " + Describe(honest);
  }
  return "";
}

class AttackTest : public testing::TestWithParam<std::tuple<Attack, Leg>> {};

TEST_P(AttackTest, EndsAsItMust) {
  const auto& [attack, leg] = GetParam();
  if (!CanTake(leg)) GTEST_SKIP() << "this leg is for root";
  if (LandlockAbi() < attack.landlock) GTEST_SKIP() << "by Landlock alone";
  const std::string source =
      ReadFile(ASSAY_ATTACKS "/" + std::string(attack.name) + ".py");
  ASSERT_FALSE(source.empty());
  EXPECT_EQ(RunLeg(leg, [&] { return RunAttack(attack, source); }), "");
}

INSTANTIATE_TEST_SUITE_P(
    Jail, AttackTest,
    testing::Combine(testing::ValuesIn(kAttacks),
                     testing::Values(Leg::kRoot, Leg::kOrdinary)),
    [](const auto& test) {
      const Attack& attack = std::get<0>(test.param);
      return std::string(attack.name) + "_" + std::to_string(test.index / 2) +
             (std::get<1>(test.param) == Leg::kRoot ? "_Root" : "_Ordinary");
    });

TEST(AttackFiles, EachIsInTheTable) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_ATTACKS)) {
    if (entry.path().extension() == ".py") {
      files.insert(entry.path().stem());
    }
  }
  for (const Attack& attack : kAttacks) files.erase(attack.name);
  EXPECT_TRUE(files.empty()) << *files.begin() << " runs in no test";
}

}  // namespace
}  // namespace sandbox
