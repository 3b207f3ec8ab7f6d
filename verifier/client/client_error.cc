#include "verifier/client/client_error.h"

#include <stdexcept>

#include "verifier/protocol/json_text.h"

namespace verifier::client {

std::string_view ClientErrorName(ClientErrorCode code) noexcept {
  switch (code) {
    case ClientErrorCode::kUnreachable:
      return "unreachable";
    case ClientErrorCode::kDeadline:
      return "deadline";
    case ClientErrorCode::kOverloaded:
      return "overloaded";
    case ClientErrorCode::kServerFailed:
      return "server_failed";
    case ClientErrorCode::kRefused:
      return "refused";
    case ClientErrorCode::kBadResponse:
      return "bad_response";
    case ClientErrorCode::kStopped:
      return "stopped";
  }
  return "unreachable";
}

void throw_exception_from_error(const ClientError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.detail);
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMostBytes = 100;
  std::string quoted;
  protocol::AppendJsonString(text.substr(0, kMostBytes), quoted);
  if (text.size() > kMostBytes) quoted += "...";
  return quoted;
}

}  // namespace verifier::client
