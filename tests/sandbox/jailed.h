// Jailed: assay-jail as a child of a test, and which processes are left of it.

#ifndef TESTS_SANDBOX_JAILED_H_
#define TESTS_SANDBOX_JAILED_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <vector>

namespace sandbox {

inline constexpr const char* kPython = "/usr/bin/python3";

// assay-jail as a child of this thread.
class Jailed {
 public:
  explicit Jailed(const std::vector<std::string>& arguments) {
    int in[2];
    int out[2];
    int err[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ||
        pipe2(err, O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe2");
    }
    pid_ = fork();
    if (pid_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      dup2(err[1], 2);
      std::vector<char*> argv = {const_cast<char*>("assay-jail")};
      for (const std::string& argument : arguments) {
        argv.push_back(const_cast<char*>(argument.c_str()));
      }
      argv.push_back(nullptr);
      execv(ASSAY_JAIL, argv.data());
      _exit(99);
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    in_ = in[1];
    out_ = out[0];
    err_ = err[0];
  }
  ~Jailed() {
    CloseInput();
    close(out_);
    close(err_);
    if (!waited_) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
  }
  Jailed(const Jailed&) = delete;
  Jailed& operator=(const Jailed&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  void Write(std::string_view text) const {
    if (write(in_, text.data(), text.size()) < 0) return;
  }
  void CloseInput() {
    if (in_ >= 0) close(in_);
    in_ = -1;
  }
  [[nodiscard]] std::string ReadLine() const {
    std::string line;
    for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }
  [[nodiscard]] static std::string ReadAll(int fd) {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(fd, buffer, sizeof(buffer))) > 0;) {
      text.append(buffer, static_cast<std::size_t>(got));
    }
    return text;
  }
  [[nodiscard]] std::string out() const { return ReadAll(out_); }
  [[nodiscard]] std::string err() const { return ReadAll(err_); }

  // "exit 3" or "signal 9".
  std::string Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    waited_ = true;
    return WIFEXITED(status) ? "exit " + std::to_string(WEXITSTATUS(status))
                             : "signal " + std::to_string(WTERMSIG(status));
  }

 private:
  pid_t pid_ = -1;
  int in_ = -1;
  int out_ = -1;
  int err_ = -1;
  bool waited_ = false;
};

inline std::vector<std::string> Python(const std::string& source,
                                       std::vector<std::string> options = {}) {
  options.insert(options.end(), {"--", kPython, "-c", source});
  return options;
}

// A word in an argument vector that no other process has.
inline std::string Marker() {
  static std::atomic<int> count{0};
  return "resident-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

// The processes, zombies aside, that have `marker` among their arguments.
inline std::vector<pid_t> WithMarker(const std::string& marker) {
  std::vector<pid_t> found;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc", ignored)) {
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    if (text.str().find(marker) == std::string::npos) continue;
    found.push_back(std::stoi(entry.path().filename().string()));
  }
  return found;
}

inline bool Vanishes(const std::string& marker) {
  for (int i = 0; i < 3'000; ++i) {
    if (WithMarker(marker).empty()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace sandbox

#endif  // TESTS_SANDBOX_JAILED_H_
