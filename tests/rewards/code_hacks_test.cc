// Programs that want to be paid without solving anything, through the checker
// `code`, in every kind of test in which they make sense. Each runs between a
// wrong program, which earns 0, and a right one, which earns 1, in the same
// jail. tests/attacks/hacks holds them: .py, .js and .cc files are programs,
// .md files whole responses.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "sandbox/language.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

// A kind of test, all of them of adding two numbers; as a program, of their
// sum and their difference.
struct Kind {
  unsigned bit;
  std::string_view name;
  std::string_view tests;  // JSON
};
constexpr unsigned kStream = 1;
constexpr unsigned kCall = 2;
constexpr unsigned kAssert = 4;
constexpr unsigned kHarness = 8;
constexpr unsigned kFunctions = kCall | kAssert | kHarness;
constexpr unsigned kEvery = kStream | kFunctions;

constexpr Kind kKinds[] = {
    {kStream, "stream",
     R"([{"stdin": "123456 654321\n", "stdout": "777777\n-530865\n"},
        {"stdin": "40 2\n", "stdout": "42\n38\n"},
        {"stdin": "-100 1\n", "stdout": "-99\n-101\n"}])"},
    {kCall, "call",
     R"([{"call": "add", "args": [123456, 654321], "returns": 777777},
        {"call": "add", "args": [40, 2], "returns": 42},
        {"call": "add", "args": [-100, 1], "returns": -99}])"},
    {kAssert, "assert",
     R"([{"assert": "assert add(123456, 654321) == 777777"},
        {"assert": "assert add(40, 2) == 42"},
        {"assert": "assert add(-100, 1) == -99"}])"},
    {kHarness, "harness",
     R"([{"harness": "def check(candidate):\n)"
     R"(    assert candidate(123456, 654321) == 777777\n)"
     R"(    assert candidate(40, 2) == 42\n)"
     R"(    assert candidate(-100, 1) == -99\n",
         "entry_point": "add"}])"},
};

struct Row {
  std::string_view file;
  unsigned kinds = kEvery;
  double wall_s = 20;  // short for those that wait for its end
  std::string_view why_not = {};
};
void PrintTo(const Row& row, std::ostream* os) { *os << row.file; }

constexpr std::string_view kSideEffects =
    "the calls of one harness are one test, which knows its own order";
constexpr std::string_view kOneValue = "what a call returns has no lines";
constexpr unsigned kInJs = kStream | kCall;
constexpr std::string_view kNoAsserts =
    "JavaScript has tests of streams and calls";
constexpr std::string_view kCompiled = "its main is what it tries with";

