// Tests "files" and "entry" of a `code` check: what lies beside a program, and
// under which name it runs.

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/call_host.h"
#include "rewards/code_params.h"
#include "rewards/program_files_param.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;

struct Row {
  const char* name;
  std::string_view language;
  std::string_view source;
  std::string_view params;
  Outcome outcome;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kData =
    R"("tests": [{"stdout": "42"}],
       "files": [{"name": "data.txt", "content": "42\n"}])";
constexpr std::string_view kHelper =
    R"("tests": [{"stdout": "42"}],
       "files": [{"name": "helper.py", "content": "def f(): return 42\n"}])";
constexpr std::string_view kHeader =
    R"("tests": [{"stdout": "42"}],
       "files": [{"name": "f.h", "content": "int f() { return 42; }\n"}])";
constexpr std::string_view kOtherSource =
    R"("tests": [{"stdout": "42"}], "entry": "solution.cc",
       "files": [{"name": "f.cc", "content": "int f() { return 42; }\n"}])";
constexpr std::string_view kCall =
    R"("tests": [{"call": "f", "args": [1], "returns": 43}],
       "entry": "solution.py",
       "files": [{"name": "data.txt", "content": "42\n"},
                 {"name": "helper.py", "content": "n = 42\n"}])";
// Whoever imports one of those that raise is judged by it.
constexpr std::string_view kPythonNames =
    R"("tests": [{"call": "f", "args": [1], "returns": 43},
                 {"assert": "assert f(1) == 43"}],
       "files": [{"name": "json.py", "content": "n = 42\n"},
                 {"name": "os.py", "content": "1 / 0\n"},
                 {"name": "struct.py", "content": "1 / 0\n"},
                 {"name": "operator.py", "content": "1 / 0\n"},
                 {"name": "collections.py", "content": "1 / 0\n"},
                 {"name": "keyword.py", "content": "1 / 0\n"},
                 {"name": "random.py", "content": "1 / 0\n"},
                 {"name": "builtins.py", "content": "1 / 0\n"}])";

const Row kRows[] = {
    {"ReadsData", "python", "print(open('data.txt').read())", kData,
     Outcome::kCorrect},
    {"ReadsDataWrong", "python", "print(open('data.txt').read() * 2)", kData,
     Outcome::kWrong},
    {"ReadsAnotherFile", "python", "print(open('other.txt').read())", kData,
     Outcome::kWrong},
    {"ImportsAHelper", "python", "import helper; print(helper.f())", kHelper,
     Outcome::kCorrect},
    {"IncludesAHeader", "cpp",
     "#include \"f.h\"\n#include <cstdio>\nint main() { printf(\"%d\", f()); }",
     kHeader, Outcome::kCorrect},
    {"IsCompiledWithAnother", "cpp",
     "#include <cstdio>\nint f();\nint main() { printf(\"%d\", f()); }",
     kOtherSource, Outcome::kCorrect},
    {"HasAName", "python", "import sys; print(sys.argv[0])",
     R"("tests": [{"stdout": "solution.py"}], "entry": "solution.py")",
     Outcome::kCorrect},
    {"IsCalledBesideFiles", "python",
     "import helper\ndef f(x): return helper.n + x", kCall, Outcome::kCorrect},
    {"ReadsDataWhenCalled", "python",
     "def f(x): return int(open('data.txt').read()) + x", kCall,
     Outcome::kCorrect},
    {"IsCalledBesideNamesOfPython", "python",
     "import json\ndef f(x): return json.n + x", kPythonNames,
     Outcome::kCorrect},
    {"IsCalledBesideNamesOfPythonAndWrong", "python", "def f(x): return x",
     kPythonNames, Outcome::kWrong},
    {"IsCalledAndWrong", "python", "import helper\ndef f(x): return helper.n",
     kCall, Outcome::kWrong},
};

object ParamsOf(std::string_view language, std::string_view more) {
  return boost::json::parse(R"({"language": ")" + std::string(language) +
                            R"(", )" + std::string(more) + "}")
      .as_object();
}

class CodeFilesTest : public testing::TestWithParam<Row> {};

TEST_P(CodeFilesTest, LieBesideTheProgram) {
  const Row& row = GetParam();
  const Verdict verdict = JudgeCode(ParamsOf(row.language, row.params),
                                    Fenced(row.source, row.language));
  EXPECT_EQ(verdict.outcome, row.outcome)
      << boost::json::serialize(verdict.detail);
}

