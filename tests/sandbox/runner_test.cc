// Tests sandbox/runner.h and sandbox/language.h: programs compiled and run, and
// whose failure it is where they are not.

#include "sandbox/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const RunLimits kRoomy{.cpu = seconds(30), .wall = seconds(60)};

const Language& Cpp() { return *FindLanguage("cpp"); }
const Language& Python() { return *FindLanguage("python"); }

class RunnerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    runner_ = std::make_unique<Runner>(*jail);
  }

  Build Compile(std::string source, const Until& until = {}) {
    return runner_->Compile(
        Cpp(), {{.name = "main.cc", .content = std::move(source)}}, until);
  }

  RunResult Run(const Build& build, const Until& until = {}) {
    EXPECT_EQ(BuildVerdictName(build.verdict), "OK") << build.compile.err;
    return runner_->Run(build.program, kRoomy, until);
  }

  std::unique_ptr<Runner> runner_;
};

TEST(BuildTest, ADefaultBuildIsAFailureOfOurs) {
  EXPECT_EQ(BuildVerdictName(Build{}.verdict), "IE");
}

TEST_F(RunnerTest, OneCompileServesManyRuns) {
  Build build = Compile(
      "#include <iostream>\n"
      "int main() { int a, b; std::cin >> a >> b; std::cout << a + b; }");
  EXPECT_TRUE(build.compiled);
  for (int i = 0; i < 3; ++i) {
    build.program.input = std::to_string(i) + " 40\n";
    EXPECT_EQ(Run(build).out, std::to_string(40 + i));
  }
}

TEST_F(RunnerTest, ErrorsComeWithDiagnostics) {
  const Build build = Compile("int main() { return }");
  EXPECT_EQ(build.verdict, BuildVerdict::kError);
  EXPECT_TRUE(build.compile.err.starts_with("main.cc: In function"))
      << build.compile.err;
  EXPECT_NE(build.compile.err.find("main.cc:1:21: error"), std::string::npos);
  EXPECT_TRUE(build.program.files.empty());
  EXPECT_EQ(build.failure, "");
}

TEST_F(RunnerTest, EqualErrorsReadEqual) {
  // Of the linker, which names an object that has a random name.
  const std::string source = "void f(); int main() { f(); }";
  const Build build = Compile(source);
  EXPECT_EQ(build.verdict, BuildVerdict::kError);
  EXPECT_NE(build.compile.err.find("undefined reference"), std::string::npos);
  EXPECT_EQ(Compile(source).compile.err, build.compile.err);
}

TEST_F(RunnerTest, SeveralSourcesAreCompiledTogetherAndDataLiesBeside) {
  const std::vector<ProgramFile> files = {
      {.name = "one.cpp",
       .content =
           "#include <fstream>\n#include <iostream>\n#include \"two.h\"\n"
           "int main() { std::ifstream in(\"data.txt\"); int x; in >> x;"
           " std::cout << Two(x); }"},
      {.name = "two.cxx", .content = "int Two(int x) { return 2 * x; }"},
      {.name = "two.h", .content = "int Two(int);"},
      {.name = "data.txt", .content = "21"}};
  EXPECT_EQ(Run(runner_->Compile(Cpp(), files, {})).out, "42");
}

TEST_F(RunnerTest, TheInputHasItsNameForWhoSaysIt) {
  struct Row {
    std::string_view language;
    std::string_view source;
  };
  constexpr Row kRows[] = {
      {"python", "print(open('/dev/stdin').read() + open(0).read(), end='')"},
      {"javascript",
       "const fs = require('fs'); process.stdout.write(fs.readFileSync("
       "'/dev/stdin', 'utf8') + fs.readFileSync(0, 'utf8'))"},
      {"bash", "cat /dev/stdin -"},
      {"cpp",
       "#include <fstream>\n#include <iostream>\nint main() { std::ifstream "
       "in(\"/dev/stdin\"); std::cout << in.rdbuf() << std::cin.rdbuf(); }"},
  };
  for (const Row& row : kRows) {
    const Language& language = *FindLanguage(row.language);
    if (!MissingTool(language).empty()) continue;
    Build build = runner_->Compile(
        language, {{.name = language.main, .content = std::string(row.source)}},
        {});
    build.program.input = "a\nb\n";
    EXPECT_EQ(Run(build).out, "a\nb\na\nb\n") << row.language;
    // No more than there is room for.
    build.program.input = std::string(RunLimits{}.file_bytes, 'x');
    EXPECT_EQ(Run(build).failure, "") << row.language;
  }
}

