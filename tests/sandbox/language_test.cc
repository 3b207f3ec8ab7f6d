// Tests sandbox/language.h and sandbox/language_key.h: the table of languages,
// and every language of this machine through a Runner.

#include "sandbox/language.h"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/language_keys.h"
#include "sandbox/runner.h"

namespace sandbox {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Programs of one language. `sum` reads two numbers, prints their sum.
struct Programs {
  const char* language;
  const char* sum;
  const char* exits3;
  const char* broken;  // does not compile, or does not start
  const char* forever;
};

constexpr Programs kPrograms[] = {
    {"python", "a, b = map(int, input().split())\nprint(a + b)\n",
     "import sys\nsys.exit(3)\n", "print((\n", "while True: pass\n"},
    {"cpp",
     "#include <iostream>\nint main() { int a, b; std::cin >> a >> b;"
     " std::cout << a + b << '\\n'; }\n",
     "int main() { return 3; }\n", "int main() { return }\n",
     "int main() { for (volatile int i = 0;; i = i + 1) {} }\n"},
    {"cpp17",
     "#include <iostream>\nstatic_assert(__cplusplus == 201703);\n"
     "int main() { int a, b; std::cin >> a >> b;"
     " std::cout << a + b << '\\n'; }\n",
     "int main() { return 3; }\n",
     "#include <concepts>\nint main() { std::integral auto x = 3; }\n",
     "int main() { for (volatile int i = 0;; i = i + 1) {} }\n"},
    {"c",
     "#include <math.h>\n#include <stdio.h>\nint main(void) { double a, b;"
     " scanf(\"%lf %lf\", &a, &b); printf(\"%.0f\\n\", floor(a + b)); }\n",
     "int main(void) { return 3; }\n", "int main(void) { return }\n",
     "int main(void) { for (volatile int i = 0;; i = i + 1) {} }\n"},
    {"javascript",
     "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ')"
     ".map(Number);\nconsole.log(a + b);\n",
     "process.exit(3);\n", "console.log((;\n", "for (;;) {}\n"},
    {"typescript",
     "import * as fs from 'fs';\n"
     "const [a, b]: number[] = fs.readFileSync(0, 'utf8').split(' ')"
     ".map(Number);\nconsole.log(a + b);\n",
     "process.exit(3);\n", "console.log((;\n", "for (;;) {}\n"},
    {"bash", "read a b\nc=$(expr \"$a\" + \"$b\")\necho \"$c\"\n", "exit 3\n",
     "if then\n", "while :; do :; done\n"},
    {"java",
     "import java.util.*;\npublic class Main {\n"
     "  public static void main(String[] args) {\n"
     "    Scanner in = new Scanner(System.in);\n"
     "    System.out.println(in.nextInt() + in.nextInt());\n  }\n}\n",
     "public class Main { public static void main(String[] a) {"
     " System.exit(3); } }\n",
     "public class Main { int f() { return } }\n",
     "public class Main { public static void main(String[] a) {"
     " for (;;) {} } }\n"},
    {"csharp",
     "using System;\npublic class P { public static void Main() {\n"
     "  var w = Console.ReadLine().Split(' ');\n"
     "  Console.WriteLine(int.Parse(w[0]) + int.Parse(w[1])); } }\n",
     "public class P { public static int Main() { return 3; } }\n",
     "public class P { public static int Main() { return } }\n",
     "public class P { public static void Main() { for (;;) {} } }\n"},
    {"php",
     "<?php\n[$a, $b] = explode(' ', trim(fgets(STDIN)));\n"
     "echo $a + $b, \"\\n\";\n",
     "<?php exit(3);\n", "<?php echo ((;\n", "<?php while (true) {}\n"},
    {"go",
     "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tvar a, b int\n"
     "\tfmt.Scan(&a, &b)\n\tdone := make(chan int)\n"
     "\tgo func() { done <- a + b }()\n\tfmt.Println(<-done)\n}\n",
     "package main\n\nimport \"os\"\n\nfunc main() { os.Exit(3) }\n",
     "package main\n\nfunc main() { x := 1 }\n",
     "package main\n\nfunc main() { for {\n} }\n"},
    {"rust",
     "use std::io;\nfn main() {\n  let mut line = String::new();\n"
     "  io::stdin().read_line(&mut line).unwrap();\n"
     "  let sum: i64 = line.split_whitespace()"
     ".map(|w| w.parse::<i64>().unwrap()).sum();\n"
     "  println!(\"{}\", sum);\n}\n",
     "fn main() { std::process::exit(3); }\n",
     "fn main() { let x: i32 = \"\"; }\n",
     "fn main() { loop { std::hint::spin_loop(); } }\n"},
    {"perl", "my ($a, $b) = split ' ', <STDIN>;\nprint $a + $b, \"\\n\";\n",
     "exit 3;\n", "print ((;\n", "while (1) {}\n"},
    {"ruby", "a, b = gets.split.map(&:to_i)\nputs a + b\n", "exit 3\n",
     "puts ((\n", "loop {}\n"},
    {"lua", "local a, b = io.read('n', 'n')\nprint(a + b)\n", "os.exit(3)\n",
     "print((\n", "while true do end\n"},
};

void PrintTo(const Programs& row, std::ostream* os) { *os << row.language; }

class LanguagesTest : public testing::TestWithParam<Programs> {
 protected:
  static void SetUpTestSuite() {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    runner_ = std::make_unique<Runner>(*jail);
  }
  static void TearDownTestSuite() { runner_.reset(); }

