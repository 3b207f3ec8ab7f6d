// Result: what a service said of one item with one check, of "math".

#ifndef TESTS_VERIFIER_CLI_RESULT_H_
#define TESTS_VERIFIER_CLI_RESULT_H_

#include <optional>
#include <string>
#include <string_view>

#include "verifier/protocol/score_result.h"

namespace verifier::cli::testing {

inline protocol::ScoreResult Result(const std::string& id,
                                    std::string_view outcome,
                                    std::optional<double> score) {
  protocol::ScoreResult result;
  result.id = id;
  protocol::CheckResult check;
  check.checker = "math";
  check.outcome = outcome;
  check.score = score;
  result.checks.push_back(check);
  result.reward = score;
  result.status = score ? protocol::Status::kOk : protocol::Status::kNotJudged;
  return result;
}

}  // namespace verifier::cli::testing

#endif  // TESTS_VERIFIER_CLI_RESULT_H_
