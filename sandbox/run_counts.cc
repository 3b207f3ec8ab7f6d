#include "sandbox/run_counts.h"

#include <algorithm>

namespace sandbox {
namespace {

// The place of `name`; of the last, where it is not there.
template <std::size_t N>
std::size_t IndexOf(const std::array<std::string_view, N>& names,
                    std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end() - 1, name);
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

RunCounts& RunCounts::OfProcess() noexcept {
  static RunCounts counts;
  return counts;
}

void RunCounts::Add(std::string_view language,
                    std::string_view verdict) noexcept {
  counts_[IndexOf(kLanguages, language)][IndexOf(kVerdicts, verdict)].fetch_add(
      1, std::memory_order_relaxed);
}

}  // namespace sandbox
