// Tests sandbox/precompiled_headers.h and sandbox/scratch_folder.h.

#include "sandbox/precompiled_headers.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/compile_counts.h"
#include "sandbox/runner.h"

namespace sandbox {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHeader = "bits/stdc++.h";

TEST(BeginsByIncludingTest, ComesBeforeEverythingButComments) {
  for (const char* source :
       {"#include <bits/stdc++.h>\nint main() {}", "#include<bits/stdc++.h>",
        "  #  include\t\"bits/stdc++.h\"",
        "// a\n/* b\n */ // c\n\n#include <bits/stdc++.h>",
        "\xEF\xBB\xBF#include <bits/stdc++.h>"}) {
    EXPECT_TRUE(BeginsByIncluding(source, kHeader)) << source;
  }
  for (const char* source :
       {"", "#include <vector>\n#include <bits/stdc++.h>",
        "#define x y\n#include <bits/stdc++.h>",
        "#pragma GCC optimize(\"O3\")\n#include <bits/stdc++.h>",
        "int x;\n#include <bits/stdc++.h>", "/* #include <bits/stdc++.h>",
        "// #include <bits/stdc++.h>", "#include <bits/stdc++.hpp>",
        "#include <bits/stdc++.h", "#include <bits/stdc++.h\"",
        "#include bits/stdc++.h", "#import <bits/stdc++.h>"}) {
    EXPECT_FALSE(BeginsByIncluding(source, kHeader)) << source;
  }
  EXPECT_FALSE(BeginsByIncluding("#include <>", ""));
}

class PrecompiledTest : public testing::Test {
 protected:
  // With -H, g++ names what it reads; what was precompiled after a "!".
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    jail_ = *jail;
    language_.compile.insert(language_.compile.end() - 1, "-H");
    language_.compile_limits.output_bytes = kMiB;
    // What is tested is not how fast a busy machine is.
    language_.compile_limits.cpu = std::chrono::minutes(1);
    language_.compile_limits.wall = std::chrono::minutes(5);
    Start({});
  }

  void Start(RunnerOptions options) {
    options.compile_cache_bytes = 0;
    options.log = [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      log_.push_back(line);
    };
    runner_ = std::make_unique<Runner>(jail_, options);
  }

  Build Compile(const std::string& source) {
    return runner_->Compile(language_, {{.name = "main.cc", .content = source}},
                            {});
  }

  static bool UsedIt(const Build& build) {
    return build.compile.err.find("! /precompiled/0/bits/stdc++.h.gch") !=
           std::string::npos;
  }

  // Makes the header.
  void Make() {
    EXPECT_FALSE(UsedIt(Compile(kProgram)));
    runner_->WaitForHeaders();
    EXPECT_TRUE(log_.empty()) << log_.front();
  }

  static constexpr const char* kProgram =
      "#include <bits/stdc++.h>\nusing namespace std;\n"
      "int main() { map<string, int> m{{\"a\", 41}}; cout << m[\"a\"] + 1; }\n";

  std::shared_ptr<const Jail> jail_;
  Language language_ = *FindLanguage("cpp");
  std::mutex mutex_;
  std::vector<std::string> log_;
  std::unique_ptr<Runner> runner_;
};

TEST_F(PrecompiledTest, IsUsedByProgramsThatBeginWithIt) {
  Make();
  const Build build = Compile(kProgram);
  EXPECT_EQ(BuildVerdictName(build.verdict), "OK") << build.compile.err;
  EXPECT_TRUE(UsedIt(build)) << build.compile.err.substr(0, 200);
  EXPECT_EQ(runner_->Run(build.program, {}, {}).out, "42");
  EXPECT_GT(CompileCounts::OfProcess().precompiled_bytes, 0);

  // Others are compiled as ever, as what they say before it counts.
  const Build other = Compile(std::string("#define NDEBUG\n") + kProgram);
  EXPECT_EQ(BuildVerdictName(other.verdict), "OK");
  EXPECT_FALSE(UsedIt(other));

  const Build several =
      runner_->Compile(language_,
                       {{.name = "main.cc", .content = kProgram},
                        {.name = "b.cc", .content = "int b;"}},
                       {});
  EXPECT_EQ(BuildVerdictName(several.verdict), "OK");
  EXPECT_FALSE(UsedIt(several));

  // An error reads as it does without.
  const std::string wrong =
      "#include <bits/stdc++.h>\nint main() { std::sort(1, 2); }\n";
  const Build error = Compile(wrong);
  EXPECT_EQ(BuildVerdictName(error.verdict), "CE");
  EXPECT_FALSE(UsedIt(error));

  // The folder is the compilers', not the programs'.
  const Build looks = Compile(
      "#include <bits/stdc++.h>\n#include <unistd.h>\n"
      "int main() { std::cout << access(\"/precompiled\", F_OK); }\n");
  EXPECT_TRUE(UsedIt(looks));
  EXPECT_EQ(runner_->Run(looks.program, {}, {}).out, "-1");

  runner_.reset();
  EXPECT_EQ(CompileCounts::OfProcess().precompiled_bytes, 0);
}

