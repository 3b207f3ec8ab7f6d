// Response: an Answer with the fields of its head, ready to be written.
// Thread-safe: no state, no I/O.

#ifndef VERIFIER_SERVER_RESPONSE_H_
#define VERIFIER_SERVER_RESPONSE_H_

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>

#include "verifier/server/routes.h"

namespace verifier::server {

// `head_only`: the answer to HEAD, with the length of the body and not the
// body.
[[nodiscard]] boost::beast::http::response<boost::beast::http::string_body>
ToResponse(Answer answer, const std::string& request_id, bool keep_alive,
           bool head_only);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_RESPONSE_H_
