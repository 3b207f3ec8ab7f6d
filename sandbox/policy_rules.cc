#include "sandbox/policy_rules.h"

#include <asm/prctl.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

namespace sandbox {
namespace {

static_assert(kThreadCloneFlags == (CLONE_THREAD | CLONE_VM));
static_assert(kForbiddenCloneFlags ==
              (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
               CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_PTRACE |
               CLONE_UNTRACED | CLONE_PARENT));
static_assert(kStubCloneFlags == (CLONE_NEWPID | CLONE_VM | CLONE_PIDFD));
static_assert(RLIMIT_CORE == 4 && RLIM_NLIMITS == 16);

constexpr int kProgramCalls[] = {
    // Descriptors that are open.
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_preadv,
    SYS_pwritev,
    SYS_preadv2,
    SYS_pwritev2,
    SYS_lseek,
    SYS_close,
    SYS_close_range,
    SYS_dup,
    SYS_dup2,
    SYS_dup3,
    SYS_fstat,
    SYS_fstatfs,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_sendfile,
    SYS_copy_file_range,
    SYS_getdents64,
    SYS_pipe,
    SYS_pipe2,
    SYS_poll,
    SYS_ppoll,
    SYS_select,
    SYS_pselect6,
    SYS_epoll_create,
    SYS_epoll_create1,
    SYS_epoll_ctl,
    SYS_epoll_wait,
    SYS_epoll_pwait,
    SYS_epoll_pwait2,
    SYS_eventfd2,
    // Files, all below a root that is read-only but for /w and /tmp.
    SYS_open,
    SYS_openat,
    SYS_creat,
    SYS_stat,
    SYS_lstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_statfs,
    SYS_access,
    SYS_faccessat,
    SYS_faccessat2,
    SYS_readlink,
    SYS_readlinkat,
    SYS_getcwd,
    SYS_chdir,
    SYS_fchdir,
    SYS_mkdir,
    SYS_mkdirat,
    SYS_rmdir,
    SYS_unlink,
    SYS_unlinkat,
    SYS_rename,
    SYS_renameat,
    SYS_renameat2,
    SYS_link,
    SYS_linkat,
    SYS_symlink,
    SYS_symlinkat,
    SYS_truncate,
    SYS_chmod,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_umask,
    SYS_utimensat,
    // Memory; mmap has a condition.
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    SYS_mincore,
    // Threads, processes that exist, signals.
    SYS_futex,
    SYS_set_robust_list,
    SYS_get_robust_list,
    SYS_set_tid_address,
    SYS_rseq,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_sched_getparam,
    SYS_sched_getscheduler,
    SYS_getpriority,
    SYS_exit,
    SYS_exit_group,
    SYS_execve,
    SYS_wait4,
    SYS_waitid,
    SYS_kill,
    SYS_tkill,
    SYS_tgkill,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigpending,
    SYS_rt_sigtimedwait,
    SYS_rt_sigsuspend,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_pause,
    SYS_restart_syscall,
    SYS_arch_prctl,
    // Time.
    SYS_time,
    SYS_gettimeofday,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_nanosleep,
    SYS_clock_nanosleep,
    SYS_alarm,
    SYS_getitimer,
    SYS_setitimer,
    SYS_timer_create,
    SYS_timer_settime,
    SYS_timer_gettime,
    SYS_timer_getoverrun,
    SYS_timer_delete,
    // Oneself and the machine.
    SYS_getpid,
    SYS_getppid,
    SYS_gettid,
    SYS_getpgrp,
    SYS_getpgid,
    SYS_getsid,
    SYS_setpgid,
    SYS_setsid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_getresuid,
    SYS_getresgid,
    SYS_getgroups,
    SYS_getrlimit,
    SYS_getrusage,
    SYS_times,
    SYS_uname,
    SYS_sysinfo,
    SYS_getcpu,
    SYS_getrandom,
    // A pair of connected ends, as event loops use it; socketpair has a
    // condition. No address: connect, bind, listen and accept stay out, and
    // sendto has a condition.
    SYS_recvfrom,
    SYS_shutdown,
    SYS_getsockname,
    SYS_getsockopt,
};

constexpr ConditionalCall kConditionalCalls[] = {
    // Private memory counts against the limit; shared memory without a file
    // would count nowhere.
    {SYS_mmap, {3, MAP_TYPE, MAP_PRIVATE}},
    {SYS_mmap, {3, MAP_ANONYMOUS, 0}},
    {SYS_clone,
     {0, kForbiddenCloneFlags | kThreadCloneFlags, kThreadCloneFlags}},
    {SYS_socketpair, {0, kWord, AF_UNIX}},
    // A datagram could go to any other socket.
    {SYS_sendto, {4, kPointer, 0}},
    // Oneself's, to read; to change all but RLIMIT_CORE, whose 1 is lowered to
    // the 0 that a handler behind a pipe in core_pattern ignores.
    {SYS_prlimit64, {0, kWord, 0}, {2, kPointer, 0}},
    {SYS_prlimit64, {0, kWord, 0}, {1, kWord & ~3U, 0}},
    {SYS_prlimit64, {0, kWord, 0}, {1, kWord, RLIMIT_RSS}},
    {SYS_prlimit64, {0, kWord, 0}, {1, kWord & ~1U, RLIMIT_NPROC}},
    {SYS_prlimit64, {0, kWord, 0}, {1, kWord & ~7U, RLIMIT_MEMLOCK}},
    {SYS_setrlimit, {0, kWord & ~3U, 0}},
    {SYS_setrlimit, {0, kWord, RLIMIT_RSS}},
    {SYS_setrlimit, {0, kWord & ~1U, RLIMIT_NPROC}},
    {SYS_setrlimit, {0, kWord & ~7U, RLIMIT_MEMLOCK}},
    // Not what drops a file of /usr from memory, for everybody.
    {SYS_fadvise64, {3, kWord & ~3U, 0}},
    // No locks and leases: files of /usr are shared with other jails.
    {SYS_fcntl, {1, kWord, F_DUPFD}},
    {SYS_fcntl, {1, kWord, F_DUPFD_CLOEXEC}},
    {SYS_fcntl, {1, kWord, F_GETFD}},
    {SYS_fcntl, {1, kWord, F_SETFD}},
    {SYS_fcntl, {1, kWord, F_GETFL}},
    {SYS_fcntl, {1, kWord, F_SETFL}},
    {SYS_fcntl, {1, kWord, F_GETPIPE_SZ}},
    {SYS_ioctl, {1, kWord, TCGETS}},
    {SYS_ioctl, {1, kWord, TIOCGWINSZ}},
    {SYS_ioctl, {1, kWord, FIONREAD}},
    {SYS_ioctl, {1, kWord, FIONBIO}},
    {SYS_ioctl, {1, kWord, FIOCLEX}},
    {SYS_ioctl, {1, kWord, FIONCLEX}},
    {SYS_prctl, {0, kWord, PR_SET_NAME}},
    {SYS_prctl, {0, kWord, PR_GET_NAME}},
    {SYS_prctl, {0, kWord, PR_GET_DUMPABLE}},
    {SYS_prctl, {0, kWord, PR_SET_VMA}},
};

constexpr int kHostileCalls[] = {
    // Other processes.
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_pidfd_getfd,
    SYS_process_madvise,
    // The tree and the namespaces.
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_move_mount,
    SYS_open_tree,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_mount_setattr,
    SYS_unshare,
    SYS_setns,
    SYS_open_by_handle_at,
    // The kernel.
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_seccomp,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_acct,
    SYS_quotactl,
    SYS_syslog,
    SYS_iopl,
    SYS_ioperm,
    SYS_modify_ldt,
    SYS_settimeofday,
    SYS_clock_settime,
};

constexpr RefusedCall kRefusedCalls[] = {
    // libc goes on to clone, whose flags a filter can see.
    {SYS_clone3, ENOSYS},
    {SYS_socket, EAFNOSUPPORT},
    {SYS_io_uring_setup, ENOSYS},
    {SYS_io_uring_enter, ENOSYS},
    {SYS_io_uring_register, ENOSYS},
    {SYS_keyctl, ENOSYS},
    {SYS_add_key, ENOSYS},
    {SYS_request_key, ENOSYS},
    {SYS_openat2, ENOSYS},
    {SYS_landlock_create_ruleset, ENOSYS},
    {SYS_futex_waitv, ENOSYS},
    {SYS_membarrier, ENOSYS},
    // Nothing of a run is kept, but a file of /usr would make the disk write
    // what others have in hand.
    {SYS_fsync, 0},
    {SYS_fdatasync, 0},
    {SYS_msync, 0},
};

constexpr int kAgentCalls[] = {
    // Orders, and the descriptors that come with them.
    SYS_recvmsg,
    SYS_sendmsg,
    // The program's process becomes one of its own user.
    SYS_setresuid,
    SYS_setresgid,
    SYS_setgroups,
    SYS_capset,
    SYS_landlock_restrict_self,
    // The PID namespaces of runs.
    SYS_setns,
    SYS_pidfd_send_signal,
};

constexpr int kHostCalls[] = {SYS_chmod, SYS_fchmod, SYS_fchmodat,
                              SYS_utimensat};

// O_TMPFILE: Landlock has no right for files without a name.
constexpr std::uint64_t kUnnamed = O_TMPFILE & ~O_DIRECTORY;
constexpr ConditionalCall kHostConditionalCalls[] = {
    {SYS_open, {1, kUnnamed, kUnnamed}},
    {SYS_openat, {2, kUnnamed, kUnnamed}},
    // The group of those who hold the jail: where its last link to the session
    // ends, the kernel hangs up on all of them.
    {SYS_setpgid, {1, kPointer, 0, true}},
};

}  // namespace

std::span<const int> ProgramCalls() noexcept { return kProgramCalls; }

std::span<const ConditionalCall> ProgramConditionalCalls() noexcept {
  return kConditionalCalls;
}

std::span<const int> HostileCalls() noexcept { return kHostileCalls; }

std::span<const int> AgentCalls() noexcept { return kAgentCalls; }

std::span<const int> HostCalls() noexcept { return kHostCalls; }

std::span<const ConditionalCall> HostConditionalCalls() noexcept {
  return kHostConditionalCalls;
}

std::span<const RefusedCall> RefusedCalls() noexcept { return kRefusedCalls; }

}  // namespace sandbox
