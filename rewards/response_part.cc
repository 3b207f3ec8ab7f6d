#include "rewards/response_part.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "rewards/answer_part.h"

namespace rewards {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"all", "reasoning",
                                                    "answer"};

}  // namespace

std::string_view PartName(ResponsePart part) noexcept {
  switch (part) {
    case ResponsePart::kReasoning:
      return kNames[1];
    case ResponsePart::kAnswer:
      return kNames[2];
    case ResponsePart::kAll:
      break;
  }
  return kNames[0];
}

ParamResult<ResponsePart> PartParam(const boost::json::object& params,
                                    ResponsePart fallback) {
  const auto name = ChoiceParam(params, "of", kNames, PartName(fallback));
  if (!name) return name.error();
  if (*name == kNames[1]) return ResponsePart::kReasoning;
  return *name == kNames[2] ? ResponsePart::kAnswer : ResponsePart::kAll;
}

boost::json::object PartSchema(ResponsePart fallback) {
  return {{"enum", boost::json::array(kNames.begin(), kNames.end())},
          {"default", PartName(fallback)}};
}

std::string_view PartOf(const Submission& submission, ResponsePart part) {
  if (part == ResponsePart::kAll) return submission.response;
  const format::Transcript parts = PartsOf(submission);
  return part == ResponsePart::kAnswer ? parts.answer : parts.reasoning;
}

ExplainedStep PartStep(const Submission& submission, ResponsePart part) {
  return {"part", std::string(PartName(part)) + " of the response",
          PlaceOf(PartOf(submission, part), submission.response)};
}

}  // namespace rewards
