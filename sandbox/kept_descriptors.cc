#include "sandbox/kept_descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "sandbox/raw_call.h"

namespace sandbox {
namespace {

// Their numbers are below this, and of others above it some are free.
constexpr int kMostDescriptors = 64;
constexpr std::size_t kMostWatched = 64;
constexpr std::size_t kMostHeld = 64;  // bytes in a pipe

enum class Kind { kNone, kEpoll, kEvent, kReadEnd, kWriteEnd };

struct Kept {
  Kind kind = Kind::kNone;
  int flags = 0;
  int other = -1;           // the other end of a pipe
  std::uint64_t count = 0;  // of an event; bytes of a pipe
  std::array<char, kMostHeld> bytes{};
};

struct Watched {
  int epoll = -1;  // -1: none
  int fd = -1;
  epoll_event event{};
};

std::mutex mutex;
bool keeps = true;
bool too_many = false;
std::array<Kept, kMostDescriptors> all;
std::array<Watched, kMostWatched> watched;

int AnswerOf(long result) {
  if (result >= 0) return static_cast<int>(result);
  errno = static_cast<int>(-result);
  return -1;
}

void Keep(int fd, const Kept& kept) {
  const std::lock_guard lock(mutex);
  if (fd < 0 || !keeps) return;
  // Whatever had this number has been closed.
  for (Watched& one : watched) {
    if (one.epoll == fd || one.fd == fd) one = {};
  }
  if (fd < kMostDescriptors) {
    all[static_cast<std::size_t>(fd)] = kept;
  } else {
    too_many = true;
  }
}

Watched* Find(int epoll, int fd) {
  for (Watched& one : watched) {
    if (one.epoll == epoll && one.fd == fd) return &one;
  }
  return nullptr;
}

bool IsOpen(int fd) { return fcntl(fd, F_GETFD) >= 0; }

bool IsKept(int fd) {
  struct stat status {};
  const bool in_range = fd >= 0 && fd < kMostDescriptors;
  if (!in_range || fstat(fd, &status) != 0) return false;
  switch (all[static_cast<std::size_t>(fd)].kind) {
    case Kind::kNone:
      return false;
    case Kind::kEpoll:
    case Kind::kEvent:
      return (status.st_mode & S_IFMT) == 0;  // of no file
    case Kind::kReadEnd:
    case Kind::kWriteEnd:
      return S_ISFIFO(status.st_mode);
  }
  return false;
}

bool SaveHeld(int fd, Kept* kept) {
  pollfd ready{fd, POLLIN, 0};
  kept->count = 0;
  if (kept->kind == Kind::kEvent && poll(&ready, 1, 0) == 1) {
    return read(fd, &kept->count, sizeof(kept->count)) == sizeof(kept->count);
  }
  if (kept->kind != Kind::kReadEnd) return true;
  int bytes = 0;
  if (ioctl(fd, FIONREAD, &bytes) != 0) return false;
  kept->count = static_cast<std::uint64_t>(bytes);
  return kept->count <= kMostHeld &&
         (bytes == 0 ||
          read(fd, kept->bytes.data(), kept->count) == ssize_t{bytes});
}

// `made` gets the number `fd`, and what flags of it are kept.
bool Place(int made, int fd, int flags) {
  if (made < 0 || made == fd) return made == fd;
  const bool placed = dup3(made, fd, flags & O_CLOEXEC) == fd;
  close(made);
  return placed;
}

bool RestorePipe(int fd, const Kept& kept) {
  int ends[2];
  if (pipe2(ends, kept.flags) != 0) return false;
  // Out of each other's way.
  for (int& end : ends) {
    const int copy = fcntl(end, F_DUPFD_CLOEXEC, kMostDescriptors);
    close(end);
    end = copy;
  }
  const auto bytes = static_cast<ssize_t>(kept.count);
  return Place(ends[0], fd, kept.flags) &&
         Place(ends[1], kept.other, kept.flags) &&
         write(kept.other, kept.bytes.data(), kept.count) == bytes;
}

bool Restore(int fd, const Kept& kept) {
  switch (kept.kind) {
    case Kind::kEpoll:
      return Place(epoll_create1(kept.flags), fd, kept.flags);
    case Kind::kEvent: {
      const auto count = static_cast<unsigned>(kept.count);
      const int made = AnswerOf(Call(SYS_eventfd2, count, kept.flags));
      return Place(made, fd, kept.flags);
    }
    case Kind::kReadEnd:
      return RestorePipe(fd, kept);
    case Kind::kWriteEnd:  // with the other end
    case Kind::kNone:
      return true;
  }
  return false;
}

}  // namespace

int MakeEpoll(int flags) {
  const int fd = AnswerOf(Call(SYS_epoll_create1, flags));
  Keep(fd, {.kind = Kind::kEpoll, .flags = flags});
  return fd;
}

int MakeEvent(unsigned count, int flags) {
  const int fd = AnswerOf(Call(SYS_eventfd2, count, flags));
  Keep(fd, {.kind = Kind::kEvent, .flags = flags});
  return fd;
}

int MakePipe(int* ends, int flags) {
  const int answer = AnswerOf(Call(SYS_pipe2, ends, flags));
  if (answer != 0) return answer;
  Keep(ends[0], {.kind = Kind::kReadEnd, .flags = flags, .other = ends[1]});
  Keep(ends[1], {.kind = Kind::kWriteEnd, .flags = flags, .other = ends[0]});
  return 0;
}

int ChangeEpoll(int epoll, int operation, int fd, epoll_event* event) {
  const int answer = AnswerOf(Call(SYS_epoll_ctl, epoll, operation, fd, event));
  const std::lock_guard lock(mutex);
  if (answer != 0 || !keeps) return answer;
  Watched* place = Find(epoll, fd);
  if (operation == EPOLL_CTL_DEL) {
    if (place != nullptr) *place = {};
    return answer;
  }
  if (place == nullptr) place = Find(-1, -1);
  if (place == nullptr) {
    too_many = true;
  } else {
    *place = {epoll, fd, *event};
  }
  return answer;
}

bool SaveDescriptors(int known) {
  keeps = false;
  if (too_many) return false;
  for (int fd = STDERR_FILENO + 1; fd < 2 * kMostDescriptors; ++fd) {
    if (fd == known) continue;
    if (!IsOpen(fd)) {
      if (fd < kMostDescriptors) all[static_cast<std::size_t>(fd)] = {};
      continue;
    }
    if (!IsKept(fd)) return false;
    if (!SaveHeld(fd, &all[static_cast<std::size_t>(fd)])) return false;
  }
  return true;
}

bool RestoreDescriptors() {
  int fd = 0;
  for (const Kept& kept : all) {
    if (!Restore(fd++, kept)) return false;
  }
  for (Watched& one : watched) {
    if (one.epoll < 0) continue;
    if (epoll_ctl(one.epoll, EPOLL_CTL_ADD, one.fd, &one.event) != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace sandbox
