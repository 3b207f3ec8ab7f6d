#include "verifier/engine/judge_item.h"

#include <chrono>
#include <utility>
#include <vector>

#include "verifier/engine/gate.h"

namespace verifier::engine {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t Microseconds(Clock::duration time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

// The verdict for a check that threw, whatever it threw: did the answer do it,
// or did we?
rewards::Verdict AfterException(const rewards::Check& check,
                                rewards::Submission submission,
                                const rewards::Budget& budget) {
  submission.response = "";
  try {
    static_cast<void>(check.Judge(submission, budget));
  } catch (...) {
    return rewards::MakeVerdict(rewards::Outcome::kNotJudged,
                                "the checker failed");
  }
  return rewards::MakeVerdict(rewards::Outcome::kWrong,
                              "the checker failed on this answer");
}

rewards::Verdict JudgeOne(const rewards::Check& check,
                          const protocol::Item& item,
                          const rewards::Submission& submission,
                          const rewards::Budget& budget) {
  if (item.too_long) {
    return rewards::MakeVerdict(rewards::Outcome::kUnreadable, *item.too_long);
  }
  if (Clock::now() >= budget.deadline) {
    return rewards::MakeVerdict(rewards::Outcome::kTimeout,
                                "the item's deadline_ms is used up");
  }
  try {
    return check.Judge(submission, budget);
  } catch (...) {
    return AfterException(check, submission, budget);
  }
}

protocol::CheckResult ToResult(const PreparedCheck& prepared,
                               rewards::Verdict verdict,
                               std::int64_t elapsed_us) {
  protocol::CheckResult result;
  result.checker = prepared.checker->name();
  result.score = rewards::Score(verdict);
  // A partial score that is no number in (0, 1) was not judged.
  result.outcome = rewards::OutcomeName(
      result.score ? verdict.outcome : rewards::Outcome::kNotJudged);
  result.weight = prepared.weight;
  result.evidence = verdict.evidence;
  result.detail = std::move(verdict.detail);
  result.elapsed_us = elapsed_us;
  return result;
}

}  // namespace

ItemRun::ItemRun(const rewards::Registry& registry, const protocol::Item& item)
    : item_(item), templates_(registry.templates()), budget_(item.deadline) {
  const Clock::time_point start = Clock::now();
  result_.id = item.id;
  result_.error = item.error;
  if (!item.error) {
    auto prepared = PrepareItem(registry, item);
    if (prepared) {
      prepared_ = *std::move(prepared);
    } else {
      result_.error = prepared.error();
    }
  }
  taken_ = Clock::now() - start;
}

const rewards::Checker* ItemRun::next() const noexcept {
  const std::size_t i = result_.checks.size();
  return i < prepared_.checks.size() ? prepared_.checks[i].checker : nullptr;
}

void ItemRun::Step() {
  const PreparedCheck& prepared = prepared_.checks[result_.checks.size()];
  const rewards::Submission submission{item_.prompt, item_.response,
                                       prepared_.template_name, &templates_};
  const Clock::time_point start = Clock::now();
  rewards::Verdict verdict = JudgeOne(*prepared.check, item_, submission,
                                      rewards::Budget{start + budget_});
  const Clock::duration elapsed = Clock::now() - start;
  taken_ += elapsed;
  if (verdict.outcome != rewards::Outcome::kNotJudged) budget_ -= elapsed;
  result_.checks.push_back(
      ToResult(prepared, std::move(verdict), Microseconds(elapsed)));
}

protocol::ScoreResult ItemRun::Take() {
  if (result_.error) {
    result_.status = protocol::Status::kInvalid;
  } else {
    std::vector<const rewards::ProfileCheck*> rules;
    for (const PreparedCheck& one : prepared_.checks) rules.push_back(one.rule);
    ApplyGates(rules, result_.checks);
    result_.reward = protocol::Reward(result_.checks);
    result_.status =
        result_.reward ? protocol::Status::kOk : protocol::Status::kNotJudged;
  }
  result_.exec_us = Microseconds(taken_);
  return std::move(result_);
}

protocol::ScoreResult JudgeItem(const rewards::Registry& registry,
                                const protocol::Item& item) {
  ItemRun run(registry, item);
  while (run.next() != nullptr) run.Step();
  return run.Take();
}

}  // namespace verifier::engine
