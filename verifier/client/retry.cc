#include "verifier/client/retry.h"

#include <algorithm>
#include <charconv>

namespace verifier::client {

Retry::Retry(const ClientOptions& options)
    : options_(options),
      tokens_(options.retry_tokens),
      random_(std::random_device()()) {}

bool Retry::TakeToken() {
  if (tokens_ < 1.0) return false;
  tokens_ -= 1.0;
  return true;
}

void Retry::Earn() {
  tokens_ = std::min(options_.retry_tokens, tokens_ + options_.retry_earned);
}

std::chrono::milliseconds Retry::Delay(
    unsigned failures, std::optional<std::chrono::seconds> retry_after) {
  std::chrono::milliseconds most = options_.backoff;
  for (unsigned i = 1; i < failures && most < options_.backoff_most; ++i) {
    most *= 2;
  }
  most = std::min(most, options_.backoff_most);
  std::uniform_int_distribution<std::chrono::milliseconds::rep> draw(
      most.count() / 2, most.count());
  const std::chrono::milliseconds backoff(draw(random_));
  // After a push-back clients must not all come back in the same moment.
  return retry_after ? *retry_after + backoff : backoff;
}

std::optional<std::chrono::seconds> ParseRetryAfter(std::string_view value) {
  constexpr long kMostSeconds = 86'400;
  long seconds = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, seconds);
  if (error != std::errc() || stop != end || seconds < 0 ||
      seconds > kMostSeconds) {
    return std::nullopt;
  }
  return std::chrono::seconds(seconds);
}

}  // namespace verifier::client