TEST_F(RunnerTest, AFileOfTheInputsNameStays) {
  Build build = runner_->Compile(
      Python(),
      {{.name = "main.py", .content = "print(open('/dev/stdin').read())"},
       {.name = std::string(kInputFile), .content = "own"}},
      {});
  build.program.input = "other";
  EXPECT_EQ(Run(build).out, "own\n");
}

TEST_F(RunnerTest, NoFileNameIsAnOption) {
  for (const char* name : {"-v.cc", "@list.cc", "-fplugin=x.cc", " .cc"}) {
    const Build build = runner_->Compile(
        Cpp(), {{.name = name, .content = "int main() {}"}}, {});
    EXPECT_EQ(BuildVerdictName(build.verdict), "OK")
        << name << build.compile.err;
  }
  const Build python = runner_->Compile(
      Python(), {{.name = "-c", .content = "print('ran')"}}, {});
  EXPECT_EQ(runner_->Run(python.program, kRoomy, {}).out, "ran\n");
}

TEST_F(RunnerTest, ForkIsDeniedToWhatWasCompiled) {
  const Build build = Compile(
      "#include <unistd.h>\n#include <cstdio>\n"
      "int main() { std::printf(\"%d\", fork() == -1); }");
  EXPECT_EQ(Run(build).out, "1");
}

TEST_F(RunnerTest, WhatNoKernelExecutesIsTheProgramsDoing) {
  const Build build = Compile(
      "asm(\".section .interp,\\\"a\\\",@progbits\\n.zero 8192\\n\");"
      "int main() {}");
  const RunResult result = Run(build);
  EXPECT_EQ(RunVerdict(result), "RE") << result.failure;
  EXPECT_EQ(result.exit_code, 126);
}

TEST_F(RunnerTest, AMachineWithoutTheCompilerSaysSo) {
  Language language = Cpp();
  language.compile[0] = "/usr/bin/no-such-compiler";
  const Build build = runner_->Compile(
      language, {{.name = "main.cc", .content = "int main() {}"}}, {});
  EXPECT_EQ(build.verdict, BuildVerdict::kFailed);
  EXPECT_EQ(build.failure, "this machine has no no-such-compiler");
  language = Python();
  language.run[0] = "/usr/bin/no-such-python";
  EXPECT_EQ(runner_->Compile(language, {{.name = "main.py"}}, {}).failure,
            "this machine has no no-such-python");
}

TEST_F(RunnerTest, ACompilerThatCompilesNothingIsOurFailure) {
  Language language = Cpp();
  language.compile = {"/usr/bin/false"};
  const std::vector<ProgramFile> files = {
      {.name = "main.cc", .content = "int main() {}"}};
  const Build build = runner_->Compile(language, files, {});
  EXPECT_EQ(build.verdict, BuildVerdict::kFailed);
  EXPECT_NE(build.failure.find("cannot compile a trial program"),
            std::string::npos)
      << build.failure;
  // One that says nothing and leaves nothing is no better.
  language.compile = {"/usr/bin/true"};
  EXPECT_EQ(runner_->Compile(language, files, {}).verdict,
            BuildVerdict::kFailed);
}

TEST_F(RunnerTest, ACompileThatTakesTooLongIsCut) {
  Language language = Cpp();
  language.compile = {"/usr/bin/sleep", "1000"};
  language.compile_limits.wall = seconds(1);
  const std::vector<ProgramFile> files = {{.name = "main.cc"}};
  EXPECT_EQ(runner_->Compile(language, files, {}).verdict, BuildVerdict::kTime);
  language.compile_limits = Cpp().compile_limits;
  const Until soon{.deadline = Until::Clock::now() + milliseconds(500)};
  EXPECT_EQ(runner_->Compile(language, files, soon).verdict,
            BuildVerdict::kTime);
  const Until past{.deadline = Until::Clock::now() - seconds(1)};
  EXPECT_EQ(runner_->Compile(language, files, past).verdict,
            BuildVerdict::kTime);
}

TEST_F(RunnerTest, TheArtifactMayBeAsLargeAsTheLimit) {
  Language language = Cpp();
  language.compile = {"/usr/bin/truncate", "-s", "4096", "a.out"};
  language.compile_limits.returned_bytes = 4096;
  const std::vector<ProgramFile> files = {{.name = "main.cc"}};
  EXPECT_EQ(runner_->Compile(language, files, {}).verdict,
            BuildVerdict::kReady);
  language.compile[2] = "4097";
  // The trial is too large as well, so it is ours, with this compiler.
  EXPECT_EQ(runner_->Compile(language, files, {}).verdict,
            BuildVerdict::kFailed);
}

