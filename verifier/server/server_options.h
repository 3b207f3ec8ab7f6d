// ServerOptions: where assayd listens and what one peer may take. Plain values;
// any thread. Every limit has a flag of the same name (assayd --help).

#ifndef VERIFIER_SERVER_SERVER_OPTIONS_H_
#define VERIFIER_SERVER_SERVER_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "verifier/engine/engine.h"
#include "verifier/protocol/limits.h"

namespace verifier::server {

struct ServerOptions {
  using Milliseconds = std::chrono::milliseconds;

  // A loopback address, without a name lookup. Port 0 picks a free one.
  std::string address = "127.0.0.1";
  std::uint16_t port = 8790;

  // Threads that move bytes, and threads that read and write the JSON of large
  // requests, so that a body of 64 MiB never stands in the way of /livez.
  unsigned io_threads = 2;
  unsigned json_threads = 2;

  // Bodies over this many bytes go to the JSON threads.
  std::size_t large_body_bytes = std::size_t{64} << 10;

  // Open connections. Over it the oldest one that has not completed a request
  // is closed, then the oldest idle one; else the new one is refused.
  std::size_t connections = 10'000;

  // Head: request line and fields. 431, 431, 414.
  std::size_t header_bytes = std::size_t{8} << 10;
  std::size_t header_fields = 100;
  std::size_t uri_bytes = 4'096;

  // Results of one stream that are judged and not yet sent; at it, none of its
  // other items starts until the peer has read.
  std::size_t stream_items = 1'000;

  // All request bodies held at once, from the first byte read to the last byte
  // answered; over it 503.
  std::size_t held_bytes = std::size_t{256} << 20;

  // From the first byte of a head to its last. 408.
  Milliseconds header_timeout{5'000};

  // Between requests, and from connecting to the first byte. Closed silently.
  Milliseconds idle_timeout{60'000};

  // A body, or the reading of an answer, may take this long plus one second for
  // each min_rate bytes moved so far. 408, or closed.
  Milliseconds transfer_timeout{10'000};
  std::size_t min_rate = 1'024;  // bytes per second

  // After an answer that ends the connection, how long what the peer still
  // sends is read and dropped, so that it gets to read the answer.
  Milliseconds linger_timeout{2'000};

  // After the peer closed its sending side, how long its items are still
  // scored: it may be waiting (a half-close), or gone. A reset cancels at once.
  Milliseconds leave_grace{2'000};

  // Between the order to stop (/readyz says so at once) and closing the door;
  // set it to what a load balancer needs to notice.
  Milliseconds drain_delay{0};

  // After that, how long requests in flight may take.
  Milliseconds drain_timeout{30'000};

  // What holds jailed programs, "L0" to "L3"; empty: there is no jail. Said,
  // not set: /metrics.
  std::string jail_level{};

  protocol::Limits limits{};
  engine::EngineOptions engine{};
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SERVER_OPTIONS_H_
