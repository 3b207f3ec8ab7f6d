#include "user_leg.h"

#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <iterator>

namespace sandbox {
namespace {

constexpr unsigned kNobody = 65534;

bool BecomeNobody() {
  return setgroups(0, nullptr) == 0 &&
         setresgid(kNobody, kNobody, kNobody) == 0 &&
         setresuid(kNobody, kNobody, kNobody) == 0 &&
         prctl(PR_SET_DUMPABLE, 1) == 0;
}

bool RefuseNamespaces() {
  constexpr unsigned kNamespaces = 0x7E020000;
  constexpr auto kNumber = static_cast<unsigned>(offsetof(seccomp_data, nr));
  constexpr auto kFlags = static_cast<unsigned>(offsetof(seccomp_data, args));
  constexpr auto kRefuse = [](unsigned error) {
    return SECCOMP_RET_ERRNO | error;
  };
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber),
      BPF_JUMP(BPF_JMP | BPF_JEQ, SYS_unshare, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ, SYS_clone3, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ, SYS_clone, 0, 2),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kFlags),
      BPF_JUMP(BPF_JMP | BPF_JSET, kNamespaces, 1, 0),
      BPF_STMT(BPF_RET, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET, kRefuse(EPERM)),
      BPF_STMT(BPF_RET, kRefuse(ENOSYS)),
  };
  const sock_fprog program{std::size(filter), filter};
  return (geteuid() == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

bool LoseAdminCapability() {
  if (geteuid() != 0) return true;
  const cap_t capabilities = cap_get_proc();
  const cap_value_t admin = CAP_SYS_ADMIN;
  const bool lost =
      prctl(PR_CAPBSET_DROP, admin, 0, 0, 0) == 0 && capabilities != nullptr &&
      cap_set_flag(capabilities, CAP_EFFECTIVE, 1, &admin, CAP_CLEAR) == 0 &&
      cap_set_flag(capabilities, CAP_PERMITTED, 1, &admin, CAP_CLEAR) == 0 &&
      cap_set_proc(capabilities) == 0;
  cap_free(capabilities);
  return lost;
}

[[noreturn]] void Child(int out, const std::function<std::string()>& body) {
  const std::string text = body();
  const ssize_t wrote = write(out, text.data(), text.size());
  _exit(wrote == static_cast<ssize_t>(text.size()) ? 0 : 1);
}

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  for (;;) {
    const ssize_t got = read(fd, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string RunWithoutNamespaces(Leg leg,
                                 const std::function<std::string()>& body) {
  return RunInChild([&] {
    if (!RefuseNamespaces() || !LoseAdminCapability()) {
      return std::string("cannot be without namespaces");
    }
    return RunLeg(leg, body);
  });
}

bool CanTake(Leg leg) { return leg == Leg::kOrdinary || geteuid() == 0; }

std::string RunLeg(Leg leg, const std::function<std::string()>& body) {
  if (leg == Leg::kRoot || geteuid() != 0) return body();
  return RunInChild([&body] {
    return BecomeNobody() ? body() : std::string("cannot become uid 65534");
  });
}

std::string RunInChild(const std::function<std::string()>& body) {
  int ends[2];
  if (pipe(ends) != 0) return "pipe failed";
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    Child(ends[1], body);
  }
  close(ends[1]);
  std::string text = pid < 0 ? "fork failed" : ReadAll(ends[0]);
  close(ends[0]);
  int status = 0;
  if (pid > 0 && (waitpid(pid, &status, 0) != pid || status != 0)) {
    text += "; the child ended with status " + std::to_string(status);
  }
  return text;
}

}  // namespace sandbox