INSTANTIATE_TEST_SUITE_P(Code, CodeFilesTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

struct BadRow {
  const char* name;
  std::string_view params;
  std::string_view pointer;
};

void PrintTo(const BadRow& row, std::ostream* os) { *os << row.name; }

const BadRow kBadRows[] = {
    {"NoArray", R"("files": {})", "/files"},
    {"Empty", R"("files": [])", "/files"},
    {"NoObject", R"("files": ["a"])", "/files/0"},
    {"NoName", R"("files": [{"content": ""}])", "/files/0/name"},
    {"NoContent", R"("files": [{"name": "a"}])", "/files/0/content"},
    {"UnknownKey", R"("files": [{"name": "a", "content": "", "mode": 1}])",
     "/files/0/mode"},
    {"Above", R"("files": [{"name": "../a", "content": ""}])", "/files"},
    {"Absolute", R"("files": [{"name": "/etc/passwd", "content": ""}])",
     "/files"},
    {"Dots", R"("files": [{"name": "..", "content": ""}])", "/files"},
    {"Nul", R"("files": [{"name": "a\u0000b", "content": ""}])", "/files"},
    {"NoNameAtAll", R"("files": [{"name": "", "content": ""}])", "/files"},
    {"Base64", R"("files": [{"name": "a", "base64": "UEs="}])",
     "/files/0/base64"},
    {"Zip", R"("files": [{"name": "a.zip", "content": "PK"}])",
     "/files/0/name"},
    {"TarBall", R"("files": [{"name": "a.tar.GZ", "content": ""}])",
     "/files/0/name"},
    {"TwoOfOneName",
     R"("files": [{"name": "a", "content": ""}, {"name": "a", "content": ""}])",
     "/files"},
    {"TheProgramsName", R"("files": [{"name": "main.py", "content": ""}])",
     "/files"},
    {"EntryIsANumber", R"("entry": 1)", "/entry"},
    {"EntryIsNoSource", R"("entry": "a.txt")", "/entry"},
    {"EntryIsAbove", R"("entry": "../a.py")", "/entry"},
};

ParamResult<code::Task> TaskOf(object params) {
  params["language"] = "python";
  params["tests"] = array{object{{"stdout", "1"}}};
  return CodeTask(params);
}

class CodeBadFilesTest : public testing::TestWithParam<BadRow> {};

TEST_P(CodeBadFilesTest, AreRefused) {
  const auto task =
      TaskOf(boost::json::parse("{" + std::string(GetParam().params) + "}")
                 .as_object());
  ASSERT_FALSE(task);
  EXPECT_EQ(task.error().pointer, GetParam().pointer);
}

INSTANTIATE_TEST_SUITE_P(Code, CodeBadFilesTest, testing::ValuesIn(kBadRows),
                         [](const auto& test) { return test.param.name; });

// By every language that has calls.
TEST(CodeBadFiles, TheFilesOfCallsAreTaken) {
  std::size_t names = 0;
  for (const std::string_view language : code::CallLanguages()) {
    const sandbox::Language* const found = sandbox::FindLanguage(language);
    if (found == nullptr) continue;
    for (const std::string_view name : code::CallFiles(*found)) {
      ++names;
      const array tests = {object{{"stdout", "1"}}};
      const auto beside =
          CodeTask({{"language", language},
                    {"tests", tests},
                    {"files", array{object{{"name", name}, {"content", ""}}}}});
      ASSERT_FALSE(beside) << name;
      EXPECT_EQ(beside.error().pointer, "/files/0/name") << name;
      const auto entry =
          CodeTask({{"language", language}, {"tests", tests}, {"entry", name}});
      ASSERT_FALSE(entry) << name;
      EXPECT_EQ(entry.error().pointer, "/entry") << name;
    }
  }
  EXPECT_GE(names, 10U);
}

TEST(CodeBadFiles, ANameHas255Bytes) {
  const auto fits = [](std::size_t bytes) {
    return TaskOf(
               {{"files",
                 {object{{"name", std::string(bytes, 'a')}, {"content", ""}}}}})
        .has_value();
  };
  EXPECT_TRUE(fits(255));
  EXPECT_FALSE(fits(256));
}

TEST(CodeBadFiles, AreBounded) {
  const auto fits = [](std::size_t count, std::size_t bytes) {
    array files;
    while (files.size() < count) {
      files.push_back(
          object{{"name", "f" + std::to_string(files.size())},
                 {"content", std::string(files.empty() ? bytes : 0, ' ')}});
    }
    return TaskOf({{"files", files}}).has_value();
  };
  EXPECT_TRUE(fits(kMaxProgramFiles, kMaxProgramBytes));
  EXPECT_FALSE(fits(kMaxProgramFiles + 1, 0));
  EXPECT_FALSE(fits(1, kMaxProgramBytes + 1));
}

}  // namespace
}  // namespace rewards
