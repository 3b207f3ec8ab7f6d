// ResponsePart: which part of a response a checker looks at, as its parameter
// "of" says. Pure; thread-safe.

#ifndef REWARDS_RESPONSE_PART_H_
#define REWARDS_RESPONSE_PART_H_

#include <boost/json/object.hpp>
#include <string_view>

#include "rewards/checker.h"
#include "rewards/explanation.h"
#include "rewards/params.h"

namespace rewards {

enum class ResponsePart { kAll, kReasoning, kAnswer };

// "all", "reasoning" or "answer".
[[nodiscard]] std::string_view PartName(ResponsePart part) noexcept;

// The parameter "of", and its schema.
[[nodiscard]] ParamResult<ResponsePart> PartParam(
    const boost::json::object& params, ResponsePart fallback);
[[nodiscard]] boost::json::object PartSchema(ResponsePart fallback);

// The part, by the item's template. Borrows.
[[nodiscard]] std::string_view PartOf(const Submission& submission,
                                      ResponsePart part);

// The step of an explanation that says what PartOf is.
[[nodiscard]] ExplainedStep PartStep(const Submission& submission,
                                     ResponsePart part);

}  // namespace rewards

#endif  // REWARDS_RESPONSE_PART_H_
