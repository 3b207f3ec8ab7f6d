#include "sandbox/zygote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/limits.h"
#include "sandbox/raw_call.h"
#include "sandbox/zygote_image.h"

namespace sandbox {
namespace {

constexpr int kOrdersFd = 3;
constexpr const char* kHook = "/w/sitecustomize.py";
constexpr const char* kLibrary = "/w/zygote.so";
constexpr const char* kInput = "/w/input";

struct HookFile {
  const char* path;
  std::string_view content;
};

// What lies in /w while it starts.
std::vector<HookFile> FilesOf(Interpreter kind) {
  if (kind == Interpreter::kNode) {
    return {{kLibrary, NodeLibrary()}, {kInput, ""}};
  }
  return {{kHook, ZygoteHook()}, {kLibrary, ZygoteLibrary()}, {kInput, ""}};
}

bool Write(const char* path, std::string_view content) {
  const Fd file(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444));
  for (std::size_t done = 0; file && done < content.size();) {
    const ssize_t wrote =
        write(file.get(), content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return static_cast<bool>(file);
}

// An interpreter looks at what its standard streams are once, when it starts:
// they are of the kinds that a run has, a file and two pipes.
bool TakeStreams(int out) {
  const int in = open(kInput, O_RDONLY);
  return in >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2;
}

[[noreturn]] void Become(Interpreter kind,
                         const std::vector<std::string>& words, int orders,
                         int out, const char* const* environment) {
  std::vector<const char*> all;
  for (const char* const* one = environment; *one != nullptr; ++one) {
    all.push_back(*one);
  }
  // The hook takes these back. No fork is to look up what others have.
  all.push_back("LD_BIND_NOW=1");
  all.push_back(kind == Interpreter::kNode ? "LD_PRELOAD=/w/zygote.so"
                                           : "PYTHONPATH=/w");
  if (kind == Interpreter::kNumpy) all.push_back("ASSAY_NUMPY=1");
  all.push_back(nullptr);
  std::vector<const char*> argv;
  for (const std::string& word : words) argv.push_back(word.c_str());
  argv.push_back(nullptr);
  // The C library gives threads what the limit was when it started.
  constexpr rlimit kStack{kStackBytes, kStackBytes};
  setrlimit(RLIMIT_STACK, &kStack);
  if (chdir("/w") == 0 && TakeStreams(out) &&
      (orders == kOrdersFd || dup2(orders, kOrdersFd) == kOrdersFd)) {
    fcntl(kOrdersFd, F_SETFD, 0);
    close_range(kOrdersFd + 1, ~0U, 0);
    execve(argv[0], const_cast<char* const*>(argv.data()),
           const_cast<char* const*>(all.data()));
  }
  _exit(1);
}

}  // namespace

Trouble Zygote::Start(Interpreter kind, const char* const* words,
                      const ZygoteSetup& setup,
                      const char* const* environment) {
  End();
  words_.assign(words, words + OwnWords(kind));
  Trouble trouble;
  for (const HookFile& file : FilesOf(kind)) {
    if (!trouble && !Write(file.path, file.content)) {
      trouble = {Step::kFiles, errno};
    }
  }
  if (!trouble) trouble = Execute(kind, setup, environment);
  for (const HookFile& file : FilesOf(kind)) unlink(file.path);
  gone_ = gone_ || trouble.step == Step::kExec;
  return trouble;
}

Trouble Zygote::Execute(Interpreter kind, const ZygoteSetup& setup,
                        const char* const* environment) {
  int ends[2];
  int pipe_ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
    return {Step::kDescriptors, errno};
  }
  Fd ours(ends[0]);
  Fd theirs(ends[1]);
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return {Step::kDescriptors, errno};
  const Fd read_end(pipe_ends[0]);
  const Fd write_end(pipe_ends[1]);
  const long pid = Call(SYS_clone, SIGCHLD);
  if (pid < 0) return TroubleOf(Step::kFork, pid);
  if (pid == 0) {
    Become(kind, words_, theirs.get(), write_end.get(), environment);
  }
  pid_ = pid;
  theirs.Close();
  constexpr std::chrono::milliseconds kMost = kSetUpTime;
  pollfd ready{ours.get(), POLLIN, 0};
  if (!SendTo(ours.get(), setup) ||
      poll(&ready, 1, static_cast<int>(kMost.count())) != 1 ||
      !ReceiveFrom<char>(ours.get())) {
    End();
    return {Step::kExec, ECHILD};
  }
  orders_ = std::move(ours);
  return {};
}

bool Zygote::Fits(const char* const* words) const {
  for (const std::string& word : words_) {
    if (*words == nullptr || word != *words++) return false;
  }
  return static_cast<bool>(orders_);
}

void Zygote::End() {
  orders_.Close();
  if (pid_ < 0) return;
  kill(static_cast<pid_t>(pid_), SIGKILL);
  while (waitpid(static_cast<pid_t>(pid_), nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

bool Zygote::Run(const RunOrder& order, std::span<const int> fds) {
  if (SendTo(orders_.get(), order, fds)) return true;
  End();
  return false;
}

}  // namespace sandbox
