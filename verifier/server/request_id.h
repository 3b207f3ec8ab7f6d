// RequestId: the name of one request in answers and logs (X-Request-Id).
// Thread-safe.

#ifndef VERIFIER_SERVER_REQUEST_ID_H_
#define VERIFIER_SERVER_REQUEST_ID_H_

#include <string>
#include <string_view>

namespace verifier::server {

// `sent`, where it is 1 to 128 letters, digits, '.', '_', ':' and '-', so that
// it can be echoed anywhere; else a new UUID of version 7 (RFC 9562).
[[nodiscard]] std::string RequestId(std::string_view sent);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_REQUEST_ID_H_
