#include "trainer/serve/head_check.h"

#include <boost/beast/core/string.hpp>
#include <string_view>

namespace trainer::serve {
namespace {

namespace http = boost::beast::http;

bool IsJson(std::string_view type) {
  type = type.substr(0, type.find(';'));
  const std::size_t end = type.find_last_not_of(" \t");
  type = type.substr(0, end == std::string_view::npos ? 0 : end + 1);
  return boost::beast::iequals(type, "application/json");
}

}  // namespace

std::optional<ApiError> CheckHead(const http::request_header<>& head) {
  if (head.count(http::field::transfer_encoding) > 0) {
    return ApiError(411,
                    "Transfer-Encoding is not accepted: send the body with a "
                    "Content-Length");
  }
  const std::size_t hosts = head.count(http::field::host);
  if (hosts > 1 || (hosts == 0 && head.version() >= 11)) {
    return ApiError(400, "a request has exactly one Host");
  }
  const std::string_view length = head[http::field::content_length];
  if (head.count(http::field::content_length) > 1 ||
      length.find_first_not_of("0123456789") != std::string_view::npos) {
    return ApiError(400, "a Content-Length is one decimal number, given once");
  }
  if (head.method() != http::verb::post) return std::nullopt;
  if (!IsJson(head[http::field::content_type]) ||
      head.count(http::field::content_encoding) > 0) {
    return ApiError(415,
                    "the body must be plain JSON: Content-Type: "
                    "application/json, without a Content-Encoding");
  }
  return std::nullopt;
}

std::string StreamHead(bool chunked, bool last) {
  std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
      "Cache-Control: no-store\r\n";
  if (chunked) head += "Transfer-Encoding: chunked\r\n";
  if (last) head += "Connection: close\r\n";
  return head + "\r\n";
}

}  // namespace trainer::serve
