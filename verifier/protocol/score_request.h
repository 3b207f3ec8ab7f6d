// ScoreRequest: the items of POST /v1/score, read and checked against Limits.
// Plain values; any thread.
//
// What only a checker can know (its parameters, its gold) is checked later, by
// verifier/engine; this file knows the wire and the limits.

#ifndef VERIFIER_PROTOCOL_SCORE_REQUEST_H_
#define VERIFIER_PROTOCOL_SCORE_REQUEST_H_

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/protocol/field.h"
#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/limits.h"
#include "verifier/protocol/request_error.h"

namespace verifier::protocol {

// The template of an item that names none, and has no profile that does; and
// the weight of such a check.
inline constexpr std::string_view kDefaultTemplate = "r1";
inline constexpr double kDefaultWeight = 1.0;

// One check of an item, or what it adds to one of its profile.
struct CheckSpec {
  std::string checker{};
  std::optional<double> weight{};
  boost::json::object params{};  // the check without `checker` and `weight`
};

// One item to score. Where `error` is set the item is invalid and only `id` is
// to be trusted.
struct Item {
  std::optional<std::string> id{};  // none: it had none that can be echoed
  std::string prompt{};
  std::string response{};
  std::optional<std::string> template_name{};
  std::chrono::milliseconds deadline{10'000};  // of execution, not of the queue
  std::vector<CheckSpec> checks{};
  std::string profile{};  // of the service; empty: `checks` is all there is

  // Set where the response is longer than limits.response_bytes: it was dropped
  // and every check is to say `unreadable` with this reason.
  std::optional<std::string> too_long{};
  std::optional<FieldError> error{};
};

// The body's description: ScoreRequest, Item, Check. A check has the fields of
// its checker, too: Check in /openapi.json is made where those are known.
[[nodiscard]] const ObjectType& ScoreRequestType();
[[nodiscard]] const ObjectType& CheckType();

// Reads a request body `{"items": [...]}`. An item that cannot be used comes
// back with `error` set; the result is an error only where the envelope cannot
// be read. The second of two equal ids is invalid.
[[nodiscard]] boost::system::result<std::vector<Item>, RequestError>
ParseScoreRequest(std::string_view body, const Limits& limits = {});

// Reads one item. Never fails: see Item::error.
[[nodiscard]] Item ParseItem(const boost::json::value& value,
                             const Limits& limits = {});

// The item as JSON, such that ParseItem reads it back equal. Requires: no
// error.
[[nodiscard]] boost::json::object ToJson(const Item& item);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_SCORE_REQUEST_H_
