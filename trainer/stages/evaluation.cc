#include "trainer/stages/evaluation.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "datasets/arithmetic.h"
#include "trainer/report/consensus.h"
#include "trainer/report/interval.h"
#include "trainer/stages/lm_data.h"
#include "trainer/stages/rollout.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/stopwatch.h"
#include "trainer/stages/sums.h"

namespace trainer {
namespace {

// Draws after which a held-out set of that size is taken not to exist.
constexpr std::int64_t kMostDrawsPerItem = 1'000;

std::vector<NumberedTask> HeldOut(const EvalSettings& settings,
                                  const DataSettings& data) {
  datasets::ArithmeticOptions options = TasksOf(data, settings.seed);
  options.split = datasets::Split::kHeldOut;
  options.template_name = settings.template_name;
  options.language_weight = 1.0;  // every check, for its rate
  datasets::ArithmeticTasks tasks(options);
  std::set<std::string> seen;
  std::vector<NumberedTask> items;
  for (std::int64_t draw = 0; draw < settings.items * kMostDrawsPerItem &&
                              std::ssize(items) < settings.items;
       ++draw) {
    datasets::Task task = tasks.Next();
    if (!seen.insert(task.question).second) continue;
    items.push_back({items.size(), std::move(task)});
  }
  return items;
}

// The counts of all ranks' problems.
std::vector<ProblemCount> Gather(const std::vector<ProblemCount>& mine,
                                 Comm& comm) {
  boost::json::array counts;
  for (const ProblemCount& one : mine) {
    counts.push_back(boost::json::array{one.correct, one.samples});
  }
  std::vector<ProblemCount> all;
  for (const std::string& text :
       comm.AllGather(boost::json::serialize(counts))) {
    const boost::json::value parsed = boost::json::parse(text);
    for (const boost::json::value& one : parsed.as_array()) {
      all.push_back({one.at(0).as_int64(), one.at(1).as_int64()});
    }
  }
  return all;
}

}  // namespace

EvaluationReport Evaluate(
    const Model& model, const std::string& name, const EvalSettings& settings,
    const DataSettings& data, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop,
    const std::function<void(std::int64_t, std::int64_t)>& progress) {
  const Stopwatch watch;
  const std::vector<NumberedTask> all = HeldOut(settings, data);
  std::vector<NumberedTask> mine;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (static_cast<int>(i) % comm.world_size() == comm.rank()) {
      mine.push_back(all[i]);
    }
  }
  RolloutRequest request;
  request.name = "eval/" + name;
  request.seed = SeedOf(settings.seed, "evaluation");
  request.style = PromptStyleFromName(settings.prompt);
  request.params = {settings.temperature, settings.top_p,
                    settings.max_new_tokens};
  request.samples = settings.samples;

  EvaluationReport report;
  std::vector<ProblemCount> counts;
  std::vector<Vote> votes;  // on the problem at hand
  Sums sums;
  for (const char* rate : {"consensus", "format", "language", "length"}) {
    sums.Sample(rate, std::nullopt);
  }
  sums.Add("dropped", 0.0);
  for (std::size_t begin = 0; begin < mine.size();
       begin += static_cast<std::size_t>(kEvaluationChunk)) {
    const std::span part = std::span(mine).subspan(
        begin, std::min(static_cast<std::size_t>(kEvaluationChunk),
                        mine.size() - begin));
    const Rollout rollout = RunRollout(model, part, request, rewards, stop);
    for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
      if (i % static_cast<std::size_t>(settings.samples) == 0) {
        counts.emplace_back();
        votes.clear();
      }
      const Scored& scored = rollout.report.scores[i];
      const CheckScores checks = CheckScoresOf(scored);
      if (checks.accuracy) {
        counts.back().samples += 1;
        counts.back().correct += *checks.accuracy >= 1.0 ? 1 : 0;
        votes.push_back({checks.answer, *checks.accuracy >= 1.0});
      }
      if ((i + 1) % static_cast<std::size_t>(settings.samples) == 0) {
        const std::optional<bool> consensus = ConsensusCorrect(votes);
        sums.Sample("consensus", consensus
                                     ? std::optional(*consensus ? 1.0 : 0.0)
                                     : std::nullopt);
      }
      sums.Sample("format", checks.format);
      sums.Sample("language", checks.language);
      sums.Sample("length",
                  static_cast<double>(rollout.completions[i].tokens.size()));
      sums.Add("dropped", checks.accuracy ? 0.0 : 1.0);
      report.completions.push_back(rollout.RecordAt(i, std::nullopt));
      report.completions.back().stage = name;
    }
    if (progress) {
      progress(static_cast<std::int64_t>(begin + part.size()),
               static_cast<std::int64_t>(mine.size()));
    }
  }
  sums.Reduce(comm);
  const PassEstimate pass = EstimatePassAt1(Gather(counts, comm));
  report.summary.pass_at_1 = pass.mean;
  report.summary.pass_at_1_ci = pass.half_width;
  report.summary.cons_at_k = sums.Mean("consensus");
  report.summary.format_rate = sums.Mean("format");
  report.summary.language_rate = sums.Mean("language");
  report.summary.mean_tokens = sums.Mean("length");
  report.summary.wall_s = watch.Seconds();
  report.items = std::ssize(all);
  report.samples = settings.samples;
  report.dropped = static_cast<std::int64_t>(sums.Get("dropped"));
  return report;
}

}  // namespace trainer
