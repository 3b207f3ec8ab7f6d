// CompletionRecord: one judged completion, as one line of
// completions/step_NNNNNN.jsonl. Plain values; any thread.

#ifndef TRAINER_REPORT_COMPLETIONS_H_
#define TRAINER_REPORT_COMPLETIONS_H_

#include <boost/json/array.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/report/report_error.h"
#include "verifier/protocol/score_result.h"

namespace trainer {

struct CompletionRecord {
  std::string stage{};
  std::int64_t step = 0;
  std::string id{};  // of the item that was scored
  std::string prompt{};
  std::string response{};
  // As the problem's record has them, gold included: opaque to the trainer.
  boost::json::array checks{};
  // What the verifier said of each; empty: never judged.
  std::vector<verifier::protocol::CheckResult> results{};
  std::optional<double> reward{};     // none: not judged
  std::optional<double> advantage{};  // none: dropped, or no such thing here
  std::int64_t length = 0;            // tokens of the response
  std::string finish{};               // "eos", "stop" or "length"
};

// `{"stage","step","id","prompt","response","checks","results","reward",
// "advantage","length","finish"}`, without a newline. A number that is not
// finite, or none, is null; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string ToJsonLine(const CompletionRecord& completion);

// Reads a line; unknown members are ignored. An error names the byte or the
// member.
[[nodiscard]] boost::system::result<CompletionRecord, ReportError>
ParseCompletionLine(std::string_view line);

// "step_000120.jsonl".
[[nodiscard]] std::string CompletionFileName(std::int64_t step);

}  // namespace trainer

#endif  // TRAINER_REPORT_COMPLETIONS_H_
