#include "verifier/server/response.h"

#include <utility>

#include "verifier/server/http_date.h"

namespace verifier::server {

namespace http = boost::beast::http;

http::response<http::string_body> ToResponse(Answer answer,
                                             const std::string& request_id,
                                             bool keep_alive, bool head_only) {
  http::response<http::string_body> response(
      http::int_to_status(static_cast<unsigned>(answer.status)), 11);
  response.set(http::field::date, HttpDate());
  response.set(http::field::content_type, answer.content_type);
  response.set("X-Request-Id", request_id);
  if (!answer.allow.empty()) {
    response.set(http::field::allow, std::string(answer.allow));
  }
  if (answer.retry_after_s != 0) {
    response.set(http::field::retry_after,
                 std::to_string(answer.retry_after_s));
  }
  response.content_length(answer.body.size());
  response.keep_alive(keep_alive);
  if (!head_only) response.body() = std::move(answer.body);
  return response;
}

}  // namespace verifier::server
