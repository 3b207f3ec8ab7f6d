// Tally: what an engine judged since its start, counted. Thread-safe: counting
// takes no lock and no memory, and never fails.
//
// Every name in it comes from a list that is bounded: checkers that the engine
// has or had, outcomes, statuses, and kReasons.

#ifndef VERIFIER_ENGINE_TALLY_H_
#define VERIFIER_ENGINE_TALLY_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "rewards/registry.h"
#include "verifier/engine/histogram.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::engine {

class Tally {
 public:
  using Count = std::atomic<std::uint64_t>;

  static constexpr std::array<std::string_view, 7> kOutcomes = {
      "correct", "wrong",     "unreadable", "partial",
      "timeout", "violation", "not_judged"};
  static constexpr std::array<std::string_view, 4> kStatuses = {
      "ok", "not_judged", "invalid", "cancelled"};

  // Why a check was not judged:
  //   no_jail          this machine has no jail for programs
  //   program_not_run  the jail failed, twice
  //   checker_failed   the checker threw
  //   plugin_failed    an external checker did not answer
  //   server_failed    a server elsewhere, or a judge, did not answer
  //   engine_failed    the engine could not ask the checker
  //   other            what the checker says for itself
  static constexpr std::array<std::string_view, 7> kReasons = {
      "no_jail",       "program_not_run", "checker_failed", "plugin_failed",
      "server_failed", "engine_failed",   "other"};

  // Most names of checkers that are counted apart; the checks of later ones are
  // counted together, as "other".
  static constexpr std::size_t kMostCheckers = 31;

  struct Checker {
    std::string name{};
    std::array<Count, kOutcomes.size()> outcomes{};
    std::array<Count, kReasons.size()> not_judged{};
    Histogram elapsed{};
  };

  // From now on counts the checkers of `registry`, from 0 those it did not
  // know. Forgets none. May block another call of itself.
  void Know(const rewards::Registry& registry);

  // One item was answered by `result`.
  void Add(const protocol::Item& item,
           const protocol::ScoreResult& result) noexcept;

  // The checkers known, in the order they came: at least as many as size()
  // said.
  [[nodiscard]] std::size_t size() const noexcept { return known_; }
  [[nodiscard]] const Checker& checker(std::size_t index) const noexcept {
    return *checkers_[index];
  }
  [[nodiscard]] std::uint64_t items(std::size_t status) const noexcept {
    return statuses_[status];
  }
  [[nodiscard]] const Histogram& queue_wait() const noexcept { return wait_; }

 private:
  Checker* Find(std::string_view name) const noexcept;
  void AddUnasked(const protocol::Item& item) noexcept;

  std::mutex knowing_;
  std::atomic<std::size_t> known_ = 0;  // those before it never change again
  std::array<std::unique_ptr<Checker>, kMostCheckers + 1> checkers_{};
  std::array<Count, kStatuses.size()> statuses_{};
  Histogram wait_{};
};

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_TALLY_H_
