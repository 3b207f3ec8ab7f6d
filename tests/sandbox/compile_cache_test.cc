// Tests sandbox/compile_cache.h, by itself and through a Runner.

#include "sandbox/compile_cache.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "sandbox/run_counts.h"
#include "sandbox/runner.h"

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

RunResult Exited(int code, std::string err) {
  RunResult run;
  run.ending = Ending::kExited;
  run.exit_code = code;
  run.err = std::move(err);
  return run;
}

TEST(CompiledTest, WhatTheMachineOrALimitCausedIsNotForAlways) {
  EXPECT_EQ(CompiledFrom(Exited(1, "main.cc:1:1: error: x"), false).reach,
            Reach::kAlways);
  for (const char* trouble :
       {"cc1plus: out of memory allocating 65536 bytes",
        "virtual memory exhausted: Cannot allocate memory",
        "g++: fatal error: Killed signal terminated program cc1plus",
        "main.cc:3:1: internal compiler error: Segmentation fault",
        "java.lang.OutOfMemoryError: Java heap space",
        "ld: final link failed: No space left on device",
        "sh: 1: Cannot fork: Resource temporarily unavailable"}) {
    EXPECT_EQ(CompiledFrom(Exited(1, trouble), false).reach, Reach::kNow)
        << trouble;
  }
  // A shell's word for what was killed.
  EXPECT_EQ(CompiledFrom(Exited(125, ""), false).reach, Reach::kAlways);
  EXPECT_EQ(CompiledFrom(Exited(137, ""), false).reach, Reach::kNow);
  RunResult run;
  for (const Ending ending :
       {Ending::kCpuLimit, Ending::kWallLimit, Ending::kSignalled,
        Ending::kOutputLimit, Ending::kViolation}) {
    run.ending = ending;
    EXPECT_EQ(CompiledFrom(run, false).reach, Reach::kNow);
  }
  run.ending = Ending::kWallLimit;
  EXPECT_EQ(CompiledFrom(run, true).reach, Reach::kNobody);
  EXPECT_EQ(CompiledFrom(RunResult{}, false).reach, Reach::kNobody);
}

// Compiles of C++ that ran in this process.
std::uint64_t Compiles() {
  const RunCounts& counts = RunCounts::OfProcess();
  std::uint64_t all = 0;
  for (std::size_t row = 0; row < counts.size(); ++row) {
    if (counts.language(row) != "cpp-compile") continue;
    for (std::size_t v = 0; v < RunCounts::kVerdicts.size(); ++v) {
      all += counts.count(row, v);
    }
  }
  return all;
}

class CachedRunnerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    jail_ = *jail;
    runner_ = std::make_unique<Runner>(jail_);
  }

  Build Compile(const std::string& source, const Until& until = {}) {
    return Compile(cpp_, {{.name = "main.cc", .content = source}}, until);
  }
  Build Compile(const Language& language, std::vector<ProgramFile> files,
                const Until& until = {}) {
    return runner_->Compile(language, std::move(files), until);
  }
  std::string Output(const Build& build) {
    return runner_->Run(build.program, {}, {}).out;
  }

  std::shared_ptr<const Jail> jail_;
  std::unique_ptr<Runner> runner_;
  const Language cpp_ = *FindLanguage("cpp");
};

constexpr const char* kHello =
    "#include <cstdio>\nint main() { std::puts(\"hello\"); }\n";

TEST_F(CachedRunnerTest, AHitIsWhatTheCompileWas) {
  const Build first = Compile(kHello);
  const Build again = Compile(kHello);
  EXPECT_FALSE(first.cached);
  EXPECT_TRUE(again.cached);
  EXPECT_EQ(again.verdict, BuildVerdict::kReady);
  EXPECT_TRUE(again.compiled);
  EXPECT_EQ(again.compile.err, first.compile.err);
  EXPECT_EQ(again.compile.cpu, first.compile.cpu);
  ASSERT_EQ(again.program.files.size(), 1U);
  EXPECT_EQ(again.program.files[0].content, first.program.files[0].content);
  EXPECT_EQ(Output(again), "hello\n");

  const std::string wrong = "int main() { return }";
  const Build error = Compile(wrong);
  const Build same = Compile(wrong);
  EXPECT_FALSE(error.cached);
  EXPECT_TRUE(same.cached);
  EXPECT_EQ(same.verdict, BuildVerdict::kError);
  EXPECT_EQ(same.compile.err, error.compile.err);
  EXPECT_NE(same.compile.err, "");
}

