#include "verifier/server/framing.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <charconv>
#include <string>
#include <utility>

namespace verifier::server {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t kMethodBytes = 32;

bool IsTokenChar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenChar);
}

bool IsVisible(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < '\x7f'; });
}

bool IsHostChar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') ||
         std::string_view("-._~:[]%").find(c) != std::string_view::npos;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Takes the next line, without its CRLF, off `text`.
std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find("\r\n");
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), line.size() + 2));
  return line;
}

// What the guard collects from the raw lines.
class Guard {
 public:
  explicit Guard(const ServerOptions& options) : options_(options) {}

  std::optional<Problem> Check(std::string_view head) {
    if (auto problem = RequestLine(TakeLine(head))) return problem;
    for (auto line = TakeLine(head); !line.empty(); line = TakeLine(head)) {
      if (auto problem = Field(line)) return problem;
    }
    if (transfer_encodings_ != 0) {
      return Problem(411,
                     "Transfer-Encoding is not accepted: send the body "
                     "with a Content-Length");
    }
    if (hosts_ > 1 || (hosts_ == 0 && !http_1_0_)) {
      return Problem(400, "a request has exactly one Host");
    }
    return Length();
  }

  std::optional<std::uint64_t> length() const { return length_; }
  bool expects_continue() const { return expects_continue_ && !http_1_0_; }

 private:
  std::optional<Problem> RequestLine(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
      return Problem(400, "not a request line of HTTP/1.1");
    }
    const std::string_view method = line.substr(0, first);
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!IsToken(method) || method.size() > kMethodBytes) {
      return Problem(400, "the method is not a token of at most " +
                              std::to_string(kMethodBytes) + " bytes");
    }
    if (target.size() > options_.uri_bytes) {
      return Problem(414, OverLimit("the request target", "uri_bytes",
                                    options_.uri_bytes, "bytes"));
    }
    if (version.size() != 8 || version.substr(0, 5) != "HTTP/") {
      return Problem(400, "not a request line of HTTP/1.1");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
      return Problem(505, "this service speaks HTTP/1.1 and HTTP/1.0");
    }
    if (target.empty() || target.front() != '/' || !IsVisible(target)) {
      return Problem(400, "the request target is not a path of visible ASCII");
    }
    http_1_0_ = version == "HTTP/1.0";
    return std::nullopt;
  }

  std::optional<Problem> Field(std::string_view line) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !IsToken(name)) {
      return Problem(400, "a line of the head is not `name: value`");
    }
    const std::string_view value = Trimmed(line.substr(colon + 1));
    if (beast::iequals(name, "Transfer-Encoding")) ++transfer_encodings_;
    if (beast::iequals(name, "Content-Length")) {
      ++lengths_;
      length_text_ = value;
    }
    if (beast::iequals(name, "Host")) {
      ++hosts_;
      if (!std::all_of(value.begin(), value.end(), IsHostChar)) {
        return Problem(400, "the Host is not a host and port");
      }
    }
    if (beast::iequals(name, "Expect")) {
      if (!beast::iequals(value, "100-continue")) {
        return Problem(417, "the only Expect accepted is 100-continue");
      }
      expects_continue_ = true;
    }
    return std::nullopt;
  }

  std::optional<Problem> Length() {
    if (lengths_ == 0) return std::nullopt;
    std::uint64_t length = 0;
    const char* end = length_text_.data() + length_text_.size();
    const auto read = std::from_chars(length_text_.data(), end, length);
    const bool digits =
        !length_text_.empty() &&
        length_text_.find_first_not_of("0123456789") == std::string_view::npos;
    if (lengths_ > 1 || !digits) {
      return Problem(400, "a Content-Length is one decimal number, given once");
    }
    if (read.ec != std::errc() || length > options_.limits.body_bytes) {
      return Problem(413, OverLimit("the body", "body_bytes",
                                    options_.limits.body_bytes, "bytes"));
    }
    length_ = length;
    return std::nullopt;
  }

  const ServerOptions& options_;
  bool http_1_0_ = false;
  bool expects_continue_ = false;
  int hosts_ = 0;
  int transfer_encodings_ = 0;
  int lengths_ = 0;
  std::string_view length_text_;
  std::optional<std::uint64_t> length_;
};

}  // namespace

std::optional<Problem> ReadHead(std::string_view head,
                                const ServerOptions& options,
                                RequestHead& out) {
  Guard guard(options);
  if (auto problem = guard.Check(head)) return problem;
  // The second opinion. A head is refused where the two do not agree.
  http::request_parser<http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  parser.body_limit(options.limits.body_bytes);
  boost::system::error_code ec;
  const std::size_t read =
      parser.put(boost::asio::buffer(head.data(), head.size()), ec);
  if (ec || read != head.size() || !parser.is_header_done() ||
      parser.chunked() ||
      parser.content_length().value_or(0) != guard.length().value_or(0)) {
    return Problem(400, "the head cannot be read");
  }
  out.keep_alive = parser.keep_alive();
  out.content_length = guard.length().value_or(0);
  out.expects_continue = guard.expects_continue() && out.content_length != 0;
  out.fields = std::move(parser.get().base());
  return std::nullopt;
}

}  // namespace verifier::server
