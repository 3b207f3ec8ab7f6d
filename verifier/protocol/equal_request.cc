#include "verifier/protocol/equal_request.h"

#include <array>
#include <boost/json/array.hpp>
#include <cstdint>

#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr std::string_view kShape =
    "the body is {\"pairs\": [[a, b], ...], \"policy\": {}}";

constexpr Field kAnswer{.help = "Read as math reads a gold."};
constexpr Field kPair{.type = FieldType::kArray,
                      .must_be = "an array of two strings",
                      .least = 2,
                      .most = 2,
                      .entries = &kAnswer};
constexpr Field kPairs{
    .name = "pairs",
    .type = FieldType::kArray,
    .required = true,
    .help = "Answers to hold against each other; a pair counts as two items.",
    .must_be = "an array of pairs",
    .limit = {"items",
              [](const Limits& l) { return std::uint64_t{l.items / 2}; },
              "pairs"},
    .entries = &kPair};
constexpr Field kPolicy{.name = "policy",
                        .type = FieldType::kObject,
                        .help = "The policy of the checker math."};
constexpr std::array kRequestFields = {kPairs, kPolicy};
constexpr ObjectType kRequest{
    .name = "EqualRequest", .fields = kRequestFields, .allowed = kShape};

constexpr Field kEqual{
    .name = "equal",
    .type = FieldType::kBoolean,
    .required = true,
    .nullable = true,
    .help = "null: not decided, or an answer is unreadable."};
constexpr Field kEvidence{.name = "evidence", .required = true};
constexpr Field kReason{.name = "reason", .help = "For people."};
constexpr std::array kResultFields = {kEqual, kEvidence, kReason};
constexpr ObjectType kResult{.name = "EqualResult", .fields = kResultFields};
constexpr Field kOneResult{.type = FieldType::kObject, .object = &kResult};
constexpr Field kResults{.name = "results",
                         .type = FieldType::kArray,
                         .required = true,
                         .help = "One a pair, in their order.",
                         .entries = &kOneResult};
constexpr std::array kResponseFields = {kResults};
constexpr ObjectType kResponse{.name = "EqualResponse",
                               .fields = kResponseFields};

std::optional<RequestError> ReadPairs(const json::array& array,
                                      EqualRequest& request) {
  request.pairs.reserve(array.size());
  for (std::size_t i = 0; i < array.size(); ++i) {
    const std::string pointer = "/pairs/" + std::to_string(i);
    const json::array* pair = array[i].if_array();
    if (pair == nullptr || pair->size() != 2) {
      return RequestError(400, pointer, "must be " + MustBe(kPair, {}));
    }
    for (std::size_t side = 0; side < 2; ++side) {
      if ((*pair)[side].is_string()) continue;
      return RequestError(400, pointer + "/" + std::to_string(side),
                          "must be " + MustBe(kAnswer, {}));
    }
    request.pairs.emplace_back((*pair)[0].get_string(),
                               (*pair)[1].get_string());
  }
  return std::nullopt;
}

RequestError TooMany(const json::object& envelope, const Limits& limits) {
  const std::size_t pairs = envelope.at(kPairs.name).get_array().size();
  return RequestError(413, "/pairs",
                      "the request has " + std::to_string(pairs) +
                          " pairs, two items each, over limit.items = " +
                          std::to_string(limits.items));
}

}  // namespace

const ObjectType& EqualRequestType() { return kRequest; }
const ObjectType& EqualResponseType() { return kResponse; }

boost::system::result<EqualRequest, RequestError> ParseEqualRequest(
    std::string_view body, const Limits& limits) {
  const auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values});
  if (!parsed) return NotJson(parsed.error());
  const json::object* envelope = parsed->if_object();
  if (envelope == nullptr) return RequestError(400, "", std::string(kShape));
  FieldReader fields(*envelope, limits);
  EqualRequest request;
  if (!fields.OnlyFieldsOf(kRequest)) return Refusal(fields);
  if (const json::object* policy = fields.Object(kPolicy)) {
    request.policy = *policy;
  }
  const json::array* pairs = fields.error() ? nullptr : fields.Array(kPairs);
  if (fields.over_limit()) return TooMany(*envelope, limits);
  if (pairs == nullptr) return Refusal(fields);
  if (auto error = ReadPairs(*pairs, request)) return *error;
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
