#include "verifier/server/trouble_report.h"

#include <utility>

namespace verifier::server {
namespace {

constexpr std::chrono::seconds kBetweenLines{10};

}  // namespace

TroubleReport::TroubleReport(const Stats& stats,
                             std::function<void(const std::string&)> on_line)
    : on_line_(std::move(on_line)),
      counts_{{"requests refused", &stats.refused, 0},
              {"requests answered 5xx", &stats.overloaded, 0},
              {"connections evicted", &stats.evicted, 0},
              {"connections turned away", &stats.turned_away, 0},
              {"accept errors", &stats.accept_errors, 0},
              {"peers left before their answer", &stats.left, 0},
              {"exceptions", &stats.exceptions, 0}} {}

void TroubleReport::Tick() {
  const auto now = std::chrono::steady_clock::now();
  if (!on_line_ || now < next_) return;
  std::string line;
  for (Count& count : counts_) {
    const std::uint64_t value = *count.counter;
    if (value == count.said) continue;
    line += (line.empty() ? "" : ", ") + std::string(count.name) + ": " +
            std::to_string(value - count.said);
    count.said = value;
  }
  if (line.empty()) return;
  next_ = now + kBetweenLines;
  on_line_("since the last report: " + line);
}

}  // namespace verifier::server
