#include "trainer/stages/sampling.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "datasets/response_form.h"
#include "trainer/stages/evaluation.h"
#include "trainer/stages/rollout.h"
#include "trainer/stages/seeds.h"
#include "trainer/stages/shared.h"
#include "trainer/stages/sums.h"
#include "trainer/stages/text_filters.h"
#include "trainer/stages/world.h"

namespace trainer {
namespace {

// A completion that may become a document.
struct Candidate {
  Document document{};
  std::size_t question = 0;
  std::int64_t tokens = 0;
  CheckScores scores{};
};

// What a filter keeps, by name. One that a stage does not ask for is not there.
struct Filter {
  std::string name;
  std::function<bool(const Candidate&)> keep;
};

bool Whole(const std::optional<double>& score) {
  return score.value_or(0) >= 1;
}

std::vector<Filter> FiltersOf(const SampleStage& stage) {
  std::vector<Filter> filters{
      {"judged",
       [](const Candidate& c) { return c.scores.accuracy.has_value(); }},
      {"right", [](const Candidate& c) { return Whole(c.scores.accuracy); }},
      {"in format", [](const Candidate& c) { return Whole(c.scores.format); }},
  };
  if (stage.least_language > 0.0) {
    filters.push_back({"one language", [&](const Candidate& c) {
                         return c.scores.language.value_or(0.0) >=
                                stage.least_language;
                       }});
  }
  if (stage.most_repeated < 1.0) {
    filters.push_back({"not repetitive", [&](const Candidate& c) {
                         return RepeatedShare(c.document.response) <=
                                stage.most_repeated;
                       }});
  }
  filters.push_back({"of good length", [&](const Candidate& c) {
                       return c.tokens >= stage.least_tokens &&
                              c.tokens <= stage.most_tokens;
                     }});
  return filters;
}

DataCard::Counts CountsOf(const std::vector<Document>& documents,
                          std::string Document::*field) {
  std::map<std::string, std::int64_t> counts;
  for (const Document& one : documents) ++counts[one.*field];
  return {counts.begin(), counts.end()};
}

// Samples answers and applies filters one after the other, counting.
class Collector {
 public:
  Collector(const Model& model, const Recipe& recipe, std::string name,
            const SampleStage& stage, Comm& comm)
      : model_(model),
        recipe_(recipe),
        name_(std::move(name)),
        stage_(stage),
        comm_(comm),
        seed_(SeedOf(recipe.seed, name_)) {}

  Collection Collect(
      RewardSource& rewards, const std::function<bool()>& stop,
      const std::function<void(std::int64_t, std::int64_t)>& progress) {
    Sample(rewards, stop, progress);
    KeepSome();
    Collection all;
    all.documents = ShareDocuments();
    AddMade(all.documents);
    Count(all);
    all.completions = std::move(completions_);
    return all;
  }

 private:
  void Sample(RewardSource& rewards, const std::function<bool()>& stop,
              const std::function<void(std::int64_t, std::int64_t)>& progress) {
    RolloutRequest request;
    request.name = name_;
    request.seed = SeedOf(seed_, "rollout");
    request.style = PromptStyleFromName(stage_.prompt);
    request.params = {stage_.temperature, stage_.top_p, stage_.max_new_tokens};
    request.samples = stage_.samples;
    std::vector<NumberedTask> mine;
    TaskOptions options;
    options.seed = SeedOf(seed_, "questions");
    options.template_name = stage_.template_name;
    options.language_weight = 1.0;  // every check, for its filter
    ReasoningTasks tasks(recipe_, options);
    for (std::int64_t i = 0; i < stage_.questions; ++i) {
      datasets::Task task = tasks.Next();
      if (i % comm_.world_size() != comm_.rank()) continue;
      mine.push_back({static_cast<std::uint64_t>(i), std::move(task)});
    }
    for (std::size_t begin = 0; begin < mine.size();
         begin += static_cast<std::size_t>(kSamplingChunk)) {
      const std::span part = std::span(mine).subspan(
          begin, std::min(static_cast<std::size_t>(kSamplingChunk),
                          mine.size() - begin));
      Take(RunRollout(model_, part, request, rewards, stop), part, begin);
      if (progress) {
        progress(static_cast<std::int64_t>(begin + part.size()),
                 std::ssize(mine));
      }
    }
  }

  void Take(const Rollout& rollout, std::span<const NumberedTask> tasks,
            std::size_t first_question) {
    for (std::size_t i = 0; i < rollout.completions.size(); ++i) {
      const std::size_t question = i / static_cast<std::size_t>(stage_.samples);
      const datasets::Task& task = tasks[question].task;
      Candidate candidate;
      candidate.question = first_question + question;
      candidate.tokens = std::ssize(rollout.completions[i].tokens);
      candidate.scores = CheckScoresOf(rollout.report.scores[i]);
      candidate.document = {true,
                            rollout.asked[i].id,
                            "sample",
                            task.kind,
                            task.language,
                            task.question,
                            rollout.asked[i].response};
      candidates_.push_back(std::move(candidate));
      completions_.push_back(rollout.RecordAt(i, std::nullopt));
      completions_.back().stage = name_;
    }
    sampled_ += std::ssize(rollout.completions);
  }

