#include "rewards/math_checker.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/answer_part.h"
#include "rewards/math/math.h"
#include "rewards/math_params.h"

namespace rewards {
namespace {

using math::Decision;
using math::Equality;
using math::Reading;
using math::Work;

// What all comparisons of one judgement may cost, in units of Work: the golds
// share it evenly.
constexpr std::size_t kJudgementUnits = 2 * Work::kDefault;

boost::json::array Names(const std::vector<std::string_view>& names) {
  boost::json::array array;
  for (const std::string_view name : names) array.emplace_back(name);
  return array;
}

std::string Written(const math::Tree& tree) {
  std::string text(Shown(math::Print(tree, tree.root())));
  if (tree.approximate) text += ", approximately";
  for (const std::string_view repair : tree.repairs) {
    text += ", mended: " + std::string(repair);
  }
  return text;
}

std::string Decided(const Decision& decision) {
  std::string text(decision.reason);
  text += " (" + std::string(decision.evidence) + ")";
  for (const std::string_view policy : decision.policies) {
    text += ", by the convention " + std::string(policy);
  }
  return text;
}

ExplainedStep ExtractionStep(const Reading& reading,
                             std::string_view response) {
  std::string finding =
      reading.found.empty() ? "" : std::string(reading.found) + ": ";
  finding += reading.readable() ? Shown(reading.extracted)
                                : std::string_view(reading.reason);
  std::optional<Place> place;
  if (!reading.extracted.empty()) place = PlaceOf(reading.extracted, response);
  return {"extraction", std::move(finding), place};
}

class MathCheck final : public Check {
 public:
  explicit MathCheck(MathTask task) : task_(std::move(task)) {}

  Explanation Explain(const Submission& submission,
                      const Budget&) const override {
    Explanation steps;
    steps.push_back(AnswerPartStep(submission));
    const Reading reading =
        math::ReadAnswer(AnswerPart(submission), task_.extract, math::Limits{});
    steps.push_back(ExtractionStep(reading, submission.response));
    if (reading.readable()) steps.emplace_back("answer", Written(reading.tree));
    for (std::size_t i = 0; i < task_.golds.size(); ++i) {
      const std::string number =
          task_.golds.size() > 1 ? " " + std::to_string(i) : "";
      steps.emplace_back("gold" + number, Written(task_.golds[i]));
      if (!reading.readable()) continue;
      math::Proof proof;
      const Decision decision = Compare(i, reading.tree, &proof);
      for (std::string& rung : proof) {
        steps.emplace_back("rung" + number, std::move(rung));
      }
      steps.emplace_back("comparison" + number, Decided(decision));
    }
    return steps;
  }

  Verdict Judge(const Submission& submission, const Budget&) const override {
    const Reading reading =
        math::ReadAnswer(AnswerPart(submission), task_.extract, math::Limits{});
    if (!reading.readable()) {
      Verdict verdict = MakeVerdict(Outcome::kUnreadable, reading.reason);
      if (!reading.extracted.empty()) {
        verdict.detail["extracted"] = Shown(reading.extracted);
      }
      return verdict;
    }
    std::size_t index = 0;
    const Decision decision = Best(reading.tree, &index);
    const bool equal = decision.equality == Equality::kEqual;
    Verdict verdict = MakeVerdict(equal ? Outcome::kCorrect : Outcome::kWrong,
                                  decision.reason, decision.evidence);
    verdict.detail["extracted"] = Shown(reading.extracted);
    if (!reading.tree.repairs.empty()) {
      verdict.detail["repairs"] = Names(reading.tree.repairs);
    }
    if (equal) {
      if (!decision.policies.empty()) {
        verdict.detail["policy"] = Names(decision.policies);
      }
      if (task_.golds.size() > 1) verdict.detail["gold_index"] = index;
    }
    return verdict;
  }

 private:
  Decision Compare(std::size_t gold, const math::Tree& answer,
                   math::Proof* proof) const {
    Work work(std::min(Work::kDefault, kJudgementUnits / task_.golds.size()));
    return math::Equal(task_.golds[gold], answer, task_.policy, &work, proof);
  }

  // The first gold that is met; else a gold that is not decided; else the last.
  Decision Best(const math::Tree& answer, std::size_t* index) const {
    Decision best;
    for (std::size_t i = 0; i < task_.golds.size(); ++i) {
      Decision decision = Compare(i, answer, nullptr);
      if (decision.equality == Equality::kEqual) {
        *index = i;
        return decision;
      }
      if (i == 0 || decision.equality == Equality::kUndecided) {
        best = std::move(decision);
      }
    }
    return best;
  }

  MathTask task_;
};

class MathChecker final : public Checker {
 public:
  std::string_view name() const noexcept override { return "math"; }
  std::string_view version() const noexcept override { return "2"; }
  std::string_view summary() const noexcept override {
    return "The final answer against a gold: proved, refuted, or not decided.";
  }
  boost::json::object schema() const override { return MathSchema(); }

  boost::system::result<std::unique_ptr<const Check>, ParamError> Prepare(
      const boost::json::object& params) const override {
    ParamResult<MathTask> task = MathTaskOf(params);
    if (!task) return task.error();
    return std::make_unique<const MathCheck>(*std::move(task));
  }
};

}  // namespace

std::unique_ptr<const Checker> MakeMathChecker() {
  return std::make_unique<const MathChecker>();
}

}  // namespace rewards