TEST_F(PrecompiledTest, ItCanBeTurnedOff) {
  Start({.precompiles = false});
  EXPECT_EQ(BuildVerdictName(Compile(kProgram).verdict), "OK");
  runner_->WaitForHeaders();
  EXPECT_FALSE(UsedIt(Compile(kProgram)));
}

TEST_F(PrecompiledTest, WhereThereIsNoneThatIsSaidOnceAndCompilesGoOn) {
  language_.precompiled = "no/such.h";
  const std::string source = "#include <no/such.h>\nint main() { return 0; }\n";
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(BuildVerdictName(Compile(source).verdict), "CE");
    runner_->WaitForHeaders();
  }
  ASSERT_EQ(log_.size(), 1U);
  EXPECT_TRUE(
      log_[0].starts_with("cpp is compiled without a precompiled no/such.h: "))
      << log_[0];
}

TEST_F(PrecompiledTest, FourCommandLinesHaveOneAndAFifthHasNone) {
  language_.compile = {"/usr/bin/cp", "{sources}", "a.out"};
  language_.trial = "x";
  for (std::size_t i = 0; i <= kMostPrecompiled; ++i) {
    language_.compile.insert(language_.compile.begin() + 1, "-f");
    EXPECT_EQ(BuildVerdictName(Compile(kProgram).verdict), "OK");
    runner_->WaitForHeaders();
    const bool fits = i < kMostPrecompiled;
    // cp has no -I: a compile that is handed one fails, and is done again.
    EXPECT_EQ(BuildVerdictName(Compile(kProgram).verdict), "OK");
    EXPECT_EQ(CompileCounts::OfProcess().precompiled_bytes > 0, true);
    const std::int64_t bytes = CompileCounts::OfProcess().precompiled_bytes;
    const std::int64_t each =
        bytes / static_cast<std::int64_t>(fits ? i + 1 : kMostPrecompiled);
    EXPECT_EQ(each, 25);  // what cp makes of the include line
  }
}

TEST(JailWithTest, AFolderIsShownAndCannotBeWrittenTo) {
  const auto jail = Jail::Create();
  ASSERT_TRUE(jail.has_value()) << jail.error().message;
  const auto scratch = ScratchFolder::Make("assay-test-");
  ASSERT_TRUE(scratch.has_value()) << scratch.error().message;
  const std::string folder = scratch->path() + "/shown";
  fs::create_directory(folder);
  std::ofstream(folder + "/file") << "as it was";
  fs::permissions(folder, fs::perms(0777));
  fs::permissions(folder + "/file", fs::perms(0666));
  const auto with = (*jail)->With({{.source = folder, .target = "/shown"}});
  ASSERT_TRUE(with.has_value()) << with.error().message;
  const Program program = PythonProgram(
      "import os\n"
      "print(open('/shown/file').read())\n"
      "for what in (lambda: open('/shown/file', 'w'),\n"
      "             lambda: open('/shown/new', 'w'),\n"
      "             lambda: os.unlink('/shown/file'),\n"
      "             lambda: os.chmod('/shown/file', 0)):\n"
      "  try:\n"
      "    what()\n"
      "    print('done')\n"
      "  except OSError:\n"
      "    print('refused')\n");
  EXPECT_EQ((*with)->Run(program, {}).out,
            "as it was\nrefused\nrefused\nrefused\nrefused\n");
  std::string held;
  std::getline(std::ifstream(folder + "/file") >> std::ws, held);
  EXPECT_EQ(held, "as it was");
  // And the other jail shows nothing.
  EXPECT_EQ((*jail)
                ->Run(PythonProgram("import os; print(os.listdir('/').count("
                                    "'shown'))"),
                      {})
                .out,
            "0\n");
}

TEST(ScratchFolderTest, GoesWithItsOwnerAndWithTheNextOne) {
  char above[] = "/tmp/assay-scratch-test-XXXXXX";
  ASSERT_NE(mkdtemp(above), nullptr);
  setenv("TMPDIR", above, 1);
  const auto make = [](const std::string& path, bool lock) {
    fs::create_directory(path);
    std::ofstream(path + "/file") << "x";
    if (lock) std::ofstream(path + "/lock");
  };
  const std::string left = std::string(above) + "/name-left";
  const std::string other = std::string(above) + "/other";
  const std::string begun = std::string(above) + "/name-begun";
  make(left, true);
  make(other, true);
  make(begun, false);  // its owner may be about to lock it
  const std::string link = std::string(above) + "/name-link";
  fs::create_directory_symlink(other, link);
  std::string path;
  {
    const auto first = ScratchFolder::Make("name-");
    ASSERT_TRUE(first.has_value()) << first.error().message;
    path = first->path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms(0700));
    EXPECT_FALSE(fs::exists(left));
    EXPECT_TRUE(fs::exists(other + "/file"));
    EXPECT_TRUE(fs::exists(begun));
    const auto second = ScratchFolder::Make("name-");
    ASSERT_TRUE(second.has_value());
    EXPECT_TRUE(fs::exists(path));  // it is in use
    EXPECT_NE(second->path(), path);
  }
  EXPECT_FALSE(fs::exists(path));
  unsetenv("TMPDIR");
  fs::remove_all(above);
}

}  // namespace
}  // namespace sandbox