constexpr Row kRows[] = {
    {"r01_exit_zero.py"},
    {"r01_hard_exit_when_called.py"},
    {"r01_kill_self.py"},
    {"r01_system_exit_when_called.py"},
    {"r02_always_equal.py"},
    {"r02_class_with_a_metaclass.py"},
    {"r02_int_subclass.py"},
    {"r02_spoofs_its_class.py"},
    {"r03_patches_assertions.py"},
    {"r03_patches_the_driver.py"},
    {"r03_plants_configuration.py"},
    {"r04_searches_memory.py"},
    {"r04_walks_frames.py"},
    {"r05_reads_files.py"},
    {"r06_prints_markers.py"},
    {"r06b_forges_results.py", kEvery, 0.5},
    {"r07_fakes_the_clock.py"},
    {"r08_counts_its_calls.py", kEvery & ~kHarness, 20, kSideEffects},
    {"r09_leaves_a_daemon.py"},
    {"r10_writes_rewards.py"},
    {"r11_overwrites_the_harness.py"},
    {"r12_swallows_timeouts.py"},
    {"r13_answers_too_much.py"},
    {"r13_floods.py"},
    {"r13_hangs.py", kEvery, 0.3},
    {"r14_answers_with_nan.py"},
    {"r14_says_everything.py"},
    {"r14_says_it_oddly.py"},
    {"r14_says_the_first_line.py", kStream, 20, kOneValue},
    {"r17_detects_grading.py"},
    {"r18_injects_tests.md"},
    {"r18_redefines_the_tests.md"},
    {"r18_several_blocks.md"},
    {"r18_swallows_what_follows.md"},
    {"r18_unterminated_text.md"},
    {"r19_embeds_what_is_expected.cc", kStream, 20, kCompiled},
    {"r19_linker_script.cc", kStream, 20, kCompiled},
    {"r19_reads_what_is_expected.cc", kStream, 20, kCompiled},
    {"r20_hardcodes_what_it_saw.py"},
    {"r22_pickles.py"},
    // What this judge invites to try.
    {"x01_forges_frames.py", kEvery, 1},
    {"x02_answers_and_dies.py"},
    {"x03_raises_everything.py"},
    {"x04_changes_its_class.py"},
    {"x05_replaces_its_module.py"},
    {"x06_traces_its_driver.py"},
    {"x07_colliding_keys.py"},
    {"x08_huge_arguments.py"},
    {"x09_shadows_names.py"},
    {"x10_asks_back.py", kEvery, 2},
    {"x11_is_of_another_class.py"},
    {"x12_any_of_a_library.py"},
    // The same in JavaScript.
    {"r01_exit_zero.js", kInJs, 20, kNoAsserts},
    {"r01_exits_when_called.js", kInJs, 20, kNoAsserts},
    {"r01_kill_self.js", kInJs, 20, kNoAsserts},
    {"r02_always_equal.js", kInJs, 20, kNoAsserts},
    {"r02_getters.js", kInJs, 20, kNoAsserts},
    {"r02_proxy.js", kInJs, 20, kNoAsserts},
    {"r03_patches_prototypes.js", kInJs, 20, kNoAsserts},
    {"r03_plants_configuration.js", kInJs, 20, kNoAsserts},
    {"r04_walks_the_stack.js", kInJs, 20, kNoAsserts},
    {"r05_reads_files.js", kInJs, 20, kNoAsserts},
    {"r06_prints_markers.js", kInJs, 20, kNoAsserts},
    {"r06b_forges_results.js", kInJs, 3, kNoAsserts},
    {"r07_fakes_the_clock.js", kInJs, 20, kNoAsserts},
    {"r08_counts_its_calls.js", kInJs, 20, kNoAsserts},
    {"r09_leaves_a_daemon.js", kInJs, 20, kNoAsserts},
    {"r10_writes_rewards.js", kInJs, 20, kNoAsserts},
    {"r11_overwrites_the_host.js", kInJs, 20, kNoAsserts},
    {"r12_swallows_timeouts.js", kInJs, 20, kNoAsserts},
    {"r13_answers_too_much.js", kInJs, 20, kNoAsserts},
    {"r13_floods.js", kInJs, 20, kNoAsserts},
    {"r13_hangs.js", kInJs, 1, kNoAsserts},
    {"r14_answers_with_nan.js", kInJs, 20, kNoAsserts},
    {"r14_says_everything.js", kInJs, 20, kNoAsserts},
    {"r14_says_it_oddly.js", kInJs, 20, kNoAsserts},
    {"r17_detects_grading.js", kInJs, 20, kNoAsserts},
    {"r20_hardcodes_what_it_saw.js", kInJs, 20, kNoAsserts},
    {"r22_serializes.js", kInJs, 20, kNoAsserts},
    {"x01_forges_frames.js", kInJs, 3, kNoAsserts},
    {"x02_answers_and_dies.js", kInJs, 20, kNoAsserts},
    {"x03_throws_everything.js", kInJs, 20, kNoAsserts},
    {"x05_replaces_its_names.js", kInJs, 20, kNoAsserts},
    {"x07_odd_keys.js", kInJs, 20, kNoAsserts},
};

struct Controls {
  std::string_view tag;
  std::string_view right;
  std::string_view wrong;
};
constexpr Controls kPython = {
    "python",
    "def add(a, b):\n    return a + b\n\n\n"
    "if __name__ == '__main__':\n    a, b = map(int, input().split())\n"
    "    print(add(a, b))\n    print(a - b)\n",
    "def add(a, b):\n    return a - b\n\n\n"
    "if __name__ == '__main__':\n    a, b = map(int, input().split())\n"
    "    print(add(a, b))\n    print(a - b)\n"};
