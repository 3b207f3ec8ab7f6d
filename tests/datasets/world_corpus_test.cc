// The documents of the world: what the checkers say of them, in every form.

#include "datasets/world_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <map>
#include <string>
#include <vector>

#include "datasets/general_corpus.h"
#include "tests/datasets/scored.h"

namespace datasets {
namespace {

constexpr std::size_t kScored = 400;

WorldOptions World(const std::string& template_name) {
  WorldOptions options;
  options.arithmetic.template_name = template_name;
  options.arithmetic.language_weight = 0.5;
  options.puzzle_weights.fill(2.0);
  return options;
}

CorpusOptions WithoutNoise(CorpusOptions options) {
  options.guess_wrong = 0.0;
  options.step_wrong = 0.0;
  options.switched_fraction = 0.0;
  return options;
}

std::vector<Scored> ScoreWorld(const WorldOptions& tasks,
                               const CorpusOptions& corpus) {
  return Score(WorldTasks(tasks), WorldCorpus(tasks, corpus), kScored);
}

std::string Told(const Scored& one) {
  return one.document.prompt + '\n' + one.document.completion + '\n' +
         boost::json::serialize(verifier::protocol::ToJson(one.result));
}

TEST(CheckersSay, BothTaggedFormsWithoutNoiseEarnEverything) {
  for (const ResponseForm form : {ResponseForm::kR1Zero, ResponseForm::kR1}) {
    std::map<std::string, int> kinds;
    for (const Scored& one :
         ScoreWorld(World(std::string(ResponseFormName(form))),
                    WithoutNoise(ColdStartOptions(PromptStyle::kChat, form)))) {
      ASSERT_EQ(one.result.reward, 2.5) << Told(one);
      ++kinds[one.task.kind];
    }
    EXPECT_GT(kinds["add2"], 0);
    EXPECT_GT(kinds["count"], 0);
    EXPECT_GT(kinds["program"], 0);
    EXPECT_GT(kinds["cipher"], 0);
    EXPECT_GT(kinds["choice"], 0);
  }
}

TEST(CheckersSay, AWrongGuessEarnsNoAccuracy) {
  for (const ResponseForm form : {ResponseForm::kR1Zero, ResponseForm::kR1}) {
    CorpusOptions options =
        WithoutNoise(ColdStartOptions(PromptStyle::kChat, form));
    options.guess_fraction = 1.0;
    options.guess_wrong = 1.0;
    for (const Scored& one :
         ScoreWorld(World(std::string(ResponseFormName(form))), options)) {
      ASSERT_EQ(one.result.checks[0].score, 0.0) << Told(one);
      ASSERT_EQ(one.result.checks[1].score, 1.0) << Told(one);
    }
  }
}

TEST(CheckersSay, ThePlainFormIsRightButHasNoFormat) {
  WorldOptions options = World("r1");
  // A program that follows its steps is no fenced block.
  options.puzzle_weights[static_cast<std::size_t>(PuzzleKind::kProgram)] = 0.0;
  CorpusOptions plain = WithoutNoise({});
  for (const Scored& one : ScoreWorld(options, plain)) {
    ASSERT_EQ(one.result.checks[1].score, 0.0) << Told(one);
    if (one.task.kind == "choice" || one.task.kind == "cipher" ||
        one.task.kind == "countdown") {
      continue;
    }
    ASSERT_EQ(one.result.checks[0].score, 1.0) << Told(one);
  }
}

TEST(CheckersSay, RefinedZeroResponsesEarnEverythingInR1) {
  WorldOptions tasks = World("r1");
  struct Refined {
    WorldCorpus corpus;
    WorldTasks tasks;
    Document Next() {
      Document document = corpus.Next();
      const Task task = tasks.Next();
      const auto language =
          task.language == "en" ? Language::kEnglish : Language::kChinese;
      document.completion =
          RefineToR1(document.completion, language).value_or("not refined");
      return document;
    }
  };
  const CorpusOptions zero = WithoutNoise(ColdStartOptions());
  for (const Scored& one :
       Score(WorldTasks(tasks), Refined{{tasks, zero}, WorldTasks(tasks)},
             kScored)) {
    ASSERT_EQ(one.result.reward, 2.5) << Told(one);
  }
}

TEST(CheckersSay, GoodRepliesEarnEverything) {
  for (const ResponseForm form : {ResponseForm::kR1Zero, ResponseForm::kR1}) {
    GeneralOptions options;
    options.language_weight = 0.5;
    options.template_name = ResponseFormName(form);
    for (const Scored& one :
         Score(GeneralTasks(options), GeneralCorpus(options, {.form = form}),
               kScored)) {
      ASSERT_EQ(one.result.reward, one.task.kind == "instruct" ? 2.5 : 1.5)
          << Told(one);
    }
  }
}

TEST(CheckersSay, BadRepliesToInstructionsEarnNoAccuracy) {
  const GeneralOptions options{.chat = 0, .refuse = 0, .benign = 0};
  for (const Scored& one :
       Score(GeneralTasks(options), GeneralCorpus(options, {.bad_fraction = 1}),
             kScored)) {
    ASSERT_EQ(one.result.checks[0].score, 0.0) << Told(one);
  }
}

}  // namespace
}  // namespace datasets
