#include "tests/verifier/cli_process.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace verifier::cli::testing {
namespace {

[[noreturn]] void Exec(const std::vector<std::string>& argv,
                       const RunOptions& options) {
  std::signal(SIGPIPE, SIG_DFL);
  for (const auto& [name, value] : options.environment) {
    setenv(name.c_str(), value.c_str(), 1);
  }
  if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) {
    _exit(126);
  }
  std::vector<char*> arguments;
  for (const std::string& one : argv) {
    arguments.push_back(const_cast<char*>(one.c_str()));
  }
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

std::string ReadAll(int fd) {
  std::string text;
  char buffer[4096];
  while (true) {
    const ssize_t got = read(fd, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;  // a terminal without a process gives EIO
    text.append(buffer, static_cast<std::size_t>(got));
  }
  close(fd);
  return text;
}

int Wait(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Ran Run(const std::vector<std::string>& argv, const RunOptions& options) {
  int in[2];
  int out[2];
  int err[2];
  if (pipe2(in, O_CLOEXEC) + pipe2(out, O_CLOEXEC) + pipe2(err, O_CLOEXEC) !=
      0) {
    return {};
  }
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    dup2(err[1], STDERR_FILENO);
    Exec(argv, options);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  std::signal(SIGPIPE, SIG_IGN);
  Ran ran;
  std::thread read_out([&] { ran.out = ReadAll(out[0]); });
  std::thread read_err([&] { ran.err = ReadAll(err[0]); });
  if (options.while_running) options.while_running(pid);
  std::string_view input = options.input;
  while (!input.empty()) {
    const ssize_t wrote = write(in[1], input.data(), input.size());
    if (wrote <= 0) break;
    input.remove_prefix(static_cast<std::size_t>(wrote));
  }
  close(in[1]);
  read_out.join();
  read_err.join();
  ran.exit_code = Wait(pid);
  return ran;
}

Ran RunOnTerminal(const std::vector<std::string>& argv,
                  const RunOptions& options) {
  int terminal = -1;
  winsize size{};
  size.ws_row = 40;
  size.ws_col = 120;
  const pid_t pid = forkpty(&terminal, nullptr, nullptr, &size);
  if (pid == 0) Exec(argv, options);
  Ran ran;
  if (options.while_running) options.while_running(pid);
  ran.out = ReadAll(terminal);
  ran.exit_code = Wait(pid);
  return ran;
}

}  // namespace verifier::cli::testing
