// Retry: when to ask again, and how often at most. Not thread-safe: one object
// a client, on its strand.

#ifndef VERIFIER_CLIENT_RETRY_H_
#define VERIFIER_CLIENT_RETRY_H_

#include <chrono>
#include <optional>
#include <random>
#include <string_view>

#include "verifier/client/client_options.h"

namespace verifier::client {

class Retry {
 public:
  explicit Retry(const ClientOptions& options);

  // Takes a token. False: none left, do not ask again.
  [[nodiscard]] bool TakeToken();

  // An answered batch gives a part of a token back.
  void Earn();

  // How long to wait after `failures` (>= 1) failures in a row: exponential
  // with jitter, and never less than `retry_after`.
  [[nodiscard]] std::chrono::milliseconds Delay(
      unsigned failures, std::optional<std::chrono::seconds> retry_after);

  [[nodiscard]] double tokens() const { return tokens_; }

 private:
  ClientOptions options_;
  double tokens_;
  std::minstd_rand random_;
};

// The value of a Retry-After header in seconds, at most a day. None where it is
// no number of seconds (a date is not read: clocks differ).
[[nodiscard]] std::optional<std::chrono::seconds> ParseRetryAfter(
    std::string_view value);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_RETRY_H_