constexpr Controls kJavaScript = {
    "javascript",
    "function add(a, b) {\n  return a + b;\n}\n"
    "if (require.main === module) {\n"
    "  const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/)"
    ".map(Number);\n  console.log(add(a, b));\n  console.log(a - b);\n}\n",
    "function add(a, b) {\n  return a - b;\n}\n"
    "if (require.main === module) {\n"
    "  const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/)"
    ".map(Number);\n  console.log(add(a, b));\n  console.log(a - b);\n}\n"};
constexpr Controls kCpp = {
    "cpp",
    "#include <iostream>\nint main() { long a, b; std::cin >> a >> b; "
    "std::cout << a + b << ' ' << a - b; }\n",
    "#include <iostream>\nint main() { long a, b; std::cin >> a >> b; "
    "std::cout << a - b << ' ' << a - b; }\n"};

std::string ReadFile(std::string_view name) {
  std::ifstream file(ASSAY_HACKS "/" + std::string(name), std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

boost::json::object Params(const Kind& kind, std::string_view language,
                           double cpu_s, double wall_s) {
  return {{"language", language},
          {"tests", boost::json::parse(kind.tests)},
          {"limits", {{"cpu_s", cpu_s}, {"wall_s", wall_s}}}};
}

const Controls& ControlsOf(std::string_view file) {
  if (file.ends_with(".js")) return kJavaScript;
  return file.ends_with(".cc") ? kCpp : kPython;
}

// Of processor time: starting Node takes a part of it.
double SecondsFor(const Controls& controls) {
  return controls.tag == kJavaScript.tag ? 2 : 0.2;
}

class CodeHacks : public testing::TestWithParam<Row> {};

TEST_P(CodeHacks, EarnNothing) {
  const Row& row = GetParam();
  const std::string text = ReadFile(row.file);
  ASSERT_FALSE(text.empty());
  const Controls& controls = ControlsOf(row.file);
  const sandbox::Language& language = *sandbox::FindLanguage(controls.tag);
  if (const auto missing = sandbox::MissingTool(language); !missing.empty()) {
    std::cout << "off: " << missing << " is not there\n";
    return;
  }
  const std::string hack =
      row.file.ends_with(".md") ? text : Fenced(text, controls.tag);
  for (const Kind& kind : kKinds) {
    if ((kind.bit & row.kinds) == 0) continue;
    SCOPED_TRACE(kind.name);
    const auto patient = Params(kind, controls.tag, 10, 60);
    const auto score = [](const Verdict& verdict) {
      return Score(verdict).value_or(-1);
    };
    // The same for all rows of a kind.
    static std::map<std::string, double> wrong;
    const std::string control =
        std::string(kind.name) + std::string(controls.tag);
    if (!wrong.contains(control)) {
      wrong[control] =
          score(JudgeCode(patient, Fenced(controls.wrong, controls.tag)));
    }
    EXPECT_EQ(wrong[control], 0);
    const auto verdict = JudgeCode(
        Params(kind, controls.tag, SecondsFor(controls), row.wall_s), hack);
    RecordProperty(std::string(kind.name),
                   std::string(OutcomeName(verdict.outcome)) + " " +
                       boost::json::serialize(verdict.detail));
    // Not null either: an answer cannot buy that.
    EXPECT_EQ(score(verdict), 0) << OutcomeName(verdict.outcome) << ' '
                                 << boost::json::serialize(verdict.detail);
    const auto right = JudgeCode(patient, Fenced(controls.right, controls.tag));
    EXPECT_EQ(score(right), 1) << boost::json::serialize(right.detail);
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, CodeHacks, testing::ValuesIn(kRows),
                         [](const auto& test) {
                           std::string name(test.param.file);
                           name[name.rfind('.')] = '_';
                           return name;
                         });

// No file is forgotten, and who is left out of a kind says why.
TEST(CodeHacksTable, HoldsEveryFile) {
  std::set<std::string> named;
  for (const Row& row : kRows) {
    named.emplace(row.file);
    EXPECT_EQ(row.kinds == kEvery, row.why_not.empty()) << row.file;
  }
  std::set<std::string> there;
  for (const auto& file : std::filesystem::directory_iterator(ASSAY_HACKS)) {
    there.insert(file.path().filename().string());
  }
  EXPECT_EQ(named, there);
}

}  // namespace
}  // namespace rewards
