#include "verifier/client/read_replies.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::client {
namespace {

namespace json = boost::json;

ClientError Lie(const std::string& what) {
  return ClientError(ClientErrorCode::kBadResponse,
                     "the server's answer " + what);
}

}  // namespace

// The error that an HTTP status other than 200 means.
ClientError FromStatus(const HttpReply& reply) {
  const unsigned status = reply.status;
  std::string detail = "the server answered " + std::to_string(status);
  if (!reply.body.empty()) detail += ": " + Quoted(reply.body);
  ClientErrorCode code = ClientErrorCode::kRefused;
  if (status == 408 || status == 429 || status == 503) {
    code = ClientErrorCode::kOverloaded;
  } else if (status >= 500) {
    code = ClientErrorCode::kServerFailed;
  } else if (status < 400) {
    code = ClientErrorCode::kBadResponse;
  }
  return ClientError(code, std::move(detail));
}

ClientResult<json::value> ReadJson(const HttpReply& reply) {
  if (reply.status != 200) return FromStatus(reply);
  if (!reply.complete) {
    return ClientError(ClientErrorCode::kUnreachable,
                       "the server's answer was cut");
  }
  auto value = protocol::ParseStrictJson(reply.body);
  if (!value) return Lie("is not strict JSON: " + value.error().detail);
  return std::move(*value);
}

ClientResult<bool> ReadReady(const HttpReply& reply) {
  if (reply.status == 200) return true;
  if (reply.status == 503) return false;
  return FromStatus(reply);
}

std::string EqualBody(const std::vector<AnswerPair>& pairs) {
  json::array array;
  for (const auto& [a, b] : pairs) array.push_back(json::array{a, b});
  return protocol::JsonText(json::object{{"pairs", std::move(array)}});
}

ClientResult<Equalities> ReadEqualities(const HttpReply& reply,
                                        std::size_t count) {
  const auto value = ReadJson(reply);
  if (!value) return value.error();
  const json::object* object = value->if_object();
  const json::value* results =
      object != nullptr ? object->if_contains("results") : nullptr;
  if (results == nullptr || !results->is_array() ||
      results->get_array().size() != count) {
    return Lie("has not one result a pair");
  }
  Equalities equalities;
  for (const json::value& one : results->get_array()) {
    const json::object* result = one.if_object();
    const json::value* equal =
        result != nullptr ? result->if_contains("equal") : nullptr;
    if (equal == nullptr || !(equal->is_bool() || equal->is_null())) {
      return Lie("has a result without equal");
    }
    equalities.push_back(equal->is_bool() ? std::optional(equal->get_bool())
                                          : std::nullopt);
  }
  return equalities;
}

}  // namespace verifier::client
