// DataCard: where the documents of a stage come from and what every filter took,
// as data/STAGE.card.json. Plain values; any thread.

#ifndef TRAINER_REPORT_DATA_CARD_H_
#define TRAINER_REPORT_DATA_CARD_H_

#include <boost/system/result.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/report/report_error.h"

namespace trainer {

struct FilterCount {
  std::string name{};  // what is kept, e.g. "right"
  std::int64_t kept = 0;
  std::int64_t dropped = 0;
};

struct DataCard {
  std::string stage{};
  std::string source{};            // the stage whose model sampled
  std::int64_t sampled = 0;        // completions
  std::vector<FilterCount> filters{};  // in the order in which they apply
  std::int64_t documents = 0;      // with what was added
  std::map<std::string, std::int64_t> by_source{};  // sample, trace, general
  std::map<std::string, std::int64_t> by_kind{};
  std::map<std::string, std::int64_t> by_language{};
  double mean_tokens = 0.0;  // of a response
};

// One JSON object on some lines, a line end at the end.
[[nodiscard]] std::string ToJson(const DataCard& card);

// Reads it; unknown members are ignored. An error names the member.
[[nodiscard]] boost::system::result<DataCard, ReportError> ParseDataCard(
    std::string_view text);

}  // namespace trainer

#endif  // TRAINER_REPORT_DATA_CARD_H_
