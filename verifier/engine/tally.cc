#include "verifier/engine/tally.h"

#include <algorithm>

namespace verifier::engine {
namespace {

constexpr std::string_view kOther = "other";
constexpr std::string_view kEngineFailed = "engine_failed";

// How a verdict says its reason, and what that is counted as.
struct Reason {
  std::string_view said;
  std::string_view counted;
};
constexpr std::array kSaid = {
    Reason{"this process has no jail", "no_jail"},
    Reason{"the program could not be run", "program_not_run"},
    Reason{"the checker failed", "checker_failed"},
};

template <std::size_t N>
std::size_t IndexOf(const std::array<std::string_view, N>& names,
                    std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? N - 1
                              : static_cast<std::size_t>(found - names.begin());
}

std::string_view ReasonOf(const protocol::CheckResult& check) noexcept {
  const auto* said = check.detail.if_contains("reason");
  if (said == nullptr || !said->is_string()) return kOther;
  const std::string_view text = said->get_string();
  if (text.starts_with("the plugin ")) return "plugin_failed";
  if (text.starts_with("the server ") || text.starts_with("the judge ")) {
    return "server_failed";
  }
  const auto found =
      std::find_if(kSaid.begin(), kSaid.end(),
                   [text](const Reason& one) { return one.said == text; });
  return found == kSaid.end() ? kOther : found->counted;
}

void Increment(Tally::Count& count) noexcept {
  count.fetch_add(1, std::memory_order_relaxed);
}

void AddNotJudged(Tally::Checker& checker, std::string_view reason) noexcept {
  Increment(checker.not_judged[IndexOf(Tally::kReasons, reason)]);
}

}  // namespace

void Tally::Know(const rewards::Registry& registry) {
  const std::lock_guard lock(knowing_);
  for (const auto& checker : registry.checkers()) {
    const std::size_t known = known_;
    const auto end = checkers_.begin() + static_cast<std::ptrdiff_t>(known);
    const bool there = std::any_of(
        checkers_.begin(), end,
        [&checker](const auto& one) { return one->name == checker->name(); });
    if (there || known > kMostCheckers) continue;
    checkers_[known] = std::make_unique<Checker>();
    checkers_[known]->name = known < kMostCheckers ? checker->name() : kOther;
    ++known_;
  }
}

Tally::Checker* Tally::Find(std::string_view name) const noexcept {
  const std::size_t known = known_;
  for (std::size_t i = 0; i < known; ++i) {
    if (checkers_[i]->name == name) return checkers_[i].get();
  }
  return known > kMostCheckers ? checkers_[kMostCheckers].get() : nullptr;
}

void Tally::Add(const protocol::Item& item,
                const protocol::ScoreResult& result) noexcept {
  Increment(statuses_[IndexOf(kStatuses, StatusName(result.status))]);
  wait_.Add(result.queue_us);
  for (const protocol::CheckResult& check : result.checks) {
    Checker* const checker = Find(check.checker);
    if (checker == nullptr) continue;
    Increment(checker->outcomes[IndexOf(kOutcomes, check.outcome)]);
    checker->elapsed.Add(check.elapsed_us);
    if (!check.score) AddNotJudged(*checker, ReasonOf(check));
  }
  const bool unasked =
      result.status == protocol::Status::kNotJudged && result.checks.empty();
  if (unasked) AddUnasked(item);
}

// The engine failed before a checker had its say: none of the checks is lost.
void Tally::AddUnasked(const protocol::Item& item) noexcept {
  for (const protocol::CheckSpec& spec : item.checks) {
    Checker* const checker = Find(spec.checker);
    if (checker == nullptr) continue;
    Increment(checker->outcomes[IndexOf(kOutcomes, "not_judged")]);
    AddNotJudged(*checker, kEngineFailed);
  }
}

}  // namespace verifier::engine