  static Build Compile(const Language& language, const std::string& source) {
    return runner_->Compile(language,
                            {{.name = language.main, .content = source}}, {});
  }

  static RunResult Run(const Build& build, const std::string& input,
                       milliseconds cpu = seconds(10)) {
    Program program = build.program;
    program.input = input;
    return runner_->Run(program, {.cpu = cpu, .wall = seconds(60)}, {});
  }

  static std::unique_ptr<Runner> runner_;
};

std::unique_ptr<Runner> LanguagesTest::runner_;

class LanguagesCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    runner_ = std::make_unique<Runner>(*jail);
  }
  std::unique_ptr<Runner> runner_;
};

void ExpectRight(const Build& build, const RunResult& result,
                 std::string_view output, int exit_code) {
  EXPECT_EQ(BuildVerdictName(build.verdict), "OK")
      << build.failure << build.compile.err;
  EXPECT_EQ(EndingName(result.ending), "exited")
      << result.failure << result.signal << result.err;
  EXPECT_EQ(result.out, output) << result.err;
  EXPECT_EQ(result.exit_code, exit_code) << result.err;
}

// Where its tools are here it runs; where they are not, that is what is said.
TEST_P(LanguagesTest, Runs) {
  const Programs& programs = GetParam();
  const Language* language = FindLanguage(programs.language);
  ASSERT_NE(language, nullptr);
  const std::string missing = MissingTool(*language);
  Build build = Compile(*language, programs.sum);
  if (!missing.empty()) {
    std::cout << "off: " << missing << " is not there\n";
    EXPECT_EQ(build.verdict, BuildVerdict::kFailed);
    EXPECT_TRUE(build.failure.starts_with("this machine has no "));
    return;
  }
  ExpectRight(build, Run(build, "19 23\n"), "42\n", 0);
  EXPECT_EQ(build.compiled, language->compiled());
  build = Compile(*language, programs.exits3);
  ExpectRight(build, Run(build, ""), "", 3);
  build = Compile(*language, programs.broken);
  if (language->compiled()) {
    EXPECT_EQ(BuildVerdictName(build.verdict), "CE") << build.failure;
    EXPECT_NE(build.compile.err + build.compile.out, "");
  } else {
    EXPECT_EQ(RunVerdict(Run(build, "")), "RE");
  }
  build = Compile(*language, language->trial);
  const RunResult version = Run(build, "");
  EXPECT_EQ(RunVerdict(version), "OK") << version.err;
  EXPECT_GE(version.out.size(), 2u);
  build = Compile(*language, programs.forever);
  const RunResult forever = Run(build, "", milliseconds(800));
  EXPECT_EQ(RunVerdict(forever), "TLE") << forever.failure << forever.err;
}

INSTANTIATE_TEST_SUITE_P(Sandbox, LanguagesTest, testing::ValuesIn(kPrograms),
                         [](const auto& test) {
                           return std::string(test.param.language);
                         });

TEST(LanguageTableTest, EveryBuiltInLanguageIsTriedHere) {
  std::vector<std::string> tried;
  for (const Programs& programs : kPrograms) tried.push_back(programs.language);
  std::vector<std::string> names;
  for (const Language& one : BuiltInLanguages()) names.push_back(one.name());
  EXPECT_EQ(tried, names);
}