TEST_F(RunnerTest, DiagnosticsEndAtTheirLimit) {
  std::string source;
  for (int i = 0; i < 400; ++i) {
    source += "#pragma message \"" + std::string(200, 'x') + "\"\n";
  }
  const Build build = Compile(source + "int main() { return }");
  EXPECT_EQ(build.verdict, BuildVerdict::kError);
  EXPECT_TRUE(build.compile.err_truncated);
  EXPECT_LE(build.compile.err.size(), 64U * 1024);
}

TEST_F(RunnerTest, ARunWithoutTimeIsOutOfTime) {
  const Build build = runner_->Compile(
      Python(), {{.name = "main.py", .content = "print(1)"}}, {});
  const Until past{.deadline = Until::Clock::now() - seconds(1)};
  const RunResult result = runner_->Run(build.program, kRoomy, past);
  EXPECT_EQ(RunVerdict(result), "ILE");
}

TEST_F(RunnerTest, ACancelledRunEndsSoon) {
  Cancel cancel;
  const Build build = runner_->Compile(
      Python(),
      {{.name = "main.py", .content = "import time; time.sleep(1000)"}}, {});
  const Until until{.cancel = &cancel};
  std::thread other([&cancel] {
    std::this_thread::sleep_for(milliseconds(300));
    cancel.Set();
  });
  const RunResult result = runner_->Run(build.program, kRoomy, until);
  other.join();
  EXPECT_EQ(result.ending, Ending::kFailed);
  EXPECT_EQ(result.failure, "cancelled");
  // And no other starts.
  EXPECT_EQ(runner_->Run(build.program, kRoomy, until).failure, "cancelled");
  EXPECT_EQ(Compile("int main() {}", until).failure, "cancelled");
}

// No writer of a program may leak into the start of another (ETXTBSY).
TEST_F(RunnerTest, CompilesAndRunsSideBySide) {
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      const std::string number = std::to_string(thread + 1);
      const Build build = Compile(
          "#include <cstdio>\nint main() { std::puts(\"" + number + "\"); }");
      for (int i = 0; i < 20; ++i) {
        if (Run(build).out == number + "\n") ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 80);
}

TEST(LanguageTest, IsFoundByEveryName) {
  EXPECT_EQ(FindLanguage("python"), &Languages()[0]);
  EXPECT_EQ(FindLanguage("cpp"), FindLanguage("c++"));
  ASSERT_NE(FindLanguage("cpp"), nullptr);
  for (const char* name : {"", "Python", "CPP", "cp", "jav"}) {
    EXPECT_EQ(FindLanguage(name), nullptr) << name;
  }
}

struct SourceRow {
  const char* name;
  const char* language;
  std::vector<std::string> files;
  std::string_view problem;  // the beginning
};

void PrintTo(const SourceRow& row, std::ostream* os) { *os << row.name; }

class SourceTest : public testing::TestWithParam<SourceRow> {};

TEST_P(SourceTest, HasThisProblem) {
  const SourceRow& row = GetParam();
  std::vector<ProgramFile> files;
  for (const std::string& name : row.files) files.push_back({.name = name});
  const std::string problem = SourceProblem(*FindLanguage(row.language), files);
  EXPECT_EQ(problem.substr(0, row.problem.size()), row.problem);
  EXPECT_EQ(problem.empty(), row.problem.empty()) << problem;
}

INSTANTIATE_TEST_SUITE_P(
    Language, SourceTest,
    testing::Values(
        SourceRow{"TheOnlyFile", "python", {"x.txt"}, ""},
        SourceRow{"TheOnlySource", "python", {"x.py", "x.txt"}, ""},
        SourceRow{"MainOfMany", "python", {"a.py", "main.py", "b.py"}, ""},
        SourceRow{"NoMain", "python", {"a.py", "b.py"}, "which file is"},
        SourceRow{"NoSource", "python", {"a.txt", "b.txt"}, "which file is"},
        SourceRow{"NoFiles", "python", {}, "which file is"},
        SourceRow{"Twice", "python", {"main.py", "main.py"}, "two files"},
        SourceRow{"Slash", "python", {"main.py", "a/b"}, "a file name has"},
        SourceRow{"Dots", "cpp", {"main.cc", ".."}, "a file name has"},
        SourceRow{"CppSources", "cpp", {"a.cc", "b.cpp", "c.cxx", "d.h"}, ""},
        SourceRow{"NothingToCompile", "cpp", {"a.h", "b.c"}, "no file to comp"},
        SourceRow{"Artifact", "cpp", {"main.cc", "a.out"}, "a.out is the"},
        SourceRow{"ArtifactOfNone", "python", {"main.py", "a.out"}, ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace sandbox
