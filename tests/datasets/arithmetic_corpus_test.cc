// The documents: their shares by count, and what the checkers say of them.

#include "datasets/arithmetic_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/datasets/scored.h"

namespace datasets {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
// The first `count` documents, each held against the checks of its task.
std::vector<Scored> Score(const ArithmeticOptions& options,
                          const CorpusOptions& corpus_options,
                          std::size_t count) {
  return Score(ArithmeticTasks(options),
               ArithmeticCorpus(options, corpus_options), count);
}

ArithmeticOptions WithLanguage() {
  ArithmeticOptions options;
  options.language_weight = 0.5;
  return options;
}

CorpusOptions WithoutNoise(CorpusOptions options) {
  options.guess_wrong = 0.0;
  options.step_wrong = 0.0;
  options.switched_fraction = 0.0;
  return options;
}

constexpr std::size_t kScored = 600;

TEST(CheckersSay, AColdStartWithoutNoiseEarnsEverything) {
  for (const std::string name : {"r1", "r1-zero"}) {
    ArithmeticOptions options = WithLanguage();
    options.template_name = name;
    for (const Scored& one :
         Score(options, WithoutNoise(ColdStartOptions()), kScored)) {
      ASSERT_EQ(one.result.reward, 2.5)
          << one.document.completion << ' '
          << boost::json::serialize(verifier::protocol::ToJson(one.result));
    }
  }
}

TEST(CheckersSay, TheBoxMayBeLeftOutInR1ZeroOnly) {
  CorpusOptions bare = WithoutNoise(ColdStartOptions());
  bare.boxed = false;
  ArithmeticOptions options;
  for (const Scored& one : Score(options, bare, 100)) {
    EXPECT_EQ(one.result.reward, 1.0) << one.document.completion;
  }
  options.template_name = "r1-zero";
  for (const Scored& one : Score(options, bare, kScored)) {
    EXPECT_EQ(one.result.reward, 2.0) << one.document.completion;
  }
}

TEST(CheckersSay, AWrongGuessEarnsNoAccuracy) {
  CorpusOptions options = WithoutNoise(ColdStartOptions());
  options.guess_fraction = 1.0;
  options.guess_wrong = 1.0;
  for (const Scored& one : Score({}, options, kScored)) {
    ASSERT_EQ(one.result.reward, 1.0) << one.document.completion;
    ASSERT_EQ(one.result.checks[0].outcome, "wrong") << one.task.gold;
    ASSERT_EQ(one.result.checks[1].outcome, "correct");
  }
}

TEST(CheckersSay, ThePretrainedFormIsRightButHasNoFormat) {
  for (const Scored& one : Score({}, WithoutNoise({}), kScored)) {
    ASSERT_EQ(one.result.checks[0].score, 1.0) << one.document.completion;
    ASSERT_EQ(one.result.checks[1].score, 0.0) << one.document.completion;
  }
}

TEST(CheckersSay, MixedLabelsLoseLanguage) {
  CorpusOptions options = WithoutNoise(ColdStartOptions());
  options.switched_fraction = 1.0;
  options.guess_fraction = 0.0;
  ArithmeticOptions tasks = WithLanguage();
  tasks.chinese_fraction = 0.0;
  double sum = 0;
  for (const Scored& one : Score(tasks, options, kScored)) {
    ASSERT_EQ(one.result.checks[0].score, 1.0) << one.document.completion;
    sum += one.result.checks[2].score.value_or(0.0);
  }
  EXPECT_NEAR(sum / kScored, 0.4, 0.05);
}

// Shares -------------------------------------------------------------------

bool IsAscii(std::string_view text) {
  return text.find_first_of("\xE4\xE5\xE6\xE7\xE8\xE9") ==
         std::string_view::npos;
}

TEST(ArithmeticCorpus, TheMixHasItsShares) {
  ArithmeticOptions options;
  options.kind_weights = {1, 1, 1, 1, 1, 0, 1};
  options.chinese_fraction = 0.0;  // a Chinese label was switched
  ArithmeticTasks tasks(options);
  ArithmeticCorpus corpus(options, {});
  constexpr double kDocuments = 20'000;
  double guesses = 0;
  double bare = 0;
  double wrong_guesses = 0;
  double switched = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const Document document = corpus.Next();
    const std::string gold = tasks.Next().gold;
    ASSERT_THAT(document.prompt, StartsWith("User: "));
    ASSERT_THAT(document.completion, Not(HasSubstr("<")));
    const bool guess = document.completion.find('=') == std::string::npos;
    const std::string answer =
        document.completion.substr(document.completion.rfind(' ') + 1);
    if (guess) {
      guesses += 1;
      bare += answer == document.completion ? 1 : 0;
      wrong_guesses += answer == gold ? 0 : 1;
    } else {
      switched += IsAscii(document.completion) ? 0 : 1;
    }
  }
  EXPECT_NEAR(guesses / kDocuments, 0.5, 0.02);
  EXPECT_NEAR(bare / guesses, 0.5, 0.02);
  EXPECT_NEAR(wrong_guesses / guesses, 0.3, 0.02);
  // Three labels or four, none of which switches in 0.4^3 to 0.4^4.
  EXPECT_NEAR(switched / (kDocuments - guesses), 0.3 * 0.95, 0.02);
}