TEST(LanguageTableTest, EveryBuiltInLanguageIsWhole) {
  EXPECT_EQ(TableProblem({}), "");
  for (const Language& one : BuiltInLanguages()) {
    SCOPED_TRACE(one.name());
    EXPECT_EQ(LanguageProblem(one), "");
    EXPECT_FALSE(one.tags.empty());
    EXPECT_FALSE(one.opening.empty());
    EXPECT_FALSE(one.packages.empty());
    EXPECT_FALSE(one.trial.empty());
    // Every key of it can be read and put.
    Language other = EmptyLanguage(one.name());
    for (const LanguageKey& key : LanguageKeys()) {
      EXPECT_TRUE(
          PutLanguageKey(key.name, LanguageKeyOf(key.name, one), &other))
          << key.name;
    }
    EXPECT_TRUE(other == one);
  }
}

struct KeyRow {
  const char* key;
  LanguageValue good;
  LanguageValue bad;
};

TEST(LanguageKeysTest, EveryNumberHasItsRange) {
  const std::int64_t kNone = 0;
  const KeyRow rows[] = {
      {"memory_mb", std::int64_t{65536}, std::int64_t{65537}},
      {"memory_mb", kNone, std::int64_t{-1}},
      {"address_mb", std::int64_t{1048576}, std::int64_t{1048577}},
      {"address_mb", std::int64_t{1}, kNone},
      {"threads", std::int64_t{1024}, std::int64_t{1025}},
      {"threads", std::int64_t{1}, kNone},
      {"processes", std::int64_t{256}, std::int64_t{257}},
      {"compile_cpu_s", std::int64_t{600}, std::int64_t{601}},
      {"compile_wall_s", std::int64_t{1200}, std::int64_t{1201}},
      {"compile_memory_mb", std::int64_t{16}, std::int64_t{15}},
      {"compile_file_mb", std::int64_t{4096}, std::int64_t{4097}},
      {"compile_artifact_mb", std::int64_t{256}, std::int64_t{257}},
      {"compile_output_kb", std::int64_t{262144}, std::int64_t{262145}},
      {"compile_processes", std::int64_t{256}, std::int64_t{257}},
      {"compile_threads", std::int64_t{1024}, std::int64_t{1025}},
      {"compile_address_mb", std::int64_t{1048576}, std::int64_t{1048577}},
      {"tags", std::vector<std::string>(64), std::vector<std::string>(65)},
      {"run", std::vector<std::string>{"/x"}, std::string("/x")},
      {"main", std::string("x"), kNone},
      {"trial", std::string(65536, 'x'), std::string(65537, 'x')},
      {"comment", std::string("#"), std::string(1, '\0')}};
  for (const KeyRow& row : rows) {
    SCOPED_TRACE(row.key);
    Language language = EmptyLanguage("x");
    EXPECT_TRUE(PutLanguageKey(row.key, row.good, &language));
    const Language before = language;
    EXPECT_EQ(LanguageKeyOf(row.key, language), row.good);
    EXPECT_FALSE(PutLanguageKey(row.key, row.bad, &language));
    EXPECT_TRUE(language == before);
  }
}

Language Awk() {
  Language awk = EmptyLanguage("awk");
  awk.main = "main.awk";
  awk.endings = {".awk"};
  awk.run = {"/usr/bin/awk", "-f", "{main}"};
  awk.trial = "BEGIN { print 1 }";
  return awk;
}

struct ProblemRow {
  const char* name;
  void (*change)(Language&);
  std::string_view problem;  // the beginning
};

