// Tests `assay run` as a process: what goes into the program, what comes out,
// and the exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/verifier/cli_process.h"
#include "tests/verifier/scratch.h"

namespace verifier::cli {
namespace {

using ::testing::HasSubstr;
using testing::Ran;
using testing::RunOptions;

class RunCommandTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, std::string_view text) const {
    scratch_.Write(name, text);
  }

  [[nodiscard]] std::string Read(const std::string& name) const {
    return scratch_.Read(name);
  }

  [[nodiscard]] Ran Assay(std::vector<std::string> arguments,
                          RunOptions options = {}) const {
    arguments.insert(arguments.begin(), {ASSAY_BINARY, "run", "--language"});
    options.directory = scratch_.folder();
    return testing::Run(arguments, options);
  }

  const verifier::testing::Scratch scratch_;
};

TEST_F(RunCommandTest, PassesInputArgumentsAndOutputOn) {
  Write("p.py",
        "import sys\nprint(sys.argv[1:], input())\n"
        "sys.exit(len(sys.argv) - 2)\n");
  const Ran good = Assay({"python", "p.py", "--", "-x"}, {.input = "hello\n"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(good.out, "['-x'] hello\n");
  const Ran bad = Assay({"python", "p.py"}, {.input = "hello\n"});
  EXPECT_EQ(bad.exit_code, 1) << bad.err;
  EXPECT_THAT(bad.err, HasSubstr("exited 255"));
}

TEST_F(RunCommandTest, EndsAtItsLimits) {
  const Ran ran =
      Assay({"python", "--cpu", "200ms", "-"}, {.input = "while True: pass\n"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("killed: cpu_limit"));
}

TEST_F(RunCommandTest, CompilesAndRuns) {
  Write("p.cc",
        "#include <cstdio>\n"
        "int main() { int a; if (scanf(\"%d\", &a) == 1) printf(\"%d\\n\", 2 * "
        "a); }");
  const Ran good = Assay({"cpp", "-q", "p.cc"}, {.input = "21"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(good.out, "42\n");
  EXPECT_EQ(good.err, "");
  Write("p.cc", "int main() { return }");
  const Ran bad = Assay({"c++", "p.cc"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_EQ(bad.out, "");
  EXPECT_THAT(bad.err, HasSubstr("main.cc:1:21: error: "));
  EXPECT_THAT(bad.err, HasSubstr("assay: does not compile\n"));
}

TEST_F(RunCommandTest, RunsTheLanguagesOfAConfiguration) {
  Write("good.toml",
        "[languages.awk]\nmain = \"main.awk\"\nendings = [\".awk\"]\n"
        "run = [\"/usr/bin/awk\", \"-f\", \"{main}\"]\n");
  Write("bad.toml", "[languages.awk]\nmain = 7\n");
  Write("p.awk", "{ print $1 + $2 }");
  const Ran good =
      Assay({"awk", "--config", "good.toml", "p.awk"}, {.input = "1 2\n"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_EQ(good.out, "3\n");
  const Ran without = Assay({"awk", "p.awk"});
  EXPECT_EQ(without.exit_code, 2);
  EXPECT_THAT(without.err, HasSubstr("unknown language awk"));
  const Ran bad = Assay({"awk", "--config", "bad.toml", "p.awk"});
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, HasSubstr("bad.toml:2:8: languages.awk.main"));
}

TEST_F(RunCommandTest, FilesGoInAndComeOut) {
  Write("p.py", "open('out', 'wb').write(open('data', 'rb').read() * 2)");
  Write("input.bin", std::string_view("\xff\0", 2));
  const std::vector<std::string> arguments = {
      "python", "--file", "data=input.bin", "--want", "out=result.bin", "p.py"};
  const Ran ran = Assay(arguments);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(Read("result.bin"), std::string("\xff\0\xff\0", 4));
  // By the same name, here.
  Write("p.py", "open('out', 'w').write('x')");
  EXPECT_EQ(Assay({"python", "--want", "out", "p.py"}).exit_code, 0);
  EXPECT_EQ(Read("out"), "x");
}

TEST_F(RunCommandTest, AFileThatDoesNotComeBackIsANegativeFinding) {
  Write("p.py", "import os; os.symlink('/etc/passwd', 'out')");
  const Ran ran =
      Assay({"python", "--want", "out", "--want", "none", "-q", "p.py"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.err,
            "assay: out: not a regular file\nassay: none: no such file\n");
  EXPECT_FALSE(std::filesystem::exists(scratch_.Path("out")));
}

TEST_F(RunCommandTest, WhatComesBackIsBounded) {
  Write("p.py", "open('out', 'w').write('x' * 1024)");
  const auto with = [&](const char* bytes) {
    return Assay({"python", "--want", "out", "--returned", bytes, "p.py"});
  };
  EXPECT_EQ(with("1K").exit_code, 0);
  EXPECT_THAT(with("1023B").err, HasSubstr("returned_bytes"));
}

TEST_F(RunCommandTest, JsonIsOneObjectAsTheServicesAnswer) {
  Write("p.py",
        "import sys\nopen('out', 'w').write('x')\nprint('a')\n"
        "print('b', file=sys.stderr)\nsys.exit(2)");
  const Ran ran = Assay({"python", "--json", "--want", "out", "p.py"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out.find('\n'), ran.out.size() - 1);
  const auto answer = boost::json::parse(ran.out).as_object();
  EXPECT_EQ(answer.at("verdict").as_string(), "RE");
  EXPECT_TRUE(answer.at("compile").is_null());
  EXPECT_EQ(answer.at("run").at("stdout").as_string(), "a\n");
  EXPECT_EQ(answer.at("run").at("stderr").as_string(), "b\n");
  EXPECT_EQ(answer.at("run").at("exit_code").as_int64(), 2);
  EXPECT_EQ(answer.at("files").at(0).at("content").as_string(), "x");
  EXPECT_TRUE(answer.at("enforced").as_object().contains("level"));
  EXPECT_FALSE(std::filesystem::exists(scratch_.Path("out")));
}

TEST_F(RunCommandTest, SixtyFourFilesMayBeWanted) {
  Write("p.py", "for i in range(65): open(f'f{i}', 'w').write('x')");
  std::vector<std::string> arguments = {"python", "-q"};
  for (int i = 0; i < 64; ++i) {
    arguments.emplace_back("--want");
    arguments.push_back("f" + std::to_string(i));
  }
  auto more = arguments;
  arguments.emplace_back("p.py");
  EXPECT_EQ(Assay(arguments).exit_code, 0);
  EXPECT_EQ(Read("f63"), "x");
  more.insert(more.end(), {"--want", "f64", "p.py"});
  const Ran past = Assay(more);
  EXPECT_EQ(past.exit_code, 2);
  EXPECT_EQ(past.err, "assay: --want: at most 64 files\n");
}

TEST_F(RunCommandTest, UsageErrorsNameTheOption) {
  Write("p.py", "print(1)");
  struct Row {
    std::vector<std::string> arguments;
    const char* err;
  };
  const Row rows[] = {
      {{"python", "--file", "a=none", "p.py"}, "cannot read none"},
      {{"python", "--file", "a/b=p.py", "p.py"}, "--file: a file name has"},
      {{"python", "--file", "main.py=p.py", "p.py"}, "--file: two files"},
      {{"cpp", "--file", "a.out=p.py", "p.py"}, "--file: a.out is"},
      {{"python", "--want", "a/b", "p.py"}, "--want: a file name has"},
      {{"python", "--returned", "0B", "p.py"}, "out of range"},
      {{"python", "--processes", "257", "p.py"}, "--processes"},
  };
  for (const Row& row : rows) {
    const Ran ran = Assay(row.arguments);
    EXPECT_EQ(ran.exit_code, 2) << row.err;
    EXPECT_THAT(ran.err, HasSubstr(row.err));
    EXPECT_EQ(ran.out, "");
  }
}

}  // namespace
}  // namespace verifier::cli
