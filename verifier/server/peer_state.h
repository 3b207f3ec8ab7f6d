// PeerState: whether the other end of a TCP connection is still there, without
// reading. Thread-safe: no state.

#ifndef VERIFIER_SERVER_PEER_STATE_H_
#define VERIFIER_SERVER_PEER_STATE_H_

namespace verifier::server {

enum class PeerState {
  kThere,        // or not known
  kDoneSending,  // closed its sending side: it may wait for an answer, or be
                 // gone
  kGone,         // reset
};

// Asks the kernel (TCP_INFO) about `socket`, an open TCP socket; bytes that
// wait to be read do not hide what came after them. Never blocks.
[[nodiscard]] PeerState GetPeerState(int socket) noexcept;

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_PEER_STATE_H_