TEST(LanguageTableTest, SaysWhatIsWrongWithALanguage) {
  const ProblemRow rows[] = {
      {"Right", [](Language&) {}, ""},
      {"Alias", [](Language& l) { l.names.push_back("A"); }, "aliases: "},
      {"LongAlias",
       [](Language& l) { l.names.push_back(std::string(33, 'a')); },
       "aliases: "},
      {"NoMain", [](Language& l) { l.main = ""; }, "main: must be a file"},
      {"MainElsewhere", [](Language& l) { l.main = "../x"; }, "main: must be"},
      {"MainOfOther", [](Language& l) { l.main = "x.c"; }, "main: must have"},
      {"NoEnding", [](Language& l) { l.endings.clear(); }, "endings: "},
      {"NoRun", [](Language& l) { l.run.clear(); }, "run: must begin"},
      {"RunByName", [](Language& l) { l.run[0] = "awk"; }, "run: must begin"},
      {"Word", [](Language& l) { l.run.push_back("{source}"); },
       "run: no such"},
      {"Sources", [](Language& l) { l.run.push_back("{sources}"); }, "run: no"},
      {"Memory",
       [](Language& l) {
         l.compile = {"/x", "{memory_mb}"};
       },
       "compile: no"},
      {"CompileByName", [](Language& l) { l.compile = {"x"}; },
       "compile: must"},
      {"Header",
       [](Language& l) { l.precompiled = std::string(62, 'a') + "/b"; }, ""},
      {"LongHeader",
       [](Language& l) { l.precompiled = std::string(63, 'a') + "/b"; },
       "precompiled: "},
      {"HeaderAbove", [](Language& l) { l.precompiled = "../x"; },
       "precompiled: "},
      {"AbsoluteHeader", [](Language& l) { l.precompiled = "/x"; },
       "precompiled: "},
      {"HeaderWithBlank", [](Language& l) { l.precompiled = "x y"; },
       "precompiled: "},
      {"NoTrial", [](Language& l) { l.compile = {"/x"}, l.trial = ""; },
       "trial: "},
      {"Folder", [](Language& l) { l.folders = {"etc"}; }, "folders: "},
      {"Root", [](Language& l) { l.folders = {"/"}; }, "folders: "}};
  for (const ProblemRow& row : rows) {
    Language language = Awk();
    row.change(language);
    const std::string problem = LanguageProblem(language);
    EXPECT_EQ(problem.substr(0, row.problem.size()), row.problem) << row.name;
    EXPECT_EQ(problem.empty(), row.problem.empty()) << problem;
  }
}

TEST(LanguageTableTest, AnOperatorAddsAndReplaces) {
  const Language* before = FindLanguage("python");
  Language python = *before;
  python.main = "other.py";
  UseLanguages({python, Awk()});
  EXPECT_EQ(FindLanguage("python")->main, "other.py");
  EXPECT_EQ(FindLanguage("awk"), &Languages().back());
  EXPECT_EQ(Languages().size(), BuiltInLanguages().size() + 1);
  EXPECT_EQ(before->main, "main.py");  // it stays good
  const std::vector<Language>* table = &Languages();
  UseLanguages({python, Awk()});
  EXPECT_EQ(&Languages(), table);  // nothing new
  UseLanguages({});
  EXPECT_TRUE(Languages() == BuiltInLanguages());
}

TEST(LanguageTableTest, NoTwoLanguagesHaveOneName) {
  Language awk = Awk();
  awk.names.emplace_back("c++");
  EXPECT_EQ(TableProblem({awk}),
            "awk.aliases: c++ is the name of another language");
  EXPECT_EQ(TableProblem({EmptyLanguage("c++")}),
            "c++.aliases: c++ is the name of another language");
  std::vector<Language> many;
  for (std::size_t i = BuiltInLanguages().size(); i < kMostLanguages; ++i) {
    many.push_back(EmptyLanguage("x" + std::to_string(i)));
  }
  EXPECT_EQ(TableProblem(many), "");
  many.push_back(EmptyLanguage("y"));
  EXPECT_EQ(TableProblem(many), "y: there may be 64 languages at most");
}

// What a request allows is put into the words of `run` alone.
TEST_F(LanguagesCommandTest, MemoryIsPutInWhereTheLanguageSaysSo) {
  Language language = *FindLanguage("bash");
  language.run = {"/bin/bash", "{main}", "-Xmx{memory_mb}m"};
  Build build = runner_->Compile(
      language, {{.name = "{memory_mb}.sh", .content = "echo \"$0 $@\""}}, {});
  build.program.argv.emplace_back("{memory_mb}");
  const RunLimits limits{.memory_bytes = 256 * kMiB};
  EXPECT_EQ(runner_->Run(build.program, limits, {}).out,
            "{memory_mb}.sh -Xmx256m {memory_mb}\n");
}

TEST_F(LanguagesCommandTest, NeedsComeOnTopOfTheLimits) {
  const auto run = [this](const RuntimeNeeds& needs) {
    Language language = *FindLanguage("bash");
    language.needs = needs;
    const Build build = runner_->Compile(
        language,
        {{.name = "main.sh", .content = "ulimit -d; ulimit -v; ulimit -u"}},
        {});
    return runner_->Run(build.program, {.memory_bytes = 64 * kMiB}, {}).out;
  };
  // KiB, KiB, and tasks, with those that hold a slot below root.
  EXPECT_TRUE(run({}).starts_with("65536\n4259840\n"));
  EXPECT_TRUE(run({.memory_bytes = 64 * kMiB,
                   .address_bytes = 64 * kMiB,
                   .threads = 100,
                   .processes = 20})
                  .starts_with("131072\n196608\n12"));
}

}  // namespace
}  // namespace sandbox
