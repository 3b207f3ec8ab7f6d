// EqualRequest: POST /v1/equal, read and checked against Limits. Plain values;
// any thread.

#ifndef VERIFIER_PROTOCOL_EQUAL_REQUEST_H_
#define VERIFIER_PROTOCOL_EQUAL_REQUEST_H_

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/protocol/field.h"
#include "verifier/protocol/limits.h"
#include "verifier/protocol/request_error.h"

namespace verifier::protocol {

// Answers to hold against each other, each read as `math` reads a gold.
struct EqualRequest {
  std::vector<std::pair<std::string, std::string>> pairs{};
  boost::json::object policy{};  // of `math`; its names are the checker's
};

// The body's description.
[[nodiscard]] const ObjectType& EqualRequestType();

// Reads `{"pairs": [[a, b], ...], "policy": {}}`. A pair counts as two items:
// over limit.items is 413.
[[nodiscard]] boost::system::result<EqualRequest, RequestError>
ParseEqualRequest(std::string_view body, const Limits& limits = {});

struct EqualResult {
  // Fails closed: none, nobody knows.
  std::optional<bool> equal{};
  std::string evidence = "undecided";
  std::string reason{};  // for people; empty: left out
};

// The answer's description.
[[nodiscard]] const ObjectType& EqualResponseType();

// `{"results": [{"equal", "evidence", "reason"}]}` as text.
[[nodiscard]] std::string EqualResponseText(
    const std::vector<EqualResult>& results);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_EQUAL_REQUEST_H_
