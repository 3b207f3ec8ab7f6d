#include "verifier/protocol/equal_request.h"

#include <boost/json/array.hpp>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr const char* kShape =
    "the body is {\"pairs\": [[a, b], ...], \"policy\": {}}";

std::optional<RequestError> ReadPairs(const json::array& array,
                                      EqualRequest& request) {
  request.pairs.reserve(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string pointer = "/pairs/" + std::to_string(i);
    const json::array* pair = array[i].if_array();
    if (pair == nullptr || pair->size() != 2) {
      return RequestError(400, pointer, "must be an array of two strings");
    }
    for (std::size_t side = 0; side < 2; ++side) {
      if ((*pair)[side].is_string()) continue;
      return RequestError(400, pointer + "/" + std::to_string(side),
                          "must be a string");
    }
    request.pairs.emplace_back((*pair)[0].get_string(),
                               (*pair)[1].get_string());
  }
  return std::nullopt;
}

}  // namespace

boost::system::result<EqualRequest, RequestError> ParseEqualRequest(
    std::string_view body, const Limits& limits) {
  auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values});
  if (!parsed) {
    return RequestError(400, parsed.error().pointer,
                        parsed.error().detail + " (at byte " +
                            std::to_string(parsed.error().offset) + ")");
  }
  const json::object* envelope = parsed->if_object();
  if (envelope == nullptr) return RequestError(400, "", kShape);
  for (const auto& member : *envelope) {
    if (member.key() == "pairs" || member.key() == "policy") continue;
    return RequestError(400, PointerToken(member.key()),
                        std::string("unknown field; ") + kShape);
  }
  EqualRequest request;
  if (const json::value* policy = envelope->if_contains("policy")) {
    if (!policy->is_object()) {
      return RequestError(400, "/policy", "must be an object");
    }
    request.policy = policy->get_object();
  }
  const json::value* pairs = envelope->if_contains("pairs");
  if (pairs == nullptr || !pairs->is_array()) {
    return RequestError(400, "/pairs", "required: an array of pairs");
  }
  if (pairs->get_array().size() > limits.items / 2) {
    return RequestError(413, "/pairs",
                        "the request has " +
                            std::to_string(pairs->get_array().size()) +
                            " pairs, two items each, over limit.items = " +
                            std::to_string(limits.items));
  }
  if (auto error = ReadPairs(pairs->get_array(), request)) return *error;
  return request;
}

std::string EqualResponseText(const std::vector<EqualResult>& results) {
  json::object response;
  json::array& array = response["results"].emplace_array();
  array.reserve(results.size());
  for (const EqualResult& result : results) {
    json::object one;
    one["equal"] = result.equal ? json::value(*result.equal) : nullptr;
    one["evidence"] = result.evidence;
    if (!result.reason.empty()) one["reason"] = result.reason;
    array.push_back(std::move(one));
  }
  return JsonText(response);
}

}  // namespace verifier::protocol
