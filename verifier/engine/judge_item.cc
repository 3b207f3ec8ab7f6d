#include "verifier/engine/judge_item.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace verifier::engine {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t Microseconds(Clock::duration time) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

struct PreparedCheck {
  const rewards::Checker* checker;
  std::unique_ptr<const rewards::Check> check;
};

// The checks of `item`, ready to judge; or the field that is wrong.
boost::system::result<std::vector<PreparedCheck>, protocol::FieldError> Prepare(
    const rewards::Registry& registry, const protocol::Item& item) {
  if (registry.templates().Find(item.template_name) == nullptr) {
    return protocol::FieldError("/template",
                                "unknown template; this service has " +
                                    Joined(registry.templates().names()));
  }
  std::vector<PreparedCheck> checks;
  for (std::size_t i = 0; i < item.checks.size(); ++i) {
    const std::string pointer = "/checks/" + std::to_string(i);
    const rewards::Checker* checker = registry.Find(item.checks[i].checker);
    if (checker == nullptr) {
      std::vector<std::string_view> names;
      for (const auto& known : registry.checkers()) {
        names.push_back(known->name());
      }
      return protocol::FieldError(
          pointer + "/checker",
          "unknown checker; this service has " + Joined(names));
    }
    auto check = checker->Prepare(item.checks[i].params);
    if (!check) {
      return protocol::FieldError(pointer + check.error().pointer,
                                  check.error().detail);
    }
    checks.push_back({checker, std::move(*check)});
  }
  return checks;
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
                          const rewards::TemplateSet& templates,
                          const protocol::Item& item,
                          const rewards::Budget& budget) {
  if (item.too_long) {
    return rewards::MakeVerdict(rewards::Outcome::kUnreadable, *item.too_long);
  }
  if (Clock::now() >= budget.deadline) {
    return rewards::MakeVerdict(rewards::Outcome::kTimeout,
                                "the item's deadline_ms is used up");
  }
  const rewards::Submission submission{item.prompt, item.response,
                                       item.template_name, &templates};
  try {
    return check.Judge(submission, budget);
  } catch (...) {
    return AfterException(check, submission, budget);
  }
}

protocol::CheckResult ToResult(const protocol::CheckSpec& spec,
                               rewards::Verdict verdict,
                               std::int64_t elapsed_us) {
  protocol::CheckResult result;
  result.checker = spec.checker;
  result.score = rewards::Score(verdict);
  // A partial score that is no number in (0, 1) was not judged.
  result.outcome = rewards::OutcomeName(
      result.score ? verdict.outcome : rewards::Outcome::kNotJudged);
  result.weight = spec.weight;
  result.evidence = verdict.evidence;
  result.detail = std::move(verdict.detail);
  result.elapsed_us = elapsed_us;
  return result;
}

}  // namespace

ItemRun::ItemRun(const rewards::Registry& registry, const protocol::Item& item)
    : item_(item), budget_(item.deadline) {
  const Clock::time_point start = Clock::now();
  result_.id = item.id;
  result_.error = item.error;
  if (!item.error) {
    auto checks = Prepare(registry, item);
    if (!checks) result_.error = checks.error();
    for (std::size_t i = 0; checks && i < checks->size(); ++i) {
      checkers_.push_back((*checks)[i].checker);
      checks_.push_back(std::move((*checks)[i].check));
    }
  }
  taken_ = Clock::now() - start;
}

const rewards::Checker* ItemRun::next() const noexcept {
  const std::size_t i = result_.checks.size();
  return i < checkers_.size() ? checkers_[i] : nullptr;
}

void ItemRun::Step() {
  const std::size_t i = result_.checks.size();
  const Clock::time_point start = Clock::now();
  rewards::Verdict verdict =
      JudgeOne(*checks_[i], item_, rewards::Budget{start + budget_});
  const Clock::duration elapsed = Clock::now() - start;
  taken_ += elapsed;
  if (verdict.outcome != rewards::Outcome::kNotJudged) budget_ -= elapsed;
  result_.checks.push_back(
      ToResult(item_.checks[i], std::move(verdict), Microseconds(elapsed)));
}

protocol::ScoreResult ItemRun::Take() {
  if (result_.error) {
    result_.status = protocol::Status::kInvalid;
  } else {
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

const rewards::Checker* FirstChecker(const rewards::Registry& registry,
                                     const protocol::Item& item) {
  return item.error || item.checks.empty()
             ? nullptr
             : registry.Find(item.checks.front().checker);
}

}  // namespace verifier::engine
