// JsonChecker: is the answer JSON that conforms to a schema? What of JSON
// Schema is held is in rules/json_schema.h, where the JSON of an answer stands
// in rules/json_block.h. Immutable; any thread.
//
// Outcomes: `correct`; `wrong` for JSON that does not conform; `unreadable` for
// no JSON; `timeout` where checking takes over rules::kMaxSchemaSteps steps.
// `detail` is {"reason", "pointer": of the first place that is wrong}.
//
// Parameters: "schema" (required), an object, true or false; "whole" (default
// false): the answer must be JSON and nothing else, no block in a fence; "of" =
// "answer" | "reasoning" | "all".

#ifndef REWARDS_JSON_CHECKER_H_
#define REWARDS_JSON_CHECKER_H_

#include <memory>

#include "rewards/checker.h"

namespace rewards {

[[nodiscard]] std::unique_ptr<const Checker> MakeJsonChecker();

}  // namespace rewards

#endif  // REWARDS_JSON_CHECKER_H_
