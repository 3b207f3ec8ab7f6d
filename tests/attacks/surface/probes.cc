// One attempt at a part of the kernel that no judged program needs: the one
// whose number is the argument. Prints its name, and "succeeded" or an errno; a
// filter may end the program instead. Without an argument: how many there are.
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/userfaultfd.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

char memory[4096];

long Call(long number, long a = 0, long b = 0, long c = 0, long d = 0,
          long e = 0) {
  return syscall(number, a, b, c, d, e);
}

long Pointer(const void* place) { return reinterpret_cast<long>(place); }

long Socket(int family, int type = SOCK_DGRAM, int protocol = 0) {
  return socket(family, type, protocol);
}

long Read(const char* path) {
  const int fd = open(path, O_RDONLY);
  return fd < 0 ? -1 : read(fd, memory, 1) == 1 ? 0 : -1;
}

long Lock(int command) {
  struct flock lock {};
  lock.l_type = F_RDLCK;
  return fcntl(open("/usr/bin/true", O_RDONLY), command, &lock);
}

long Lease() {
  return fcntl(open("/usr/bin/true", O_RDONLY), F_SETLEASE, F_RDLCK);
}

long Int80() {
  long result = 20;  // getpid
  asm volatile("int $0x80" : "+a"(result) : : "memory");
  return result > 0 ? 0 : -1;
}

long Handle() {
  struct {
    unsigned bytes = 64;
    int type = 0;
    char handle[64] = {};
  } handle;
  int mount = 0;
  return Call(SYS_name_to_handle_at, AT_FDCWD, Pointer("/usr/bin/true"),
              Pointer(&handle), Pointer(&mount));
}

long OpenHandle() {
  struct {
    unsigned bytes = 8;
    int type = 1;
    char handle[8] = {};
  } handle;
  return Call(SYS_open_by_handle_at, AT_FDCWD, Pointer(&handle), O_RDONLY);
}

long ReadOneself() {
  char to = 0;
  iovec mine{&to, 1};
  iovec other{memory, 1};
  return process_vm_readv(getpid(), &mine, 1, &other, 1, 0);
}

long Perf() {
  perf_event_attr event{};
  event.size = sizeof(event);
  event.type = PERF_TYPE_SOFTWARE;
  event.exclude_kernel = 1;
  return Call(SYS_perf_event_open, Pointer(&event), 0, -1, -1);
}

long Clone(unsigned long flags) {
  const long pid = Call(SYS_clone, static_cast<long>(flags));
  if (pid == 0) _exit(0);
  return pid;
}

long Clone3() {
  unsigned long arguments[8] = {};
  const long pid = Call(SYS_clone3, Pointer(arguments), sizeof(arguments));
  if (pid == 0) _exit(0);
  return pid;
}

struct Probe {
  const char* name;
  long (*attempt)();
};