  // Those whose `keep` is false leave.
  template <typename Keep>
  void Apply(const std::string& name, Keep keep) {
    const std::size_t before = candidates_.size();
    std::erase_if(candidates_, [&](Candidate& c) { return !keep(c); });
    filters_.push_back(
        {name, std::ssize(candidates_),
         static_cast<std::int64_t>(before) - std::ssize(candidates_)});
  }

  void KeepSome() {
    std::map<std::size_t, std::int64_t> right;  // by question
    for (const Candidate& c : candidates_) {
      right[c.question] += Whole(c.scores.accuracy) ? 1 : 0;
    }
    for (const Filter& filter : FiltersOf(stage_)) {
      Apply(filter.name, filter.keep);
    }
    if (stage_.least_pass_rate > 0.0 || stage_.most_pass_rate < 1.0) {
      Apply("neither too hard nor too easy", [&](const Candidate& c) {
        const double rate = static_cast<double>(right[c.question]) /
                            static_cast<double>(stage_.samples);
        return rate >= stage_.least_pass_rate && rate <= stage_.most_pass_rate;
      });
    }
    if (stage_.refine) {
      Apply("refined", [](Candidate& c) {
        auto refined = datasets::RefineToR1(c.document.response,
                                            c.document.language == "zh"
                                                ? datasets::Language::kChinese
                                                : datasets::Language::kEnglish);
        if (refined) c.document.response = *std::move(refined);
        return refined.has_value();
      });
    }
    std::set<std::pair<std::string, std::string>> seen;
    Apply("not a duplicate", [&](const Candidate& c) {
      return seen.emplace(c.document.question, c.document.response).second;
    });
    std::map<std::size_t, std::int64_t> taken;
    Apply("not too many of a question", [&](const Candidate& c) {
      return ++taken[c.question] <= stage_.per_question;
    });
    if (stage_.decontaminate) {
      Decontaminator held_out;
      for (const NumberedTask& one : HeldOutTasks(recipe_, recipe_.eval)) {
        held_out.HoldOut(one.task.question);
      }
      Apply("not in what is held out", [&](const Candidate& c) {
        return !held_out.Contaminated(c.document.question);
      });
    }
  }

  // Those of all ranks, in the order of the questions on each.
  std::vector<Document> ShareDocuments() {
    std::vector<Document> mine;
    for (Candidate& c : candidates_) mine.push_back(std::move(c.document));
    std::vector<Document> all;
    for (const std::string& text : GatherTexts(ToJsonLines(mine), comm_)) {
      auto documents = ParseDocuments(text, name_);
      std::move(documents->begin(), documents->end(), std::back_inserter(all));
    }
    return all;
  }

  void AddMade(std::vector<Document>& documents) const {
    for (auto [source, count] :
         {std::pair{"trace", stage_.traces}, {"general", stage_.general}}) {
      MadeDocuments made(recipe_, source, SeedOf(seed_, source));
      for (std::int64_t i = 0; i < count; ++i) {
        documents.push_back(made.Next());
      }
    }
  }

  void Count(Collection& all) {
    DataCard& card = all.card;
    card.stage = name_;
    Sums sums;
    sums.Add("sampled", static_cast<double>(sampled_));
    for (const DataCard::Filter& one : filters_) {
      sums.Add("kept/" + one.name, static_cast<double>(one.kept));
      sums.Add("dropped/" + one.name, static_cast<double>(one.dropped));
    }
    sums.Reduce(comm_);
    card.sampled = static_cast<std::int64_t>(sums.Get("sampled"));
    for (const DataCard::Filter& one : filters_) {
      card.filters.push_back(
          {one.name, static_cast<std::int64_t>(sums.Get("kept/" + one.name)),
           static_cast<std::int64_t>(sums.Get("dropped/" + one.name))});
    }
    card.documents = std::ssize(all.documents);
    std::size_t tokens = 0;
    card.by_source = CountsOf(all.documents, &Document::source);
    card.by_kind = CountsOf(all.documents, &Document::kind);
    card.by_language = CountsOf(all.documents, &Document::language);
    for (const Document& one : all.documents) {
      tokens += model_.tokenizer.Encode(one.response).size();
    }
    if (all.documents.empty()) return;
    card.mean_tokens =
        static_cast<double>(tokens) / static_cast<double>(all.documents.size());
  }

  const Model& model_;
  const Recipe& recipe_;
  std::string name_;
  const SampleStage& stage_;
  Comm& comm_;
  std::uint64_t seed_;
  std::int64_t sampled_ = 0;
  std::vector<Candidate> candidates_;
  std::vector<CompletionRecord> completions_;
  std::vector<DataCard::Filter> filters_;
};

}  // namespace

Collection CollectDocuments(
    const Model& model, const Recipe& recipe, const std::string& name,
    const SampleStage& stage, RewardSource& rewards, Comm& comm,
    const std::function<bool()>& stop,
    const std::function<void(std::int64_t, std::int64_t)>& progress) {
  return Collector(model, recipe, name, stage, comm)
      .Collect(rewards, stop, progress);
}

}  // namespace trainer
