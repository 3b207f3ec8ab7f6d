#include "user_leg.h"

#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace sandbox {
namespace {

constexpr unsigned kNobody = 65534;

bool BecomeNobody() {
  return setgroups(0, nullptr) == 0 &&
         setresgid(kNobody, kNobody, kNobody) == 0 &&
         setresuid(kNobody, kNobody, kNobody) == 0 &&
         prctl(PR_SET_DUMPABLE, 1) == 0;
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
