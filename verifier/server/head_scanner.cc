#include "verifier/server/head_scanner.h"

#include <algorithm>

namespace verifier::server {
namespace {

// A request line is a method, a target and a version: what is not target.
constexpr std::size_t kRestOfRequestLine = 64;

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
}

}  // namespace

std::optional<Problem> HeadScanner::Scan(std::string_view text) {
  for (; seen_ < text.size() && size_ == 0; ++seen_) {
    if (seen_ == options_.header_bytes) return TooLong();
    if (auto problem = Byte(text[seen_])) return problem;
  }
  return std::nullopt;
}

std::optional<Problem> HeadScanner::Byte(char c) {
  if (IsControl(c)) return Problem(400, "a control character in the head");
  if ((c == '\n') != (last_ == '\r')) {
    return Problem(400, "a line of the head does not end in CR LF");
  }
  const bool starts_line = line_bytes_ == 0;
  if (starts_line && (c == ' ' || c == '\t')) {
    return Problem(400, "a line of the head starts with white space");
  }
  last_ = c;
  ++line_bytes_;
  if (lines_ == 0 && line_bytes_ > options_.uri_bytes + kRestOfRequestLine) {
    return TooLong();
  }
  if (c != '\n') return std::nullopt;
  const bool empty_line = line_bytes_ == 2;
  line_bytes_ = 0;
  if (empty_line && lines_ == 0) {
    return Problem(400, "an empty line in place of a request");
  }
  if (empty_line) {
    size_ = seen_ + 1;
  } else if (++lines_ > options_.header_fields + 1) {
    return Problem(431, OverLimit("the number of fields", "header_fields",
                                  options_.header_fields, "fields"));
  }
  return std::nullopt;
}

std::optional<Problem> HeadScanner::TooLong() const {
  if (lines_ == 0) {
    return Problem(414, OverLimit("the request target", "uri_bytes",
                                  options_.uri_bytes, "bytes"));
  }
  return Problem(431, OverLimit("the head", "header_bytes",
                                options_.header_bytes, "bytes"));
}

}  // namespace verifier::server
