// CheckHead: what Beast lets pass and two readers of one connection could
// understand in two ways. Thread-safe: no state.

#ifndef TRAINER_SERVE_HEAD_CHECK_H_
#define TRAINER_SERVE_HEAD_CHECK_H_

#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string>

#include "trainer/serve/api_error.h"

namespace trainer::serve {

// Why a request is refused for its head: 411 any Transfer-Encoding, 400 several
// Content-Lengths, none or several Hosts; of a POST 415 another media type
// than application/json, or a Content-Encoding.
[[nodiscard]] std::optional<ApiError> CheckHead(
    const boost::beast::http::request_header<>& head);

// The head of an answer of server-sent events.
[[nodiscard]] std::string StreamHead(bool chunked, bool last);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_HEAD_CHECK_H_
