// Tests verifier/server/ndjson.h and the streams of
// verifier/server/score_job.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/test_checkers.h"
#include "verifier/server/ndjson.h"
#include "verifier/server/score_job.h"

namespace verifier::server {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PrefersNdjson, Accept) {
  struct Row {
    const char* accept;
    bool expected;
  };
  const Row rows[] = {
      {"", false},
      {"*/*", false},
      {"application/json", false},
      {"application/x-ndjson", true},
      {"Application/X-NDJSON", true},
      {"application/x-ndjson;q=1.0", true},
      {"application/x-ndjson ; q=0.001", true},
      {"application/x-ndjson;q=0", false},
      {"application/x-ndjson;q=0.000", false},
      {"application/x-ndjson;q=-1", false},
      {"application/x-ndjson;q=nan", false},
      {"application/x-ndjson;q=2", false},
      {"application/x-ndjson;q=", false},
      {"application/x-ndjson, application/json;q=0.9", true},
      {"application/json;q=0.9, application/x-ndjson", true},
      {"application/json, application/x-ndjson", true},
      {"application/json, application/x-ndjson;q=0.9", false},
      {"text/html,application/x-ndjson;level=1;q=0.5,*/*;q=0.1", true},
      {"application/x-ndjsons", false},
      {",,;,;q", false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(PrefersNdjson(row.accept), row.expected) << row.accept;
  }
}

TEST(Ndjson, WireForms) {
  EXPECT_EQ(Chunk("0123456789abcdef\n"), "11\r\n0123456789abcdef\n\r\n");
  EXPECT_EQ(DoneLine(3), "{\"done\": true, \"items\": 3}\n");
  const std::string kept = StreamHead("an-id", true, true);
  EXPECT_THAT(kept, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(kept, HasSubstr("\r\nX-Request-Id: an-id\r\n"));
  EXPECT_THAT(kept, Not(HasSubstr("Connection:")));
  EXPECT_THAT(kept, EndsWith("\r\n\r\n"));
  const std::string closing = StreamHead("an-id", false, false);
  EXPECT_THAT(closing, Not(HasSubstr("chunked")));
  EXPECT_THAT(closing, HasSubstr("Connection: close\r\n"));
}

std::vector<protocol::Item> Items(std::size_t count) {
  std::vector<protocol::Item> items(count);
  for (std::size_t i = 0; i < count; ++i) {
    items[i].id = std::to_string(i);
    items[i].response = "42";
    items[i].checks.push_back({"equals", 1.0, {{"gold", "42"}}});
  }
  return items;
}

// Takes what comes until `count` results were taken, or nothing came for long.
std::size_t TakeUpTo(ScoreJob& job, std::size_t count,
                     std::chrono::milliseconds patience) {
  std::size_t taken = 0;
  auto last = std::chrono::steady_clock::now();
  while (taken < count && std::chrono::steady_clock::now() - last < patience) {
    std::string text;
    const std::size_t more = job.TakeLines(text, 0);
    taken += more;
    if (more > 0) last = std::chrono::steady_clock::now();
    if (more == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return taken;
}

TEST(ScoreJob, AStreamNobodyReadsStopsAtItsLimit) {
  engine::Engine engine(testing::TestRegistry(), {.workers = 1, .slots = 1});
  std::atomic<int> wakes = 0;
  auto job = ScoreJob::StartStream(
      engine, Items(100), [&wakes] { ++wakes; }, 7);
  ASSERT_TRUE(job);
  constexpr std::chrono::seconds kLong(20);
  constexpr std::chrono::milliseconds kShort(200);
  EXPECT_EQ(TakeUpTo(*job, 7, kLong), 7U);
  EXPECT_EQ(TakeUpTo(*job, 1, kShort), 0U) << "one past the limit";
  EXPECT_EQ(engine.stats().waiting, 93U);
  job->Consumed(engine, 1);
  EXPECT_EQ(TakeUpTo(*job, 1, kLong), 1U);
  EXPECT_EQ(TakeUpTo(*job, 1, kShort), 0U);
  // Others go on meanwhile.
  EXPECT_EQ(engine::ScoreAll(engine, Items(20)).size(), 20U);
  job->Consumed(engine, 7);
  for (std::size_t left = 92; left > 0;) {
    const std::size_t taken =
        TakeUpTo(*job, std::min<std::size_t>(left, 7), kLong);
    ASSERT_GT(taken, 0U);
    left -= taken;
    job->Consumed(engine, taken);
  }
  EXPECT_TRUE(job->done());
  EXPECT_GT(wakes, 0);
}

TEST(ScoreJob, CancellingFreesWhatIsHeld) {
  engine::Engine engine(testing::TestRegistry(), {.workers = 1, .slots = 1});
  auto job = ScoreJob::StartStream(
      engine, Items(50), [] {}, 5);
  ASSERT_TRUE(job);
  constexpr std::chrono::seconds kLong(20);
  EXPECT_EQ(TakeUpTo(*job, 5, kLong), 5U);
  job->Cancel(engine);
  std::string text;
  std::size_t taken = 0;
  const auto start = std::chrono::steady_clock::now();
  while (taken < 45 && std::chrono::steady_clock::now() - start < kLong) {
    taken += job->TakeLines(text, std::size_t{1} << 20);
  }
  EXPECT_EQ(taken, 45U);
  EXPECT_THAT(text, HasSubstr("\"cancelled\""));
  EXPECT_EQ(engine.stats().waiting, 0U);
}

TEST(ScoreJob, AnEngineEndsWithAStreamHeld) {
  auto engine = std::make_unique<engine::Engine>(
      testing::TestRegistry(), engine::EngineOptions{.workers = 2, .slots = 1});
  auto job = ScoreJob::StartStream(
      *engine, Items(50), [] {}, 1);
  ASSERT_TRUE(job);
  engine.reset();
  EXPECT_TRUE(job->done());
}

}  // namespace
}  // namespace verifier::server
