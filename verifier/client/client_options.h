// ClientOptions: how a ScoreClient behaves. Plain values; any thread.

#ifndef VERIFIER_CLIENT_CLIENT_OPTIONS_H_
#define VERIFIER_CLIENT_CLIENT_OPTIONS_H_

#include <chrono>
#include <cstddef>

namespace verifier::client {

struct ClientOptions {
  // Behaviour -----------------------------------------------------------------

  // A call that names no deadline of its own ends after this, answered or not.
  // It covers queueing at the service, all attempts and the waits between.
  std::chrono::milliseconds call_timeout{300'000};

  // Time for one connection to come up.
  std::chrono::milliseconds connect_timeout{5'000};

  // Most times one item is asked.
  unsigned attempts = 4;

  // Wait before the second attempt; doubles with each, up to `backoff_most`,
  // and is drawn from the upper half of that. A longer Retry-After wins.
  std::chrono::milliseconds backoff{100};
  std::chrono::milliseconds backoff_most{5'000};

  // Retries that all calls share: each takes one token, each answered batch
  // gives `retry_earned` back. None left: the call fails at once, so that a
  // service in trouble sees at most about a tenth more requests.
  double retry_tokens = 20.0;
  double retry_earned = 0.1;

  // Largest response that is read, in bytes. Over it: bad_response.
  std::size_t response_bytes = std::size_t{64} << 20;

  // Speed ---------------------------------------------------------------------

  // Most connections, and so most requests in flight.
  std::size_t connections = 8;

  // Most items of one request, and about how many bytes of them. A single item
  // over `batch_bytes` travels alone. The service's own limits hold beside
  // these: where it says 413, the batch is halved.
  std::size_t batch_items = 256;
  std::size_t batch_bytes = std::size_t{8} << 20;
};

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_CLIENT_OPTIONS_H_