const Probe kProbes[] = {
    {"socket AF_INET", [] { return Socket(AF_INET); }},
    {"socket AF_INET6", [] { return Socket(AF_INET6); }},
    {"socket AF_UNIX", [] { return Socket(AF_UNIX); }},
    {"socket AF_NETLINK", [] { return Socket(AF_NETLINK, SOCK_RAW, 12); }},
    {"socket AF_PACKET", [] { return Socket(AF_PACKET, SOCK_RAW); }},
    {"socket AF_VSOCK", [] { return Socket(AF_VSOCK, SOCK_STREAM); }},
    {"socket AF_ALG", [] { return Socket(AF_ALG, SOCK_SEQPACKET); }},
    {"socket AF_BLUETOOTH", [] { return Socket(AF_BLUETOOTH, SOCK_RAW, 1); }},
    {"socket AF_KCM", [] { return Socket(AF_KCM); }},
    {"io_uring_setup",
     [] { return Call(SYS_io_uring_setup, 1, Pointer(memory)); }},
    {"userfaultfd", [] { return Call(SYS_userfaultfd, 1); }},
    {"unshare CLONE_NEWUSER", [] { return Call(SYS_unshare, CLONE_NEWUSER); }},
    {"unshare CLONE_NEWNS", [] { return Call(SYS_unshare, CLONE_NEWNS); }},
    {"clone CLONE_NEWUSER", [] { return Clone(CLONE_NEWUSER | 17); }},
    {"clone CLONE_NEWPID", [] { return Clone(CLONE_NEWPID | 17); }},
    {"clone3", Clone3},
    {"setns",
     [] { return Call(SYS_setns, Call(SYS_pidfd_open, getpid()), 0); }},
    {"keyctl",
     [] { return Call(SYS_keyctl, KEYCTL_GET_KEYRING_ID, -3, 1); }},
    {"add_key",
     [] {
       return Call(SYS_add_key, Pointer("user"), Pointer("k"), Pointer("v"), 1,
                   -3);
     }},
    {"request_key",
     [] { return Call(SYS_request_key, Pointer("user"), Pointer("k")); }},
    {"ptrace", [] { return Call(SYS_ptrace, PTRACE_TRACEME); }},
    {"process_vm_readv", ReadOneself},
    {"kcmp", [] { return Call(SYS_kcmp, getpid(), getpid(), 0, 0, 0); }},
    {"pidfd_open", [] { return Call(SYS_pidfd_open, getpid()); }},
    {"pidfd_getfd",
     [] {
       return Call(SYS_pidfd_getfd, Call(SYS_pidfd_open, getpid()), 0, 0);
     }},
    {"bpf", [] { return Call(SYS_bpf, 0, Pointer(memory), 64); }},
    {"perf_event_open", Perf},
    {"seccomp", [] { return Call(SYS_seccomp, 2, 0, Pointer(memory)); }},
    {"int80", Int80},
    {"x32", [] { return Call(0x40000000 | SYS_getpid); }},
    {"personality",
     [] { return Call(SYS_personality, READ_IMPLIES_EXEC); }},
    {"modify_ldt", [] { return Call(SYS_modify_ldt, 0, Pointer(memory), 16); }},
    {"iopl", [] { return Call(SYS_iopl, 3); }},
    {"ioperm", [] { return Call(SYS_ioperm, 0x80, 1, 1); }},
    {"mount",
     [] {
       return mount("tmpfs", "/tmp", "tmpfs", 0, nullptr) == 0 ? 0L : -1L;
     }},
    {"umount", [] { return Call(SYS_umount2, Pointer("/tmp"), 2); }},
    {"pivot_root",
     [] { return Call(SYS_pivot_root, Pointer("."), Pointer(".")); }},
    {"chroot", [] { return Call(SYS_chroot, Pointer("/w")); }},
    {"fsopen", [] { return Call(SYS_fsopen, Pointer("tmpfs"), 0); }},
    {"open_tree", [] { return Call(SYS_open_tree, AT_FDCWD, Pointer("/"), 1); }},
    {"name_to_handle_at", Handle},
    {"open_by_handle_at", OpenHandle},
    {"mknod",
     [] {
       return static_cast<long>(mknod("/w/null", S_IFCHR, makedev(1, 3)));
     }},
    {"F_SETLEASE", Lease},
    {"F_OFD_SETLK", [] { return Lock(F_OFD_SETLK); }},
    {"F_SETLK", [] { return Lock(F_SETLK); }},
    {"flock",
     [] {
       return static_cast<long>(
           flock(open("/usr/bin/true", O_RDONLY), LOCK_SH));
     }},
    {"shmget", [] { return Call(SYS_shmget, IPC_PRIVATE, 4096, 0600); }},
    {"memfd_create", [] { return Call(SYS_memfd_create, Pointer("m"), 0); }},
    {"inotify_init", [] { return Call(SYS_inotify_init1, 0); }},
    {"fanotify_init", [] { return Call(SYS_fanotify_init, 0x200, 0); }},
    {"/proc/1/environ", [] { return Read("/proc/1/environ"); }},
    {"/proc/kallsyms", [] { return Read("/proc/kallsyms"); }},
    {"/proc/version", [] { return Read("/proc/version"); }},
};

constexpr int kCount = sizeof(kProbes) / sizeof(kProbes[0]);

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::printf("%d\n", kCount);
    return 0;
  }
  const Probe& probe = kProbes[std::atoi(argv[1]) % kCount];
  std::printf("%s ", probe.name);
  std::fflush(stdout);
  errno = 0;
  const bool succeeded = probe.attempt() >= 0;
  std::printf("%s\n", succeeded ? "succeeded" : std::strerror(errno));
}
