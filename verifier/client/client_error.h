// ClientError: why a call has no answer. Plain values; any thread.

#ifndef VERIFIER_CLIENT_CLIENT_ERROR_H_
#define VERIFIER_CLIENT_CLIENT_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace verifier::client {

// The names (ClientErrorName) go to logs and to the reason of an item.
enum class ClientErrorCode {
  kUnreachable,   // no connection, or it broke each time before an answer
  kDeadline,      // the call's deadline passed
  kOverloaded,    // 408, 429 or 503, each time
  kServerFailed,  // another 5xx, each time
  kRefused,       // another status: the service does not take this request
  kBadResponse,   // an answer that cannot be believed: not asked again
  kStopped,       // the client was destroyed during the call
};

// Stable lower-case name, e.g. "bad_response". Never an empty view.
[[nodiscard]] std::string_view ClientErrorName(ClientErrorCode code) noexcept;

struct ClientError {
  ClientError() = default;
  ClientError(ClientErrorCode code_in, std::string detail_in)
      : code(code_in), detail(std::move(detail_in)) {}

  ClientErrorCode code = ClientErrorCode::kUnreachable;
  std::string detail;  // one sentence for people, at most about 500 bytes
};

// What result<T, ClientError>::value() does with an error: a defect of the
// caller, who must ask first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const ClientError& error,
                                             const boost::source_location&);

template <typename T>
using ClientResult = boost::system::result<T, ClientError>;

// `text` in quotes, escaped as JSON and cut at 100 bytes: the peer's words in a
// message of ours.
[[nodiscard]] std::string Quoted(std::string_view text);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_CLIENT_ERROR_H_
