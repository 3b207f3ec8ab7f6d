#include "sandbox/run_counts.h"

#include <algorithm>

#include "sandbox/language.h"

namespace sandbox {
namespace {

constexpr std::string_view kOther = "other";

}  // namespace

RunCounts::RunCounts() {
  for (const Language& language : Languages()) {
    if (size_ + 2 >= kMostRows) break;
    rows_[size_++].language = language.name();
    if (language.compiled()) rows_[size_++].language = language.counted_compile;
  }
  rows_[size_++].language = kOther;
}

RunCounts& RunCounts::OfProcess() noexcept {
  static auto* const kCounts = new RunCounts;
  return *kCounts;
}

void RunCounts::Add(std::string_view language,
                    std::string_view verdict) noexcept {
  const auto row = std::find_if(
      rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(size_ - 1),
      [language](const Row& one) { return one.language == language; });
  const auto column =
      std::find(kVerdicts.begin(), kVerdicts.end() - 1, verdict);
  row->counts[static_cast<std::size_t>(column - kVerdicts.begin())].fetch_add(
      1, std::memory_order_relaxed);
}

}  // namespace sandbox
