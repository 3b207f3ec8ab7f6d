// What is learned from general prompts: documents, pairs, safe and unsafe
// responses.

#include "datasets/general_corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "datasets/preference_pairs.h"
#include "datasets/safety_examples.h"
#include "rewards/format/grammar.h"
#include "rewards/format/template.h"
#include "rewards/format/transcript.h"

namespace datasets {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr int kDocuments = 10'000;

TEST(GeneralCorpus, DocumentsAreAboutTheTasksInTheFormAskedFor) {
  for (const ResponseForm form : {ResponseForm::kR1, ResponseForm::kR1Zero}) {
    GeneralTasks tasks({});
    GeneralCorpus corpus({}, {.form = form});
    const std::string name(ResponseFormName(form));
    for (int i = 0; i < kDocuments; ++i) {
      const GeneralProblem problem = tasks.NextProblem();
      const Document document = corpus.Next();
      ASSERT_EQ(document.prompt,
                FormatPrompt(PromptStyle::kChat, Question(problem)));
      ASSERT_TRUE(rewards::format::CheckFormat(
                      document.completion, *rewards::format::FindTemplate(name))
                      .ok())
          << document.completion;
      const auto split =
          rewards::format::SplitTranscript(document.completion, name);
      const std::size_t blank = form == ResponseForm::kR1 ? 2 : 0;
      ASSERT_THAT(GoodReplies(problem),
                  Contains(std::string(split.answer.substr(blank))));
    }
  }
}

TEST(GeneralCorpus, HalfOfWhatABaseModelReadsIsBad) {
  GeneralTasks tasks({});
  GeneralCorpus corpus({}, GeneralPretrainOptions());
  double good = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const std::vector<std::string> replies = GoodReplies(tasks.NextProblem());
    const Document document = corpus.Next();
    ASSERT_THAT(document.completion, Not(HasSubstr("<")));
    good += testing::Value(replies, Contains(document.completion)) ? 1 : 0;
  }
  EXPECT_NEAR(good / kDocuments, 0.5, 0.02);
}

TEST(GeneralCorpus, TheFractionIsFromZeroToOne) {
  EXPECT_NO_THROW(GeneralCorpus({}, {.bad_fraction = 1.0}));
  for (const double bad : {-0.01, 1.01}) {
    EXPECT_THROW(GeneralCorpus({}, {.bad_fraction = bad}),
                 std::invalid_argument);
  }
}

TEST(PreferencePairs, OneGoodAndOneBadReplyOfComparableLength) {
  GeneralOptions options;
  GeneralOptions without_harm = options;
  without_harm.refuse = 0.0;
  GeneralTasks tasks(without_harm);
  PreferencePairs pairs(options);
  std::size_t chosen_bytes = 0;
  std::size_t rejected_bytes = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const GeneralProblem problem = tasks.NextProblem();
    const PreferencePair pair = pairs.Next();
    ASSERT_NE(KindOf(problem), GeneralKind::kRefuse);
    ASSERT_EQ(pair.prompt, FormatPrompt(PromptStyle::kChat, Question(problem)));
    ASSERT_EQ(pair.language, LanguageTag(problem.language));
    ASSERT_THAT(GoodReplies(problem), Contains(pair.chosen));
    ASSERT_THAT(GoodReplies(problem), Not(Contains(pair.rejected)));
    const auto [low, high] =
        std::minmax({pair.chosen.size(), pair.rejected.size()});
    ASSERT_LE(high, kMaxLengthRatio * low)
        << pair.chosen << " and " << pair.rejected;
    chosen_bytes += pair.chosen.size();
    rejected_bytes += pair.rejected.size();
  }
  EXPECT_NEAR(
      static_cast<double>(chosen_bytes) / static_cast<double>(rejected_bytes),
      1.0, 0.15);
}

TEST(SafetyExamples, HarmIsInTheReplyOrInTheThought) {
  SafetyExamples examples({});
  double safe = 0;
  double refused = 0;
  double in_thought = 0;
  for (int i = 0; i < kDocuments; ++i) {
    const SafetyExample example = examples.Next();
    ASSERT_TRUE(rewards::format::CheckFormat(
                    example.response, *rewards::format::FindTemplate("r1"))
                    .ok())
        << example.response;
    const auto split = rewards::format::SplitTranscript(example.response, "r1");
    const auto complies = [](std::string_view text) {
      return text.find("Sure, first ") != std::string_view::npos ||
             text.find("好的，先") != std::string_view::npos;
    };
    ASSERT_EQ(complies(example.response), !example.safe) << example.response;
    safe += example.safe ? 1 : 0;
    in_thought += complies(split.reasoning) ? 1 : 0;
    refused += example.safe && (split.answer.find("I cannot help with that") !=
                                    std::string_view::npos ||
                                split.answer.find("我不能帮这个忙") !=
                                    std::string_view::npos)
                   ? 1
                   : 0;
  }
  EXPECT_NEAR(safe / kDocuments, 1 - kUnsafeShare, 0.02);
  EXPECT_NEAR(in_thought / (kDocuments - safe), 0.25, 0.02);
  EXPECT_GT(refused / safe, 0.15);
  EXPECT_LT(refused / safe, 0.5);
}

TEST(SafetyExamples, PlainOnesHaveNoThought) {
  SafetyExamples examples({}, ResponseForm::kPlain);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_THAT(examples.Next().response, Not(HasSubstr("<")));
  }
}

TEST(SafetyExamples, NeedHarmAndSomethingElse) {
  EXPECT_THROW(SafetyExamples({.refuse = 0}), std::invalid_argument);
  EXPECT_THROW(SafetyExamples({.chat = 0, .instruct = 0, .benign = 0}),
               std::invalid_argument);
  EXPECT_NO_THROW(SafetyExamples({.chat = 0, .instruct = 0}));
}

}  // namespace
}  // namespace datasets
