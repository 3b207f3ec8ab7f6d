#include "trainer/stages/evaluation.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "trainer/report/consensus.h"
#include "trainer/report/interval.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/shared.h"
#include "trainer/stages/stopwatch.h"
#include "trainer/stages/sums.h"
#include "trainer/stages/world.h"

namespace trainer {
namespace {

// The counts of all ranks' problems.
std::vector<ProblemCount> Gather(const std::vector<ProblemCount>& mine,
                                 Comm& comm) {
  boost::json::array counts;
  for (const ProblemCount& one : mine) {
    counts.push_back(boost::json::array{one.correct, one.samples});
  }
  std::vector<ProblemCount> all;
  for (const std::string& text :
       GatherTexts(boost::json::serialize(counts), comm)) {
    const boost::json::value parsed = boost::json::parse(text);
    for (const boost::json::value& one : parsed.as_array()) {
      all.push_back({one.at(0).as_int64(), one.at(1).as_int64()});
    }
  }
  return all;
}

std::vector<NumberedTask> Mine(std::vector<NumberedTask> all,
                               const Comm& comm) {
  std::vector<NumberedTask> mine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (static_cast<int>(i) % comm.world_size() != comm.rank()) continue;
    mine.push_back(std::move(all[i]));
  }
  return mine;
}

// Rates over this rank's completions, and what is needed to make them global.
class Tally {
 public:
  Tally() {
    for (const char* rate : {"consensus", "format", "language", "length",
                             "general", "preference"}) {
      sums_.Sample(rate, std::nullopt);
    }
    sums_.Add("dropped", 0.0);
  }

  // A problem's samples, [begin, begin + samples) of `rollout`.
  void TakeProblem(const Rollout& rollout, std::size_t begin,
                   std::size_t samples) {
    ProblemCount& count = counts_.emplace_back();
    std::vector<Vote>& votes = votes_.emplace_back();
    for (std::size_t i = begin; i < begin + samples; ++i) {
      const CheckScores checks = CheckScoresOf(rollout.report.scores[i]);
      TakeCompletion(rollout, i, checks);
      if (!checks.accuracy) continue;
      const bool right = *checks.accuracy >= 1.0;
      count.samples += 1;
      count.correct += right ? 1 : 0;
      votes.push_back({checks.answer, right});
    }
  }

  // Which answers are equal, `rewards` says: 1/2 and 0.5 are one vote.
  void Decide(RewardSource& rewards, const std::function<bool()>& stop) {
    AnswerPairs all;
    std::vector<AnswerPairs> pairs;
    for (const auto& votes : votes_) {
      pairs.push_back(PairsToCompare(votes));
      all.insert(all.end(), pairs.back().begin(), pairs.back().end());
    }
    const std::vector<std::optional<bool>> equal = rewards.Equal(all, stop);
    std::size_t at = 0;
    for (std::size_t i = 0; i < votes_.size(); ++i) {
      MergeEqual(pairs[i], std::span(equal).subspan(at, pairs[i].size()),
                 votes_[i]);
      at += pairs[i].size();
      const std::optional<bool> consensus = ConsensusCorrect(votes_[i]);
      sums_.Sample("consensus", consensus
                                    ? std::optional(*consensus ? 1.0 : 0.0)
                                    : std::nullopt);
    }
  }

  // A general prompt's completion.
  void TakePrompt(const Rollout& rollout, std::size_t index,
                  const std::string& kind) {
    const CheckScores checks = CheckScoresOf(rollout.report.scores[index]);
    sums_.Sample(
        TopicOf(kind) == Topic::kInstruction ? "general" : "preference",
        checks.accuracy);
    sums_.Add("dropped", rollout.report.scores[index].reward ? 0.0 : 1.0);
  }

  void Finish(EvaluationReport& report, Comm& comm) {
    sums_.Reduce(comm);
    const std::vector<ProblemCount> all = Gather(counts_, comm);
    const PassEstimate pass = EstimatePassAt1(all);
    StageSummary& summary = report.summary;
    summary.pass_at_1 = pass.mean;
    summary.pass_at_1_ci = pass.half_width;
    if (report.samples > 1) {
      summary.pass_at_k = EstimatePassAtK(all, report.samples / 2);
    }
    summary.cons_at_k = sums_.Mean("consensus");
    summary.general = sums_.Mean("general");
    summary.preference = sums_.Mean("preference");
    summary.format_rate = sums_.Mean("format");
    summary.language_rate = sums_.Mean("language");
    summary.mean_tokens = sums_.Mean("length");
    report.dropped = static_cast<std::int64_t>(sums_.Get("dropped"));
  }

 private:
  void TakeCompletion(const Rollout& rollout, std::size_t index,
                      const CheckScores& checks) {
    sums_.Sample("format", checks.format);
    sums_.Sample("language", checks.language);
    sums_.Sample("length",
                 static_cast<double>(rollout.completions[index].tokens.size()));
    sums_.Add("dropped", rollout.report.scores[index].reward ? 0.0 : 1.0);
  }

  std::vector<ProblemCount> counts_;
  std::vector<std::vector<Vote>> votes_;  // by problem
  Sums sums_;
};

}  // namespace

EvaluationTasks HeldOut(const Recipe& recipe, const EvalSettings& settings) {
  return {HeldOutTasks(recipe, settings), HeldOutPrompts(recipe, settings)};
}

EvaluationReport Evaluate(
    const Model& model, const std::string& name, const EvalSettings& settings,
    EvaluationTasks tasks, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop,
    const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const Stopwatch watch;
  EvaluationReport report;
  report.items = std::ssize(tasks.problems);
  report.samples = settings.samples;
  const std::vector<NumberedTask> problems =
      Mine(std::move(tasks.problems), comm);
  const std::vector<NumberedTask> prompts =
      Mine(std::move(tasks.prompts), comm);

  RolloutRequest request;
  request.seed = SeedOf(settings.seed, "evaluation");
  request.style = PromptStyleFromName(settings.prompt);
  request.params = {settings.temperature, settings.top_p,
                    settings.max_new_tokens};
  Tally tally;
  std::int64_t done = 0;
  const auto answer = [&](std::span<const NumberedTask> asked,
                          const std::string& prefix, std::int64_t samples,
                          const auto& take) {
    request.name = prefix + name;
    request.samples = samples;
    for (std::size_t begin = 0; begin < asked.size();
         begin += static_cast<std::size_t>(kEvaluationChunk)) {
      const std::span part = asked.subspan(
          begin, std::min(static_cast<std::size_t>(kEvaluationChunk),
                          asked.size() - begin));
      const Rollout rollout = RunRollout(model, part, request, rewards, stop);
      for (std::size_t i = 0; i < part.size(); ++i) take(rollout, i, part[i]);
      for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
        report.completions.push_back(rollout.RecordAt(i, std::nullopt));
        report.completions.back().stage = name;
      }
      done += std::ssize(part);
      if (progress) progress(done, std::ssize(problems) + std::ssize(prompts));
    }
  };
  const auto samples = static_cast<std::size_t>(settings.samples);
  answer(problems, "eval/", settings.samples,
         [&](const Rollout& rollout, std::size_t i, const NumberedTask&) {
           tally.TakeProblem(rollout, i * samples, samples);
         });
  answer(prompts, "eval-general/", 1,
         [&](const Rollout& rollout, std::size_t i, const NumberedTask& one) {
           tally.TakePrompt(rollout, i, one.task.kind);
         });
  tally.Decide(rewards, stop);
  tally.Finish(report, comm);
  report.summary.wall_s = watch.Seconds();
  return report;
}

}  // namespace trainer
