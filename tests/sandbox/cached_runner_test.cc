// Tests sandbox/compile_cache.h through a Runner.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <memory>
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
