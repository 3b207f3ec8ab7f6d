#include "verifier/server/peer_state.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace verifier::server {

PeerState GetPeerState(int socket) noexcept {
  tcp_info info{};
  socklen_t size = sizeof(info);
  if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) {
    return PeerState::kThere;
  }
  switch (info.tcpi_state) {
    case TCP_CLOSE:
      return PeerState::kGone;
    case TCP_CLOSE_WAIT:
      return PeerState::kDoneSending;
    default:
      return PeerState::kThere;
  }
}

}  // namespace verifier::server
