#include "trainer/serve/reward_exchange.h"

#include <boost/json/object.hpp>
#include <cmath>

#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/json_text.h"
#include "verifier/protocol/strict_json.h"

namespace trainer::serve {
namespace {

namespace json = boost::json;
namespace protocol = verifier::protocol;

constexpr protocol::Field kId{.name = "id"};
constexpr protocol::Field kPrompt{.name = "prompt"};
constexpr protocol::Field kResponse{.name = "response", .required = true};

}  // namespace

ApiResult<RewardAsk> ParseRewardAsk(std::string_view body) {
  const auto parsed = protocol::ParseStrictJson(body);
  if (!parsed) return ApiError(protocol::NotJson(parsed.error()));
  const json::object* object = parsed->if_object();
  if (object == nullptr) {
    return ApiError(400, "the body is {\"id\", \"prompt\", \"response\"}");
  }
  const protocol::Limits limits;
  protocol::FieldReader fields(*object, limits);
  RewardAsk ask;
  if (const auto* id = fields.Text(kId)) ask.id = std::string(*id);
  if (const auto* prompt = fields.Text(kPrompt)) ask.pair.prompt = *prompt;
  if (const auto* text = fields.Text(kResponse)) ask.pair.response = *text;
  if (fields.error()) return ApiError(protocol::Refusal(fields));
  return ask;
}

double Sigmoid(double logit) {
  if (logit >= 0.0) return 1.0 / (1.0 + std::exp(-logit));
  const double e = std::exp(logit);
  return e / (1.0 + e);
}

ApiResult<std::string> RewardText(const std::optional<std::string>& id,
                                  const BackendResult<double>& logit) {
  json::object answer;
  if (id) answer["id"] = *id;
  if (logit.has_value()) {
    if (!std::isfinite(*logit)) {
      return ApiError(500, "the model's logit is not finite");
    }
    answer["score"] = Sigmoid(*logit);
    answer["detail"] = json::object{{"logit", *logit}};
  } else if (logit.error().kind == BackendErrorKind::kTooLong) {
    answer["score"] = 0.0;
    answer["detail"] = json::object{{"reason", logit.error().detail}};
  } else {
    return ApiError(logit.error());
  }
  return protocol::JsonText(answer);
}

}  // namespace trainer::serve
