// Tests sandbox/compile_cache.h by itself.

#include "sandbox/compile_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

CompileKey Key(unsigned char number) {
  CompileKey key{};
  key[0] = number;
  return key;
}

Compiled Made(std::string artifact, Reach reach = Reach::kAlways) {
  Compiled compiled;
  compiled.verdict = BuildVerdict::kReady;
  compiled.reach = reach;
  compiled.artifact = std::move(artifact);
  return compiled;
}

// Whether `cache` holds `number`; where it does not, `bytes` are made for it.
bool Has(CompileCache& cache, unsigned char number, std::size_t bytes = 0) {
  const auto found = cache.Get(
      Key(number), {}, [bytes] { return Made(std::string(bytes, 'x')); });
  return !found.made_here;
}

TEST(CompileCacheTest, GivesBackWhatItHolds) {
  CompileCache cache(kMiB);
  const auto first = cache.Get(Key(1), {}, [] { return Made("one"); });
  EXPECT_TRUE(first.made_here);
  const auto again = cache.Get(Key(1), {}, [] { return Made("other"); });
  EXPECT_FALSE(again.made_here);
  EXPECT_EQ(again.compiled->artifact, "one");
  EXPECT_TRUE(cache.Get(Key(2), {}, [] { return Made("two"); }).made_here);
}

TEST(CompileCacheTest, AtItsLimitNothingGoesAndOneByteMoreEvicts) {
  constexpr std::int64_t kEntry = kCompileEntryBytes + 100;
  CompileCache cache(2 * kEntry);
  EXPECT_FALSE(Has(cache, 1, 100));
  EXPECT_FALSE(Has(cache, 2, 100));
  EXPECT_EQ(cache.held_bytes(), 2 * kEntry);
  EXPECT_TRUE(Has(cache, 1));
  EXPECT_TRUE(Has(cache, 2));

  CompileCache tighter(2 * kEntry - 1);
  EXPECT_FALSE(Has(tighter, 1, 100));
  EXPECT_FALSE(Has(tighter, 2, 100));
  EXPECT_EQ(tighter.held_bytes(), kEntry);
  EXPECT_TRUE(Has(tighter, 2));
  EXPECT_FALSE(Has(tighter, 1));
}

TEST(CompileCacheTest, WhatWasNotUsedForLongestGoesFirst) {
  CompileCache cache(2 * kCompileEntryBytes);
  EXPECT_FALSE(Has(cache, 1));
  EXPECT_FALSE(Has(cache, 2));
  EXPECT_TRUE(Has(cache, 1));
  EXPECT_FALSE(Has(cache, 3));
  EXPECT_TRUE(Has(cache, 1));
  EXPECT_FALSE(Has(cache, 2));
}

TEST(CompileCacheTest, WhatIsLargerThanAllOfItIsNotHeld) {
  CompileCache cache(kCompileEntryBytes + 10);
  EXPECT_FALSE(Has(cache, 1, 10));
  EXPECT_FALSE(Has(cache, 2, 11));
  EXPECT_FALSE(Has(cache, 2, 11));
  EXPECT_TRUE(Has(cache, 1));
}

TEST(CompileCacheTest, WithoutBytesItHoldsNothing) {
  CompileCache cache(0);
  EXPECT_FALSE(Has(cache, 1));
  EXPECT_FALSE(Has(cache, 1));
  EXPECT_EQ(cache.held_bytes(), 0);
}

TEST(CompileCacheTest, OnlyTheCompilersOwnWordIsKept) {
  CompileCache cache(kMiB);
  for (const Reach reach : {Reach::kNobody, Reach::kNow}) {
    const auto make = [reach] { return Made("x", reach); };
    EXPECT_TRUE(cache.Get(Key(1), {}, make).made_here);
    EXPECT_TRUE(cache.Get(Key(1), {}, make).made_here);
  }
}

// Asks from `count` threads at once; the first to come waits until the others
// had time to come too. Returns how often `made` was made.
int MadeBy(CompileCache& cache, int count, Reach reach, const Until& until,
           std::atomic<int>* answered) {
  std::atomic<int> made = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&] {
      const auto found = cache.Get(Key(1), until, [&] {
        ++made;
        std::this_thread::sleep_for(milliseconds(300));
        return Made("x", reach);
      });
      if (found.compiled != nullptr) ++*answered;
    });
  }
  for (std::thread& thread : threads) thread.join();
  return made;
}

TEST(CompileCacheTest, WhoComesMeanwhileGetsTheSame) {
  for (const Reach reach : {Reach::kNow, Reach::kAlways}) {
    CompileCache cache(kMiB);
    std::atomic<int> answered = 0;
    EXPECT_EQ(MadeBy(cache, 8, reach, {}, &answered), 1);
    EXPECT_EQ(answered, 8);
  }
}

TEST(CompileCacheTest, AFailureIsNobodyElses) {
  CompileCache cache(kMiB);
  std::atomic<int> answered = 0;
  EXPECT_EQ(MadeBy(cache, 3, Reach::kNobody, {}, &answered), 3);
  EXPECT_EQ(answered, 3);
}

TEST(CompileCacheTest, WhoWaitsKeepsItsOwnDeadlineAndCancel) {
  CompileCache cache(kMiB);
  std::atomic<bool> started = false;
  std::atomic<bool> go = false;
  std::thread slow([&] {
    static_cast<void>(cache.Get(Key(1), {}, [&] {
      started = true;
      while (!go) std::this_thread::sleep_for(milliseconds(1));
      return Made("x");
    }));
  });
  while (!started) std::this_thread::sleep_for(milliseconds(1));
  const auto never = [] {
    ADD_FAILURE() << "compiled twice";
    return Compiled();
  };
  const Until soon{.deadline = Until::Clock::now() + milliseconds(50)};
  EXPECT_EQ(cache.Get(Key(1), soon, never).compiled, nullptr);
  Cancel cancel;
  cancel.Set();
  EXPECT_EQ(cache.Get(Key(1), {.cancel = &cancel}, never).compiled, nullptr);
  go = true;
  slow.join();
  EXPECT_TRUE(Has(cache, 1));
}

TEST(CompileCacheTest, AnExceptionLeavesNobodyWaiting) {
  CompileCache cache(kMiB);
  EXPECT_THROW(static_cast<void>(cache.Get(
                   Key(1), {}, []() -> Compiled { throw std::bad_alloc(); })),
               std::bad_alloc);
  EXPECT_FALSE(Has(cache, 1));
  EXPECT_TRUE(Has(cache, 1));
}

}  // namespace
}  // namespace sandbox
