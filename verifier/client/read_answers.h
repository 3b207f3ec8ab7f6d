// ReadAnswers: what a service's answer is worth, item by item. Trusts nothing:
// a broken or lying service must never become a number. Thread-safe: no state.

#ifndef VERIFIER_CLIENT_READ_ANSWERS_H_
#define VERIFIER_CLIENT_READ_ANSWERS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/client/batches.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::client {

// About one item. Neither set: no answer came, ask again.
struct Answer {
  std::optional<protocol::ScoreResult> result{};
  std::string lie{};  // why what came is not believed; names the id
};

// The body of a 200.
struct AnswerBody {
  std::string_view content_type;
  std::string_view text;  // untrusted, any bytes
  bool complete = false;  // false: the connection broke in the midst of it
};

// Reads the answer to a request for the items at `indices`; one Answer each, in
// that order. Believed is a result that stands in its place (JSON) or bears
// its id (NDJSON), fits the checks that were asked (names, weights, order), and
// whose status, outcomes, scores and reward agree.
//
// A result that does not is a lie about that item. An envelope that does not
// hold (another type, not strict JSON, wrong length, a foreign, missing, second
// or misplaced id) is a lie about all of them: who mixes up ids is believed in
// nothing. A cut NDJSON stream leaves the items that it did not reach
// unanswered; so does a cut JSON body, and a `cancelled` result.
[[nodiscard]] std::vector<Answer> ReadAnswers(
    const std::vector<protocol::Item>& items, const Indices& indices,
    const AnswerBody& body);

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_READ_ANSWERS_H_
