// Endpoint: where a service listens. A plain value; any thread.

#ifndef VERIFIER_CLIENT_ENDPOINT_H_
#define VERIFIER_CLIENT_ENDPOINT_H_

#include <string>
#include <string_view>

#include "verifier/client/client_error.h"

namespace verifier::client {

struct Endpoint {
  std::string host{};       // name or address, an IPv6 one without brackets
  std::string port = "80";  // decimal
  std::string path{};       // prefix of every route: empty, or "/a/b"
  std::string authority{};  // the Host header: host, with the port if given
};

// Reads `http://HOST[:PORT][/PREFIX]`. Refused, with a detail that says what to
// write instead: no scheme, https (not yet spoken), user names, a query, a
// fragment, port 0 or over 65535.
[[nodiscard]] ClientResult<Endpoint> ParseEndpoint(std::string_view url);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_ENDPOINT_H_
