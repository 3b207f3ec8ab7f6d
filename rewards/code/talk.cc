#include "rewards/code/talk.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "rewards/code/wire.h"

namespace rewards::code {
namespace {

using Clock = std::chrono::steady_clock;

// What a program that nobody listens to may take to end by itself.
constexpr std::chrono::milliseconds kFarewell{20};

// True: something may be done with `fd`. False: not until `end`.
bool Await(int fd, short events, Clock::time_point end) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{fd, events, 0};
    const int wait = static_cast<int>(std::min<long>(left.count(), 60'000));
    if (poll(&waiting, 1, wait) > 0) return true;
  }
}

// False: not all of `bytes` went until `end`; `silence` says why.
bool SendAll(int fd, std::string_view bytes, Clock::time_point end,
             Silence* silence) {
  while (!bytes.empty()) {
    const ssize_t sent =
        send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      if (Await(fd, POLLOUT, end)) continue;
      *silence = Silence::kLate;
      return false;
    }
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

// False: not all of `size` bytes came until `end`; `silence` says why.
bool ReceiveAll(int fd, char* place, std::size_t size, Clock::time_point end,
                Silence* silence) {
  while (size > 0) {
    if (!Await(fd, POLLIN, end)) {
      *silence = Silence::kLate;
      return false;
    }
    const ssize_t got = recv(fd, place, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    place += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

Talk::Talk(const sandbox::Runner& runner, sandbox::Program program,
           const sandbox::RunLimits& limits, Clock::time_point deadline)
    : talker_(runner, std::move(program), limits, {.deadline = deadline}),
      open_(talker_.Start()) {
  if (!open_) failed_.failure = kNoTalk;
}

bool Talk::Send(std::string_view payload, std::chrono::microseconds wait) {
  return open_ && payload.size() <= kMaxFrameBytes &&
         SendAll(talker_.stream(), Framed(payload), Clock::now() + wait,
                 &silence_);
}

std::optional<std::string> Talk::Receive(std::chrono::microseconds wait) {
  if (!open_) return std::nullopt;
  const Clock::time_point end = Clock::now() + wait;
  char head[4];
  if (!ReceiveAll(talker_.stream(), head, sizeof(head), end, &silence_)) {
    return std::nullopt;
  }
  std::size_t size = 0;
  for (std::size_t i = sizeof(head); i-- > 0;) {
    size = size << 8 | static_cast<unsigned char>(head[i]);
  }
  if (size == 0 || size > kMaxFrameBytes) {
    silence_ = Silence::kBroken;
    return std::nullopt;
  }
  // It grows with what came: nobody says 16 MiB and sends none.
  constexpr std::size_t kPart = 1 << 16;
  std::string payload;
  while (payload.size() < size) {
    const std::size_t have = payload.size();
    payload.resize(std::min(size, have + std::max(kPart, have)));
    if (!ReceiveAll(talker_.stream(), payload.data() + have,
                    payload.size() - have, end, &silence_)) {
      return std::nullopt;
    }
  }
  return payload;
}

const sandbox::RunResult* Talk::Ended() {
  const bool ended = !open_ || talker_.done();
  const sandbox::RunResult& result = End();
  return ended ? &result : nullptr;
}

const sandbox::RunResult& Talk::End() {
  if (open_ && !talker_.done()) {
    shutdown(talker_.stream(), SHUT_WR);
    pollfd gone{talker_.stream(), POLLRDHUP, 0};
    poll(&gone, 1, static_cast<int>(kFarewell.count()));
  }
  open_ = false;
  talker_.Cancel();
  talker_.Join();
  return talker_.done() ? talker_.result() : failed_;
}

}  // namespace rewards::code
