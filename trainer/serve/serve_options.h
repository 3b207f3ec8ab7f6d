// ServeOptions: where assay-train serve listens and what its clients may take.
// Plain values; any thread. Every limit has a flag (assay-train serve --help),
// and an error that comes from one names it.

#ifndef TRAINER_SERVE_SERVE_OPTIONS_H_
#define TRAINER_SERVE_SERVE_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace trainer::serve {

struct ServeOptions {
  using Milliseconds = std::chrono::milliseconds;

  // An address, without a name lookup. Port 0 picks a free one. There is no
  // token and no TLS: another address than loopback is open to its network.
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;

  // Open connections; one more gets a 503.
  std::size_t connections = 256;

  // The head of a request: line and fields. 431.
  std::size_t header_bytes = std::size_t{8} << 10;

  // The body of a request (413), and all bodies held at once (503). A response
  // of 4 MiB may take 24 MiB as JSON.
  std::size_t body_bytes = std::size_t{64} << 20;
  std::size_t held_bytes = std::size_t{256} << 20;

  // Requests that wait for the models; one more gets a 503.
  std::size_t queue = 256;

  // Rewards, or completions, of one call to a model: what waits for the same
  // model travels together. A request is never split.
  std::size_t batch = 64;

  // Completions of one request, and tokens of one completion. 400.
  std::size_t choices = 128;
  std::size_t max_tokens = 4'096;

  // From the first byte of a head to its last. 408.
  Milliseconds header_timeout{5'000};

  // Between requests, and from connecting to the first byte. Closed silently.
  Milliseconds idle_timeout{60'000};

  // For a whole body (408), and for each write of an answer (closed).
  Milliseconds transfer_timeout{30'000};

  // After the order to stop, how long requests in flight may take.
  Milliseconds drain_timeout{30'000};
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_SERVE_OPTIONS_H_
