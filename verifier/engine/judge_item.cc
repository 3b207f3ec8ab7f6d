#include "verifier/engine/judge_item.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace verifier::engine {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t MicrosecondsSince(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() -
                                                               start)
      .count();
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

using PreparedCheck = std::unique_ptr<const rewards::Check>;

// The checks of `item`, ready to judge; or the field that is wrong.
boost::system::result<std::vector<PreparedCheck>, protocol::FieldError> Prepare(
    const rewards::Registry& registry, const protocol::Item& item) {
  if (!rewards::Registry::IsTemplate(item.template_name)) {
    return protocol::FieldError("/template",
                                "unknown template; this service has " +
                                    Joined(rewards::Registry::Templates()));
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
    checks.push_back(std::move(*check));
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
                                       item.template_name};
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

bool RunsPrograms(const rewards::Registry& registry,
                  const protocol::Item& item) {
  return std::any_of(item.checks.begin(), item.checks.end(),
                     [&registry](const protocol::CheckSpec& spec) {
                       const rewards::Checker* checker =
                           registry.Find(spec.checker);
                       return checker != nullptr && checker->runs_programs();
                     });
}

protocol::ScoreResult JudgeItem(const rewards::Registry& registry,
                                const protocol::Item& item) {
  const Clock::time_point start = Clock::now();
  protocol::ScoreResult result;
  result.id = item.id;
  result.error = item.error;
  if (!item.error) {
    auto checks = Prepare(registry, item);
    if (!checks) result.error = checks.error();
    const rewards::Budget budget{start + item.deadline};
    for (std::size_t i = 0; checks && i < checks->size(); ++i) {
      const Clock::time_point check_start = Clock::now();
      rewards::Verdict verdict = JudgeOne(*(*checks)[i], item, budget);
      result.checks.push_back(ToResult(item.checks[i], std::move(verdict),
                                       MicrosecondsSince(check_start)));
    }
  }
  if (result.error) {
    result.status = protocol::Status::kInvalid;
  } else {
    result.reward = protocol::Reward(result.checks);
    result.status =
        result.reward ? protocol::Status::kOk : protocol::Status::kNotJudged;
  }
  result.exec_us = MicrosecondsSince(start);
  return result;
}

}  // namespace verifier::engine