TEST_F(CachedRunnerTest, EverythingThatDecidesIsInTheKey) {
  const std::vector<ProgramFile> files = {
      {.name = "main.cc", .content = "#include \"a.h\"\n"},
      {.name = "a.h", .content = "int main() {}"}};
  EXPECT_FALSE(Compile(cpp_, files).cached);
  EXPECT_TRUE(Compile(cpp_, files).cached);
  const auto changed = [&](auto change) {
    Language language = cpp_;
    std::vector<ProgramFile> other = files;
    change(language, other);
    return !Compile(language, other).cached && Compile(language, other).cached;
  };
  using Files = std::vector<ProgramFile>;
  EXPECT_TRUE(changed([](Language& l, Files&) { l.compile[1] = "-O1"; }));
  EXPECT_TRUE(
      changed([](Language& l, Files&) { l.compile_limits.memory_bytes += 1; }));
  EXPECT_TRUE(
      changed([](Language& l, Files&) { l.compile_needs.threads += 1; }));
  EXPECT_TRUE(changed([](Language& l, Files&) { l.names[0] = "cpp-other"; }));
  EXPECT_TRUE(changed([](Language&, Files& f) { f[0].content += "\n"; }));
  EXPECT_TRUE(changed([](Language&, Files& f) { f[0].name = "x.cc"; }));
  EXPECT_TRUE(changed([](Language&, Files& f) { f[1].content += ";"; }));
  EXPECT_TRUE(
      changed([](Language&, Files& f) { f.push_back({.name = "b.h"}); }));
  // Not two texts with the border elsewhere.
  EXPECT_TRUE(changed([](Language&, Files& f) {
    f[0].content = "#include \"a.h\"";
    f[1].content = "\nint main() {}";
  }));
  // How it is run is not part of what is compiled.
  Language runs = cpp_;
  runs.run.emplace_back("word");
  const Build build = Compile(runs, files);
  EXPECT_TRUE(build.cached);
  EXPECT_EQ(build.program.argv, runs.run);
}

TEST_F(CachedRunnerTest, AnotherCompilerIsAskedAnew) {
  char path[] = "/tmp/assay-tool-XXXXXX";
  ASSERT_GE(mkstemp(path), 0);
  Language language = cpp_;
  language.tools = {"/usr/bin/g++", path};
  const std::vector<ProgramFile> files = {
      {.name = "main.cc", .content = kHello}};
  EXPECT_FALSE(Compile(language, files).cached);
  EXPECT_TRUE(Compile(language, files).cached);
  std::ofstream(path) << "version 2";
  EXPECT_FALSE(Compile(language, files).cached);
  EXPECT_TRUE(Compile(language, files).cached);
  unlink(path);
}

TEST_F(CachedRunnerTest, FailuresAreNotKept) {
  Language language = cpp_;
  const std::vector<ProgramFile> files = {{.name = "main.cc"}};
  language.compile = {"/usr/bin/sleep", "1000"};
  language.compile_limits.wall = seconds(1);
  for (int i = 0; i < 2; ++i) {
    const Build build = Compile(language, files);
    EXPECT_EQ(build.verdict, BuildVerdict::kTime);
    EXPECT_FALSE(build.cached);
  }
  language = cpp_;
  language.compile = {"/usr/bin/false"};
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Compile(language, files).verdict, BuildVerdict::kFailed);
  }
  // A deadline of one request is not the next one's.
  const Until past{.deadline = Until::Clock::now() - seconds(1)};
  EXPECT_EQ(Compile(kHello, past).verdict, BuildVerdict::kTime);
  Cancel cancel;
  cancel.Set();
  EXPECT_EQ(Compile(kHello, {.cancel = &cancel}).failure, "cancelled");
  const Build build = Compile(kHello);
  EXPECT_EQ(build.verdict, BuildVerdict::kReady);
  EXPECT_FALSE(build.cached);
}

TEST_F(CachedRunnerTest, ManyThreadsCompileOneSourceOnce) {
  const std::uint64_t before = Compiles();
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      if (Output(Compile(kHello)) == "hello\n") ++right;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 16);
  EXPECT_EQ(Compiles() - before, 1U);
}

TEST_F(CachedRunnerTest, ItCanBeTurnedOff) {
  runner_ =
      std::make_unique<Runner>(jail_, RunnerOptions{.compile_cache_bytes = 0});
  const std::uint64_t before = Compiles();
  EXPECT_FALSE(Compile(kHello).cached);
  EXPECT_FALSE(Compile(kHello).cached);
  EXPECT_EQ(Compiles() - before, 2U);
}

// A program does to its own file, and to what it can find, what it likes.
TEST_F(CachedRunnerTest, NoProgramChangesWhatTheNextOneRuns) {
  const std::string hostile =
      "#include <cstdio>\n#include <cstdlib>\n#include <fcntl.h>\n"
      "#include <sys/mman.h>\n#include <sys/stat.h>\n#include <unistd.h>\n"
      "int main() {\n"
      "  std::puts(\"honest\"); std::fflush(stdout);\n"
      "  for (int fd = 3; fd < 64; ++fd) { ftruncate(fd, 0); write(fd, \"x\", "
      "1); }\n"
      "  chmod(\"a.out\", 0777);\n"
      "  int same = open(\"a.out\", O_WRONLY | O_TRUNC);\n"
      "  if (same >= 0) write(same, \"x\", 1);\n"
      "  unlink(\"a.out\");\n"
      "  FILE* file = std::fopen(\"a.out\", \"w\");\n"
      "  std::fputs(\"#!/bin/sh\\necho evil\\n\", file); std::fclose(file);\n"
      "  chmod(\"a.out\", 0777);\n"
      "  rename(\"a.out\", \"../w/a.out\");\n"
      "}\n";
  const Build first = Compile(hostile);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Output(first), "honest\n");
    const Build again = Compile(hostile);
    EXPECT_TRUE(again.cached);
    EXPECT_EQ(again.program.files[0].content, first.program.files[0].content);
    EXPECT_EQ(Output(again), "honest\n");
  }
}

}  // namespace
}  // namespace sandbox
