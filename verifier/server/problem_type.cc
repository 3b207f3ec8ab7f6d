#include "verifier/server/problem_type.h"

#include <algorithm>
#include <array>

namespace verifier::server {
namespace {

constexpr std::array kTypes = {
    ProblemType{"malformed-request", 400, "The request is not well-formed HTTP",
                "The request line, a field or the framing is not as RFC 9112 "
                "has it. The connection is closed, since nobody knows where "
                "the next request begins."},
    ProblemType{"invalid-request", 400, "The request has invalid fields",
                "errors[].pointer is a JSON pointer to the place in the body, "
                "errors[].detail says what is allowed there. /openapi.json "
                "describes the body."},
    ProblemType{"not-found", 404, "There is no such path",
                "Paths are exact. /openapi.json lists them."},
    ProblemType{"method-not-allowed", 405, "The path has other methods",
                "The Allow field of the answer names them."},
    ProblemType{"request-timeout", 408, "The request came too slowly",
                "A head has to be whole within header_timeout, a body keeps "
                "up a least rate. Send again on a new connection."},
    ProblemType{"length-required", 411, "Transfer-Encoding is not accepted",
                "Send the body with one Content-Length."},
    ProblemType{"too-large", 413, "The request is over a limit",
                "The detail names the limit, its value and its unit. Send "
                "less, or ask the operator to raise it (assayd --help)."},
    ProblemType{"target-too-long", 414, "The request target is over a limit",
                "The detail names the limit, its value and its unit."},
    ProblemType{"unsupported-media-type", 415,
                "The body is of another media type",
                "Send plain JSON as Content-Type: application/json, without "
                "a Content-Encoding."},
    ProblemType{"expectation-failed", 417, "The Expect field is not accepted",
                "The only one accepted is 100-continue."},
    ProblemType{"head-too-large", 431, "The head is over a limit",
                "The detail names the limit, its value and its unit."},
    ProblemType{"internal-error", 500, "The service failed",
                "A defect, or no memory. Scoring is pure: send it again."},
    ProblemType{"queue-full", 503, "The queue is full",
                "The items would not fit beside those that wait. Send them "
                "again after the seconds of Retry-After."},
    ProblemType{"bodies-full", 503, "The bodies being read are over a limit",
                "All request bodies together have a bound. Send again after "
                "the seconds of Retry-After."},
    ProblemType{"connections-full", 503, "There is no room for a connection",
                "Every connection is being worked for. Come back after the "
                "seconds of Retry-After."},
    ProblemType{"version-not-supported", 505,
                "The version of HTTP is not spoken here",
                "This service speaks HTTP/1.1 and HTTP/1.0."},
};

}  // namespace

std::span<const ProblemType> ProblemTypes() noexcept { return kTypes; }

const ProblemType* FindProblemType(std::string_view slug) noexcept {
  const auto* const found =
      std::find_if(kTypes.begin(), kTypes.end(),
                   [slug](const ProblemType& t) { return t.slug == slug; });
  return found == kTypes.end() ? nullptr : found;
}

const ProblemType& UsualProblemType(int status) noexcept {
  const auto of = [](int wanted) {
    return std::find_if(
        kTypes.begin(), kTypes.end(),
        [wanted](const ProblemType& t) { return t.status == wanted; });
  };
  const auto* const found = of(status);
  return found != kTypes.end() ? *found : *of(500);
}

std::size_t IndexOf(const ProblemType& type) noexcept {
  return static_cast<std::size_t>(&type - kTypes.data());
}

std::string ProblemTypeText(const ProblemType& type) {
  return std::string(type.slug) + " (HTTP " + std::to_string(type.status) +
         ")\n" + std::string(type.title) + ".\n\n" + std::string(type.help) +
         "\n";
}

}  // namespace verifier::server
