#include "verifier/cli/wakeup.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>

namespace verifier::cli {
namespace {

std::atomic<bool> interrupt_seen = false;
std::atomic<int> interrupt_fd = -1;

void Signal(int fd) noexcept {
  const std::uint64_t one = 1;
  // Full means that it is awake already.
  static_cast<void>(!write(fd, &one, sizeof(one)));
}

extern "C" void OnInterrupt(int) {
  const int error = errno;
  interrupt_seen = true;
  Signal(interrupt_fd);
  errno = error;
}

}  // namespace

Wakeup::Wakeup() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (fd_ < 0)
    throw std::system_error(errno, std::generic_category(), "eventfd");
}

Wakeup::~Wakeup() {
  if (catches_) std::signal(SIGINT, SIG_DFL);
  close(fd_);
}

void Wakeup::Wake() const noexcept { Signal(fd_); }

void Wakeup::Wait(int other_fd, int timeout_ms) const {
  pollfd descriptors[] = {{fd_, POLLIN, 0}, {other_fd, POLLIN, 0}};
  if (poll(descriptors, 2, timeout_ms) <= 0) return;
  std::uint64_t count = 0;
  static_cast<void>(!read(fd_, &count, sizeof(count)));
}

void Wakeup::CatchInterrupt() {
  catches_ = true;
  interrupt_fd = fd_;
  struct sigaction action {};
  action.sa_handler = OnInterrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, nullptr);
}

bool Wakeup::interrupted() noexcept { return interrupt_seen; }

}  // namespace verifier::cli
