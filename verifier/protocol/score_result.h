// ScoreResult: what POST /v1/score answers for one item. Plain values; any
// thread. A default-constructed result is `not_judged` and earns nothing.

#ifndef VERIFIER_PROTOCOL_SCORE_RESULT_H_
#define VERIFIER_PROTOCOL_SCORE_RESULT_H_

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/protocol/score_request.h"

namespace verifier::protocol {

// The names (StatusName) are the wire's.
enum class Status {
  kNotJudged,  // a weighted check was not judged; reward is null
  kOk,
  kInvalid,    // the item cannot be used; reward is null, checks is empty
  kCancelled,  // the caller left before its turn; reward is null
};

[[nodiscard]] std::string_view StatusName(Status status) noexcept;

struct CheckResult {
  std::string checker{};
  std::string outcome = "not_judged";  // a name of CONTRACT.md's outcomes
  std::optional<double> score{};       // none: not judged
  double weight = 1.0;
  std::string gate{};      // "open", "closed", "unknown"; empty: left out
  std::string evidence{};  // empty: left out
  boost::json::object detail{};
  std::int64_t elapsed_us = 0;
};

struct ScoreResult {
  std::optional<std::string> id{};
  Status status = Status::kNotJudged;
  std::optional<double> reward{};  // set only where status is kOk
  std::int64_t queue_us = 0;
  std::int64_t exec_us = 0;
  std::vector<CheckResult> checks{};
  std::optional<FieldError> error{};  // set only where status is kInvalid
};

// Sum of weight x score where every check with a weight other than 0 was
// judged, else none. Also none where the sum is not finite.
[[nodiscard]] std::optional<double> Reward(
    const std::vector<CheckResult>& checks);

// What the wire has: ScoreResponse, ScoreResult, CheckResult, ItemError. And
// the last line of a stream.
[[nodiscard]] const ObjectType& ScoreResponseType();
[[nodiscard]] const ObjectType& ScoreResultType();
[[nodiscard]] const ObjectType& StreamEndType();

// The result as the wire has it.
[[nodiscard]] boost::json::object ToJson(const ScoreResult& result);

// `{"results":[...]}` as text.
[[nodiscard]] std::string ScoreResponseText(
    const std::vector<ScoreResult>& results);

// Reads one result from the wire, for clients. Trusts nothing: returns none
// where a field is missing or has another type, an outcome is unknown or its
// score is not what the outcome means, or reward, status, checks and error
// contradict each other. Unknown fields are ignored: the contract may grow.
[[nodiscard]] std::optional<ScoreResult> ParseScoreResult(
    const boost::json::value& value);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_SCORE_RESULT_H_