TEST(ArithmeticCorpus, TheCurriculumIsWorkedAndRight) {
  const ArithmeticOptions options = CurriculumTasks({});
  ArithmeticTasks tasks(options);
  ArithmeticCorpus corpus(options, CurriculumOptions());
  for (int i = 0; i < 5000; ++i) {
    const Task task = tasks.Next();
    const Document document = corpus.Next();
    ASSERT_TRUE(task.kind == "add2" || task.kind == "sub2") << task.kind;
    ASSERT_EQ(document.prompt, FormatPrompt(PromptStyle::kChat, task.question));
    const std::string so = task.language == "en" ? " so " : " 所以 ";
    ASSERT_TRUE(document.completion.ends_with(so + task.gold))
        << document.completion;
    ASSERT_THAT(document.completion,
                StartsWith(task.language == "en" ? "ones " : "个位 "));
  }
}

TEST(ArithmeticCorpus, TaggedDocumentsHaveThePromptOfTheirOwn) {
  CorpusOptions options;
  options.tagged_fraction = 0.35;
  ArithmeticCorpus corpus({}, options);
  constexpr double kDocuments = 10'000;
  double tagged = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const Document document = corpus.Next();
    const bool tags = document.completion.starts_with("<think>");
    ASSERT_EQ(document.prompt.starts_with(kR1ZeroInstruction), tags);
    ASSERT_THAT(document.completion, Not(HasSubstr("<think></think>")));
    tagged += tags ? 1 : 0;
  }
  EXPECT_NEAR(tagged / kDocuments, 0.35, 0.02);
}

TEST(ArithmeticCorpus, TheSameDocumentsForASeed) {
  ArithmeticOptions options;
  options.seed = 42;
  ArithmeticCorpus corpus(options, ColdStartOptions(PromptStyle::kR1Zero));
  std::vector<std::string> first;
  for (int i = 0; i < 5; ++i) first.push_back(corpus.Next().completion);
  EXPECT_THAT(first, testing::ElementsAre(
                         "<think>so</think><answer>\\boxed{1080}</answer>",
                         "<think>个位 9+6=15 十位 4+9+1=14 "
                         "所以</think><answer>\\boxed{145}</answer>",
                         "<think>所以</think><answer>\\boxed{228}</answer>",
                         "<think>so</think><answer>\\boxed{87}</answer>",
                         "<think>so</think><answer>\\boxed{42}</answer>"));
}

struct Fraction {
  const char* name;
  double CorpusOptions::*member;
};

TEST(ArithmeticCorpus, FractionsAreFromZeroToOne) {
  const Fraction fractions[] = {
      {"guess_fraction", &CorpusOptions::guess_fraction},
      {"guess_wrong", &CorpusOptions::guess_wrong},
      {"guess_word", &CorpusOptions::guess_word},
      {"step_wrong", &CorpusOptions::step_wrong},
      {"switched_fraction", &CorpusOptions::switched_fraction},
      {"label_switched", &CorpusOptions::label_switched},
      {"tagged_fraction", &CorpusOptions::tagged_fraction},
  };
  for (const Fraction& fraction : fractions) {
    for (const double good : {0.0, 1.0}) {
      CorpusOptions options;
      options.*fraction.member = good;
      EXPECT_NO_THROW(ArithmeticCorpus({}, options)) << fraction.name;
    }
    for (const double bad : {-0.01, 1.01}) {
      CorpusOptions options;
      options.*fraction.member = bad;
      try {
        const ArithmeticCorpus corpus({}, options);
        ADD_FAILURE() << fraction.name << " took " << bad;
      } catch (const std::invalid_argument& error) {
        EXPECT_THAT(error.what(), HasSubstr(fraction.name));
      }
    }
  }
}

}  // namespace
}  // namespace datasets
