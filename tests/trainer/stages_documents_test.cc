// Tests trainer/stages: documents, what makes them fit to learn from, records
// of stages, the watch on a stage's reward.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "trainer/stages/document.h"
#include "trainer/stages/reward_watch.h"
#include "trainer/stages/stage_record.h"
#include "trainer/stages/text_filters.h"

namespace trainer {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Documents

const char* const kLine =
    R"({"keep":true,"id":"a/1","source":"sample","kind":"add2","language":"en",)"
    R"("question":"Compute 1+2","response":"<think>\n3\n</think>\n\n3"})";

TEST(Documents, AreWrittenAndReadBack) {
  const std::vector<Document> written{
      {true, "a/1", "sample", "add2", "en", "Compute 1+2",
       "<think>\n3\n</think>\n\n3"},
      {false, "t/2", "trace", "chat", "zh", "你好", "\"quoted\"\t"}};
  const std::string text = ToJsonLines(written);
  EXPECT_EQ(text.substr(0, text.find('\n')), kLine);
  const auto read = ParseDocuments(text, "d.jsonl");
  ASSERT_TRUE(read.has_value()) << read.error().ToString();
  EXPECT_EQ(ToJsonLines(*read), text);
  EXPECT_FALSE(read->at(1).keep);
}

TEST(Documents, APersonMayLeaveOutKeepAndAddBlankLines) {
  std::string line = kLine;
  line.replace(1, 12, "\"note\":\"looked at\",");
  const auto read = ParseDocuments("\n" + line + "\n \n" + line, "d.jsonl");
  ASSERT_TRUE(read.has_value()) << read.error().ToString();
  ASSERT_EQ(read->size(), 2U);
  EXPECT_TRUE(read->at(0).keep);
}

TEST(Documents, ErrorsNameTheLine) {
  const auto error = [](const std::string& from, const std::string& to) {
    std::string line = kLine;
    line.replace(line.find(from), from.size(), to);
    const auto read =
        ParseDocuments(std::string(kLine) + "\n\n" + line + '\n', "d.jsonl");
    return read.has_error() ? read.error().ToString() : std::string("none");
  };
  EXPECT_EQ(error("\"keep\":true", "\"keep\":1"),
            "d.jsonl:3: keep is neither true nor false");
  EXPECT_EQ(error("\"response\"", "\"respond\""),
            "d.jsonl:3: response is no string");
  EXPECT_EQ(error("\"id\":\"a/1\"", "\"id\":7"), "d.jsonl:3: id is no string");
  EXPECT_THAT(error("\"id\":\"a/1\"", "\"id\":"), HasSubstr("d.jsonl:3: byte"));
  EXPECT_EQ(ParseDocuments("[]", "d").error().ToString(),
            "d:1: is no JSON object");
}

// Filters

TEST(TextFilters, WordsAreRunsOfAsciiAndSingleOtherCharacters) {
  EXPECT_THAT(
      WordsOf("Tom has 12 apples, Tom's 3+4=7"),
      ElementsAre("tom", "has", "12", "apples", "tom", "s", "3", "4", "7"));
  EXPECT_THAT(WordsOf("小明有12个"), ElementsAre("小", "明", "有", "12", "个"));
  EXPECT_TRUE(WordsOf(" \n-+").empty());
  // Cut UTF-8 is no reason to stop or to run over the end.
  EXPECT_EQ(WordsOf("a\xe5\xb0").size(), 2U);
}

TEST(TextFilters, RepetitionIsTheShareOfWordsThatEndASeenRun) {
  EXPECT_EQ(RepeatedShare("a b c d e f g"), 0.0);
  EXPECT_EQ(RepeatedShare("a b c"), 0.0);
  EXPECT_DOUBLE_EQ(RepeatedShare("a a a a a a a a"), 4.0 / 8.0);
  EXPECT_DOUBLE_EQ(RepeatedShare("a b c d a b c d"), 1.0 / 8.0);
  EXPECT_DOUBLE_EQ(RepeatedShare("a b a b", 2), 1.0 / 4.0);
}

TEST(TextFilters, ARunOfTenHeldOutWordsContaminates) {
  Decontaminator held_out;
  EXPECT_FALSE(held_out.Contaminated("a b c d e f g h i j"));
  held_out.HoldOut("x a b c d e f g h i j y");
  EXPECT_TRUE(held_out.Contaminated("so: A, b c-d e f g h i J!"));
  EXPECT_FALSE(held_out.Contaminated("a b c d e f g h i"));        // nine
  EXPECT_FALSE(held_out.Contaminated("a b c d e Z f g h i j y"));  // broken
  held_out.HoldOut("too short to hold out");
  EXPECT_FALSE(held_out.Contaminated("too short to hold out"));
}

TEST(TextFilters, ReflectionWordsAreCountedInBothLanguages) {
  EXPECT_EQ(ReflectionWords("Wait, check: waiting is no wait"), 3U);
  EXPECT_EQ(ReflectionWords("等等，不对，检查一下，等等"), 4U);
  EXPECT_EQ(ReflectionWords("ones 7+5=12"), 0U);
}

// Records

StageRecord SomeRecord() {
  StageRecord record;
  record.inputs.recipe = "seed = 0\nrl.lr = 0.1\n";
  record.inputs.digests = {{"base/model", "aa"}, {"data/documents", "bb"}};
  record.model = "cc";
  record.summary.stage = "rl";
  record.summary.model = "checkpoints/rl";
  record.summary.pass_at_1 = 0.5;
  record.reward_model = RewardModelSummary{"rl", 0.75};
  return record;
}

TEST(StageRecords, AreWrittenAndReadBack) {
  const std::string text = ToJson(SomeRecord());
  const auto read = ParseStageRecord(text, "rl.json");
  ASSERT_TRUE(read.has_value()) << read.error().ToString();
  EXPECT_EQ(ToJson(*read), text);
  EXPECT_EQ(read->inputs, SomeRecord().inputs);
  EXPECT_EQ(read->summary.pass_at_1, 0.5);
  EXPECT_EQ(read->reward_model->pair_accuracy, 0.75);
}

TEST(StageRecords, WhatIsWrongIsNamed) {
  for (const auto& [from, to, what] :
       {std::tuple{"\"model\":\"cc\"", "\"model\":1", "model is no string"},
        std::tuple{"\"aa\"", "7", "base/model is no string"},
        std::tuple{"\"inputs\"", "\"input\"", "inputs is no object"},
        std::tuple{"{\"inputs\"", "[\"inputs\"", "is no JSON object"}}) {
    std::string text = ToJson(SomeRecord());
    text.replace(text.find(from), std::string(from).size(), to);
    const auto read = ParseStageRecord(text, "rl.json");
    ASSERT_TRUE(read.has_error()) << what;
    EXPECT_THAT(read.error().ToString(), HasSubstr(what));
  }
}

TEST(StageRecords, AStageIsStaleWhereWhatItWasMadeOfIs) {
  const StageRecord record = SomeRecord();
  EXPECT_EQ(Stale(record, record.inputs), std::nullopt);
  StageInputs now = record.inputs;
  now.recipe = "seed = 0\nrl.lr = 0.2\n";
  EXPECT_EQ(Stale(record, now), "rl.lr was 0.1 and is 0.2");
  now = record.inputs;
  now.digests["base/model"] = "ab";
  EXPECT_EQ(Stale(record, now), "base/model is another");
  now = record.inputs;
  now.digests["more/documents"] = "dd";
  EXPECT_EQ(Stale(record, now), "more/documents is another");
  now = record.inputs;
  now.digests.erase("base/model");
  EXPECT_EQ(Stale(record, now), "it needs less");
  EXPECT_NE(DigestOf(now), DigestOf(record.inputs));
}

// The watch

// Gives `watch` `steps` rewards and then a look.
bool Look(RewardWatch& watch, double reward, double accuracy) {
  for (int i = 0; i < 3; ++i) watch.TakeReward(reward);
  return watch.TakeAccuracy(accuracy);
}

TEST(RewardWatch, EndsWhereTheRewardRisesAndAccuracyFalls) {
  RewardWatch watch(3, 0.1);
  EXPECT_FALSE(watch.Due(2));
  EXPECT_TRUE(watch.Due(3));
  EXPECT_FALSE(Look(watch, 1.0, 0.6));
  EXPECT_FALSE(Look(watch, 1.5, 0.51));  // within the drop
  EXPECT_FALSE(Look(watch, 0.9, 0.2));   // the reward fell, too
  EXPECT_TRUE(Look(watch, 1.1, 0.49));
  EXPECT_TRUE(watch.ended());
  EXPECT_FALSE(watch.Due(6));
}

TEST(RewardWatch, ComparesWithTheBestLook) {
  RewardWatch watch(1, 0.1);
  EXPECT_FALSE(Look(watch, 1.0, 0.5));
  EXPECT_FALSE(Look(watch, 2.0, 0.7));
  EXPECT_FALSE(Look(watch, 1.9, 0.5));  // reward below that of the best look
  EXPECT_TRUE(Look(watch, 2.1, 0.5));
}

TEST(RewardWatch, GoesOnFromItsState) {
  RewardWatch first(2, 0.1);
  (void)Look(first, 1.0, 0.6);
  first.TakeReward(5.0);
  RewardWatch second(2, 0.1);
  second.state().copy_(first.state());
  EXPECT_TRUE(second.TakeAccuracy(0.4));
  RewardWatch forgot(2, 0.1);
  EXPECT_FALSE(forgot.TakeAccuracy(0.4));
  EXPECT_FALSE(RewardWatch(0, 0.1).Due(0));
}

}  // namespace
}  // namespace trainer
