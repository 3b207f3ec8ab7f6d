#include "rewards/code/relay.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

namespace rewards::code {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

bool IsTransient(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

Relay::Relay(const Side& first, const Side& second)
    : ways_{Way{.from = first.stream,
                .to = second.stream,
                .bytes_left = first.most_bytes},
            Way{.from = second.stream,
                .to = first.stream,
                .bytes_left = second.most_bytes}} {}

void Relay::Hear(Way* way) {
  std::array<char, kReadBytes> buffer;
  while (!way->ended && !way->over) {
    const ssize_t got =
        recv(way->from, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && IsTransient(errno)) return;
    if (got <= 0) {
      way->ended = true;
      return;
    }
    way->bytes_left -= got;
    way->over = way->bytes_left < 0;
    if (!way->deaf) {
      way->pending.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
}

void Relay::Pass(Way* way) {
  while (!way->deaf && !IsPassed(*way)) {
    const ssize_t put =
        send(way->to, way->pending.data() + way->sent,
             way->pending.size() - way->sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put < 0 && IsTransient(errno)) break;
    way->deaf = put < 0;
    if (put > 0) way->sent += static_cast<std::size_t>(put);
  }
  if (way->deaf || IsPassed(*way)) {
    way->pending.clear();
    way->sent = 0;
  }
  if (way->ended && way->pending.empty() && !way->shown) {
    shutdown(way->to, SHUT_WR);
    way->shown = true;
  }
}

bool Relay::Step(int timeout_ms) {
  std::array<pollfd, 2> fds{};
  for (std::size_t side = 0; side < ways_.size(); ++side) {
    const Way& said = ways_[side];
    const Way& told = ways_[1 - side];
    const int events = (said.ended ? 0 : POLLIN) |
                       (told.pending.empty() || told.deaf ? 0 : POLLOUT);
    // poll leaves a negative descriptor alone, but not one of no events.
    fds[side] = {events == 0 ? -1 : said.from, static_cast<short>(events), 0};
  }
  poll(fds.data(), fds.size(), timeout_ms);
  for (Way& way : ways_) Hear(&way);
  if (first_ < 0 && ways_[1].ended) first_ = 1;
  if (first_ < 0 && ways_[0].ended) first_ = 0;
  if (ways_[0].over || ways_[1].over) return false;
  for (Way& way : ways_) Pass(&way);
  return !(ways_[0].ended && ways_[1].ended);
}

}  // namespace rewards::code
