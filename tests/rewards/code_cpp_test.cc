// Tests the `code` checker (rewards/code_checker.h) on C++: every verdict, and
// answers that want to be paid for not compiling.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::object;
using std::chrono::seconds;

std::string InCpp(std::string_view source) { return Fenced(source, "cpp"); }

object Sum(std::string_view language = "cpp") {
  object params = boost::json::parse(R"({
    "tests": [{"stdin": "1 2\n", "stdout": "3\n"},
              {"stdin": "5 8\n", "stdout": "13\n"},
              {"stdin": "-4 4\n", "stdout": "0\n"}],
    "limits": {"cpu_s": 2, "wall_s": 60, "memory_mb": 256, "output_kb": 64}})")
                      .as_object();
  params["language"] = language;
  return params;
}

// Headers that are quick to compile.
std::string Main(std::string_view body) {
  return "#include <cstdio>\n#include <cstdlib>\n#include <unistd.h>\n"
         "#include <csignal>\n#include <sys/ptrace.h>\n"
         "int main() {\n  int a, b;\n  if (scanf(\"%d %d\", &a, &b) != 2) "
         "return 1;\n" +
         std::string(body) + "\n}";
}

struct Row {
  const char* name;
  std::string_view body;  // of main, after a and b are read
  Outcome want;
  std::string_view verdict;  // of the last test that ran, or of the compile
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr Row kRows[] = {
    {"Right", "printf(\"%d\\n\", a + b);", Outcome::kCorrect, "AC"},
    {"RightWithWarnings", "int unused; printf(\"%d\\n\", a + b);",
     Outcome::kCorrect, "AC"},
    {"RightForJudges",
     "#ifndef ONLINE_JUDGE\nfreopen(\"in.txt\", \"r\", stdin); return 3;\n"
     "#endif\nprintf(\"%d\\n\", a + b);",
     Outcome::kCorrect, "AC"},
    {"OffByOne", "printf(\"%d\\n\", a + b + 1);", Outcome::kWrong, "WA"},
    {"FirstTestOnly", "printf(\"3\\n\");", Outcome::kWrong, "WA"},
    {"Nothing", "", Outcome::kWrong, "WA"},
    {"RightButFails", "printf(\"%d\\n\", a + b); return 1;", Outcome::kWrong,
     "RE"},
    {"RightButAborts", "printf(\"%d\\n\", a + b); fflush(stdout); abort();",
     Outcome::kWrong, "RE"},
    {"NullPointer", "*(volatile int*)nullptr = a;", Outcome::kWrong, "RE"},
    {"StackOverflow",
     "struct R { static int F(volatile int n) { volatile char room[4096];"
     " room[n % 4096] = 1; return F(n + 1) + room[0]; } };"
     " printf(\"%d\", R::F(a));",
     Outcome::kWrong, "RE"},
    {"OverMemory",
     "char* room = (char*)malloc(512 << 20); if (!room) return 9;"
     " for (int i = 0; i < 512 << 20; i += 4096) room[i] = 1;"
     " printf(\"%d\\n\", a + b + room[4096] - 1);",
     Outcome::kWrong, "RE"},
    {"Endless", "for (volatile int i = 0;; ++i) {}", Outcome::kTimeout, "TLE"},
    {"Sleeps", "for (;;) pause();", Outcome::kTimeout, "ILE"},
    {"Floods", "for (;;) puts(\"all the answers\");", Outcome::kWrong, "OLE"},
    {"BreaksThePolicy",
     "printf(\"%d\\n\", a + b); fflush(stdout);"
     " ptrace(PTRACE_ATTACH, 1, 0, 0);",
     Outcome::kViolation, "SV"},
    {"CannotFork", "printf(\"%d\\n\", fork() == -1 ? a + b : 0);",
     Outcome::kCorrect, "AC"},
    {"DoesNotCompile", "return }", Outcome::kWrong, "CE"},
    {"DoesNotLink", "extern int nowhere(); return nowhere();", Outcome::kWrong,
     "CE"},
    {"IncludesTheTests", "\n#include \"/w/tests.json\"\n", Outcome::kWrong,
     "CE"},
};

class CodeCppTest : public testing::TestWithParam<Row> {};

TEST_P(CodeCppTest, Judges) {
  const Row& row = GetParam();
  object params = Sum();
  if (row.verdict == "ILE") params["limits"].as_object()["wall_s"] = 2;
  const Verdict got = JudgeCode(params, InCpp(Main(row.body)));
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_EQ(OutcomeName(got.outcome), OutcomeName(row.want)) << detail;
  if (const auto* compile = got.detail.if_contains("compile")) {
    EXPECT_EQ(compile->at("verdict").as_string(), row.verdict) << detail;
    EXPECT_FALSE(got.detail.contains("tests")) << detail;
  } else {
    const auto& tests = got.detail.at("tests").as_array();
    EXPECT_EQ(tests.back().at("verdict").as_string(), row.verdict) << detail;
  }
}

INSTANTIATE_TEST_SUITE_P(Code, CodeCppTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeCpp, EveryNameAndFence) {
  const std::string right = Main("printf(\"%d\\n\", a + b);");
  for (const char* name : {"cpp", "c++"}) {
    for (const char* tag : {"cpp", "c++", "C++", ""}) {
      EXPECT_EQ(JudgeCode(Sum(name), Fenced(right, tag)).outcome,
                Outcome::kCorrect)
          << name << " " << tag;
    }
  }
  EXPECT_EQ(JudgeCode(Sum(), right).outcome, Outcome::kCorrect);
  EXPECT_EQ(JudgeCode(Sum(), Fenced(right, "python")).outcome,
            Outcome::kUnreadable);
}

TEST(CodeCpp, CarriageReturnsAndTwoFences) {
  std::string right;
  for (const char c : Main("printf(\"%d\\r\\n\", a + b);")) {
    right += c == '\n' ? "\r\n" : std::string(1, c);
  }
  const std::string wrong = Main("printf(\"9\\n\");");
  EXPECT_EQ(JudgeCode(Sum(), InCpp(right)).outcome, Outcome::kCorrect);
  EXPECT_EQ(JudgeCode(Sum(), InCpp(wrong) + InCpp(right)).outcome,
            Outcome::kCorrect);
  EXPECT_EQ(JudgeCode(Sum(), InCpp(right) + InCpp(wrong)).outcome,
            Outcome::kWrong);
  EXPECT_EQ(JudgeCode(Sum(), InCpp(right) + "```cpp\nint main() {").outcome,
            Outcome::kUnreadable);
}

TEST(CodeCpp, TheDetailHoldsDiagnosticsAndIsTheSameEachTime) {
  const std::string response = InCpp("int main() { return }");
  const Verdict got = JudgeCode(Sum(), response);
  const std::string detail = boost::json::serialize(got.detail);
  EXPECT_EQ(got.detail.at("reason").as_string(), "does not compile") << detail;
  EXPECT_EQ(got.detail.at("passed").as_int64(), 0);
  EXPECT_EQ(got.detail.at("total").to_number<int>(), 3);
  const auto& said = got.detail.at("compile").at("diagnostics").as_string();
  EXPECT_NE(said.find("error: "), std::string::npos) << detail;
  EXPECT_LE(said.size(), kMaxDiagnosticBytes);
  EXPECT_EQ(boost::json::serialize(JudgeCode(Sum(), response).detail), detail);
}

TEST(CodeCpp, DiagnosticsEndAtTheirLimit) {
  std::string source;
  for (int i = 0; i < 200; ++i) {
    source += "#pragma message \"" + std::string(200, 'x') + "\"\n";
  }
  const Verdict got = JudgeCode(Sum(), InCpp(source + "int main() { return }"));
  EXPECT_EQ(got.outcome, Outcome::kWrong);
  EXPECT_EQ(got.detail.at("compile").at("diagnostics").as_string().size(),
            kMaxDiagnosticBytes);
}

TEST(CodeCpp, ACompileWithoutTimeIsATimeout) {
  const Verdict none = JudgeCode(Sum(), InCpp(Main("")), seconds(0));
  EXPECT_EQ(none.outcome, Outcome::kTimeout);
  EXPECT_EQ(none.detail.at("compile").at("verdict").as_string(), "CTLE");
  EXPECT_EQ(Score(none), 0.0);
}

TEST(CodeCpp, FractionNeedsACompile) {
  object params = Sum();
  params["score"] = "fraction";
  const Verdict two =
      JudgeCode(params, InCpp(Main("printf(\"%d\\n\", a > 0 ? a + b : 1);")));
  EXPECT_EQ(two.outcome, Outcome::kPartial);
  EXPECT_DOUBLE_EQ(Score(two).value(), 2.0 / 3.0);
  EXPECT_EQ(JudgeCode(params, InCpp("int main() { return }")).outcome,
            Outcome::kWrong);
}

// A compile ends in a 0 for the answer, however it ends.
TEST(CodeCpp, ACompileBuysNoNull) {
  for (const char* source :
       {"#include \"/dev/full\"\nint main() {}",
        "int a[1 << 30] = {1}; int main() { return a[5]; }",
        "#include \"main.cc\"\nint main() {}",
        "asm(\".section .interp,\\\"a\\\",@progbits\\n.zero 8192\\n\");"
        "int main() {}"}) {
    const Verdict got = JudgeCode(Sum(), InCpp(source));
    EXPECT_EQ(Score(got), 0.0) << source << boost::json::serialize(got.detail);
  }
}

}  // namespace
}  // namespace rewards
