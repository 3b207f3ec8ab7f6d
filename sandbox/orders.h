// Orders: what the service, its spawner and the agents of slots tell each
// other. Plain values on SOCK_SEQPACKET sockets; both ends are ours, so they
// trust what they read. README.md has the picture.

#ifndef SANDBOX_ORDERS_H_
#define SANDBOX_ORDERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sandbox/child.h"
#include "sandbox/fd.h"
#include "sandbox/step.h"

namespace sandbox {

// What has started already when a program does (zygote.h).
enum class Interpreter : std::uint8_t { kNone, kPython, kNumpy, kNode };

// To the spawner, with the agent's end of the slot's socket and, at L3, the
// files of its control group (group_member.h).
struct SlotOrder {
  unsigned uid = 0;             // what its programs run as
  std::int64_t work_bytes = 0;  // of /w, and of /tmp, at first
};

// To an agent. kRun comes with the descriptors of RunFds, and is answered on
// the status socket of the run (StatusMessage). kClear ends what runs.
struct RunOrder {
  enum class Kind : std::uint8_t { kRun, kClear };
  Kind kind = Kind::kClear;
  bool fork = false;            // the lock lets it fork
  bool hands_out_work = false;  // a descriptor of /w, with kWork
  bool unbuffered = false;      // PYTHONUNBUFFERED=1
  // Not kNone: argv is OwnWords of it and what the program gets.
  Interpreter interpreter = Interpreter::kNone;
  std::uint32_t argc = 0;
  std::uint32_t files = 0;
  std::uint32_t limit_count = 0;
  std::int64_t work_bytes = 0;
  // Of the control group, where there is one.
  std::int64_t group_bytes = 0;
  std::int64_t group_tasks = 0;
  std::array<ChildLimit, 12> limits{};
};

// In this order. The bundle is a file: argc words that each end with a NUL,
// then for each file a FileHead, its path "/w/...", NUL, and its content.
enum RunFd : std::size_t {
  kInFd,
  kOutFd,
  kErrFd,
  kStateFd,
  kBundleFd,
  kRunFds
};

struct FileHead {
  std::uint64_t bytes = 0;
  std::uint32_t path_bytes = 0;  // without the NUL
  std::uint32_t mode = 0;
};

// From an agent: once when its slot is ready, or why it never will be; and to
// each kClear once nothing of the run is alive.
struct SlotReply {
  enum class Kind : std::uint8_t { kTrouble, kReady, kCleared };
  Kind kind = Kind::kTrouble;
  Trouble trouble{};
};

// From an agent to its keeper: a fresh /w and /tmp. The answer is a Trouble.
struct FreshOrder {
  std::int64_t work_bytes = 0;
  bool makes_files = true;  // HostFiles; of no interest in a tree
};

inline constexpr std::size_t kMostPassed = 8;

// Sends `bytes` with `fds`. False: the other end is gone, or errno says why.
// Blocks while the socket is full.
[[nodiscard]] bool SendBytes(int socket, std::span<const std::byte> bytes,
                             std::span<const int> fds = {});

// Waits for one message of just `bytes.size()` bytes; false at the end of the
// other side and for any other message.
[[nodiscard]] bool ReceiveBytes(int socket, std::span<std::byte> bytes,
                                std::vector<Fd>* fds = nullptr);

template <typename T>
[[nodiscard]] bool SendTo(int socket, const T& message,
                          std::span<const int> fds = {}) {
  return SendBytes(socket, std::as_bytes(std::span(&message, 1)), fds);
}

template <typename T>
[[nodiscard]] std::optional<T> ReceiveFrom(int socket,
                                           std::vector<Fd>* fds = nullptr) {
  T message{};
  if (!ReceiveBytes(socket, std::as_writable_bytes(std::span(&message, 1)),
                    fds)) {
    return std::nullopt;
  }
  return message;
}

}  // namespace sandbox

#endif  // SANDBOX_ORDERS_H_
