// DataCard: where the documents of a stage came from, and what was filtered out
// of them: data/STAGE.card.json of a run. Plain values; any thread.

#ifndef TRAINER_REPORT_DATA_CARD_H_
#define TRAINER_REPORT_DATA_CARD_H_

#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trainer/report/report_error.h"

namespace trainer {

struct DataCard {
  // One step of the funnel; those it did not keep went no further.
  struct Filter {
    std::string name{};
    std::int64_t kept = 0;
    std::int64_t dropped = 0;
  };
  using Counts = std::vector<std::pair<std::string, std::int64_t>>;

  std::string stage{};
  std::string source{};      // e.g. the model that was sampled; or empty
  std::int64_t sampled = 0;  // what the first filter got
  std::vector<Filter> filters{};
  std::int64_t documents = 0;  // what was learnt from
  Counts by_source{};          // "sample", "trace", "general"
  Counts by_kind{};
  Counts by_language{};
  std::optional<double> mean_tokens{};  // of a document
};

// One JSON object on some lines, a line end at the end.
[[nodiscard]] std::string ToJson(const DataCard& card);

// `{"stage","source","sampled","filters":[{"name","kept","dropped"}],
// "documents","by_source":{},"by_kind":{},"by_language":{},"mean_tokens"}`.
// Only `stage` must be there; unknown members are ignored. An error names the
// byte or the member.
[[nodiscard]] boost::system::result<DataCard, ReportError> ParseDataCard(
    std::string_view text);

}  // namespace trainer

#endif  // TRAINER_REPORT_DATA_CARD_H_
