// The programs of tests/attacks, and how each ends in a jail with namespaces.

#ifndef TESTS_SANDBOX_ATTACKS_H_
#define TESTS_SANDBOX_ATTACKS_H_

#include <signal.h>

#include <optional>
#include <ostream>
#include <string_view>

#include "sandbox/run_result.h"

namespace sandbox {

inline constexpr std::string_view kAnyOutput = "*";

struct Attack {
  const char* name;  // the file
  Ending want;
  // The signal where it is kSignalled, otherwise the exit code.
  int code = 0;
  std::string_view out = "";
  int processes = 1;
  int landlock = 0;  // the ABI that it takes to hold
  // The ending at L3, where it is another one.
  std::optional<Ending> grouped{};
};

inline void PrintTo(const Attack& attack, std::ostream* os) {
  *os << attack.name;
}

inline constexpr Ending kExited = Ending::kExited;
inline constexpr Ending kSignalled = Ending::kSignalled;

inline constexpr Attack kAttacks[] = {
    // Processes and time.
    {"fork_bomb", kExited, 0, "refused\n"},
    {.name = "fork_bomb", .want = kExited, .out = kAnyOutput, .processes = 8},
    {.name = "orphan", .want = kExited, .out = "done\n", .processes = 8},
    {.name = "orphan_flood", .want = kExited, .out = "done\n", .processes = 8},
    {.name = "hidden_children",
     .want = Ending::kWallLimit,
     .processes = 8,
     .grouped = Ending::kCpuLimit},
    {.name = "zombies", .want = kExited, .out = "bounded\n", .processes = 8},
    {"thread_bomb", kExited, 0, "bounded\n"},
    {"exec_loop", Ending::kCpuLimit},
    {"sleep", Ending::kWallLimit},
    {"stop_self", Ending::kWallLimit},
    {"busy", Ending::kCpuLimit},
    {"busy_threads", Ending::kCpuLimit},
    {"early_exit", kExited},
    {"ignore_signals", Ending::kCpuLimit},
    {"busy_without_main", Ending::kCpuLimit},
    {"busy_at_exit", Ending::kCpuLimit},
    {"busy_when_deleted", Ending::kCpuLimit},
    {"wait_at_exit", Ending::kWallLimit},
    {.name = "stop_parent", .want = Ending::kWallLimit, .processes = 8},
    {.name = "ignore_children", .want = Ending::kCpuLimit, .processes = 8},
    {.name = "hang_up_group", .want = kExited, .out = "done\n", .processes = 8},
    {.name = "keep_pipes", .want = kExited, .out = kAnyOutput, .processes = 8},
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
    {"hoard_read_only", Ending::kMemoryLimit},
    {"full_sockets", kExited, 0, "EMFILE True True\n"},
    {"odd_output", kExited, 0, {"\0\xff\r\x1b[2J\xed\xa0\x80", 10}},
    {"huge_maps", kExited, 0, "ENOMEM\nENOMEM\nENOMEM\nENOMEM\n-1 EPERM\n"},
    {"many_timers", kExited, 0, "EAGAIN True\n"},
    {"fill_pipes", kExited, 0, "EMFILE True\n"},
    {"shared_memory", kExited, 0, "EPERM False False\n"},
    // Files.
    {"proc_read", kExited, 0, "[]\n"},
    {"host_files", kExited, 0,
     "[] ['full', 'null', 'random', 'stdin', 'urandom'] [] ['main.py']\n"},
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
    {"call_ptrace", Ending::kViolation},
    {"call_process_vm_readv", Ending::kViolation},
    {"call_mount", Ending::kViolation},
    {"call_umount", Ending::kViolation},
    {"call_pivot_root", Ending::kViolation},
    {"call_chroot", Ending::kViolation},
    {"call_move_mount", Ending::kViolation},
    {"call_unshare", Ending::kViolation},
    {"call_setns", Ending::kViolation},
    {"call_bpf", Ending::kViolation},
    {"call_perf_event_open", Ending::kViolation},
    {"call_userfaultfd", Ending::kViolation},
    {"call_seccomp", Ending::kViolation},
    {"call_open_by_handle_at", Ending::kViolation},
    {"call_kexec_load", Ending::kViolation},
    {"call_init_module", Ending::kViolation},
    {"call_modify_ldt", Ending::kViolation},
    {"call_clock_settime", Ending::kViolation},
    {"call_x32", Ending::kViolation},
    {"int80", Ending::kViolation},
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
     "prlimit_of_init EPERM\nprlimit_core EPERM\nsetrlimit_core EPERM\n"
     "sendto_address EPERM\nfadvise_dontneed EPERM\n"
     "sched_setaffinity EPERM\nmq_open EPERM\nshmget EPERM\nunknown EPERM\n"},
    // The other side: what honest programs use.
    {"honest_tools", kExited, 0, "8 10 30 text 0.1\n"},
};

}  // namespace sandbox

#endif  // TESTS_SANDBOX_ATTACKS_H_
