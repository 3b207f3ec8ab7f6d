// ReadHead: a complete request head, checked so that everybody who reads it
// finds the same end of the request. Thread-safe: no state, no I/O.
//
// The guard is ours, over the raw lines; Beast then parses what passed. Beast
// 1.81 alone serves a second request after `Transfer-Encoding: gzip` with a
// Content-Length, accepts `Content-Length: 3, 3`, two Hosts and none, and dies
// of a long trailer: it never sees a body or a chunk here.

#ifndef VERIFIER_SERVER_FRAMING_H_
#define VERIFIER_SERVER_FRAMING_H_

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "verifier/server/problem.h"
#include "verifier/server/server_options.h"

namespace verifier::server {

struct RequestHead {
  boost::beast::http::request_header<> fields{};
  std::uint64_t content_length = 0;  // bytes of the body; 0: none
  bool keep_alive = false;
  bool expects_continue = false;  // waits for 100 before it sends the body
};

// Reads `head`, which HeadScanner found complete, into `out`. Returns the
// reason to refuse, after which the connection must end:
//   400  not a request line, not a field, none or several Hosts, a
//        Content-Length that is not one plain decimal number
//   411  any Transfer-Encoding
//   413  a Content-Length over limits.body_bytes
//   414  a target over uri_bytes
//   417  an Expect other than 100-continue
//   505  a version other than 1.0 and 1.1
[[nodiscard]] std::optional<Problem> ReadHead(std::string_view head,
                                              const ServerOptions& options,
                                              RequestHead& out);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_FRAMING_H_
