#include "verifier/server/ndjson.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <charconv>
#include <optional>

#include "verifier/server/http_date.h"

namespace verifier::server {
namespace {

// A weight of RFC 9110, section 12.4.2: at most three digits after the point.
// What is none weighs nothing.
double Quality(std::string_view text) {
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto read =
      std::from_chars(text.data(), end, value, std::chars_format::fixed);
  const bool good =
      read.ec == std::errc() && read.ptr == end && value >= 0.0 && value <= 1.0;
  return good ? value : 0.0;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The part of `text` before `end`; the rest, after it, stays in `text`.
std::string_view Split(std::string_view& text, char end) {
  const std::size_t place = std::min(text.find(end), text.size());
  const std::string_view part = text.substr(0, place);
  text.remove_prefix(std::min(place + 1, text.size()));
  return Trimmed(part);
}

// The quality that `accept` gives `type`; none where it does not name it.
std::optional<double> QualityOf(std::string_view accept,
                                std::string_view type) {
  while (!accept.empty()) {
    std::string_view range = Split(accept, ',');
    if (!boost::beast::iequals(Split(range, ';'), type)) continue;
    double quality = 1.0;
    while (!range.empty()) {
      std::string_view parameter = Split(range, ';');
      const std::string_view name = Split(parameter, '=');
      if (boost::beast::iequals(name, "q")) {
        quality = Quality(Trimmed(parameter));
      }
    }
    return quality;
  }
  return std::nullopt;
}

}  // namespace

bool PrefersNdjson(std::string_view accept) {
  const auto lines = QualityOf(accept, "application/x-ndjson");
  if (!lines || *lines <= 0.0) return false;
  return *lines >= QualityOf(accept, "application/json").value_or(0.0);
}

std::string StreamHead(std::string_view request_id, bool chunked,
                       bool keep_alive) {
  return fmt::format(
      "HTTP/1.1 200 OK\r\nDate: {}\r\nContent-Type: application/x-ndjson\r\n"
      "X-Request-Id: {}\r\n{}{}\r\n",
      HttpDate(), request_id, chunked ? "Transfer-Encoding: chunked\r\n" : "",
      keep_alive ? "" : "Connection: close\r\n");
}

std::string Chunk(std::string_view text) {
  return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

std::string DoneLine(std::size_t items) {
  return fmt::format("{{\"done\": true, \"items\": {}}}\n", items);
}

}  // namespace verifier::server
