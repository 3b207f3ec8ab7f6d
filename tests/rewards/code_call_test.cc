// Tests of function calls, through the checker.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

#include "code_judge.h"
#include "rewards/code_test_params.h"

namespace rewards {
namespace {

using boost::json::object;

struct Row {
  const char* name;
  std::string_view program;
  std::string_view test;
  std::string_view verdict;
  std::string_view rest = "";  // more parameters
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kAdd = R"({"call":"f","args":[1,2],"returns":3})";
constexpr std::string_view kNothing =
    R"({"call":"f","args":[],"returns":[1,2]})";

constexpr Row kRows[] = {
    {"Right", "def f(a, b): return a + b", kAdd, "AC"},
    {"Wrong", "def f(a, b): return a - b", kAdd, "WA"},
    {"ABooleanIsAnInteger", "def f(): return True",
     R"({"call":"f","returns":1})", "AC"},
    {"AFloatIsAnInteger", "def f(): return 2.0 ** 3",
     R"({"call":"f","returns":8})", "AC"},
    {"TextIsNoNumber", "def f(a, b): return '3'", kAdd, "WA"},
    {"NothingIsNotZero", "def f(): pass", R"({"call":"f","returns":0})", "WA"},
    {"Nothing", "def f(): pass", R"({"call":"f","returns":null})", "AC"},
    {"NotANumber", "def f(): return float('nan')",
     R"({"call":"f","returns":0})", "WA"},
    {"ATupleForAnArray", "def f(): return (1, 2)", kNothing, "AC"},
    {"ASetIsNoArray", "def f(): return {1, 2}", kNothing, "WA"},
    {"OrderCounts", "def f(): return [2, 1]", kNothing, "WA"},
    {"LengthCounts", "def f(): return [1, 2, 3]", kNothing, "WA"},
    {"UnorderedDoesNotMind", "def f(): return [2, 1]", kNothing, "AC",
     R"("compare":{"mode":"unordered"})"},
    {"UnorderedCounts", "def f(): return [2, 1, 1]", kNothing, "WA",
     R"("compare":{"mode":"unordered"})"},
    {"Dictionary", "def f(): return {'b': [1], 'a': None}",
     R"({"call":"f","returns":{"a":null,"b":[1]}})", "AC"},
    {"KeysAreText", "def f(): return {1: 2}",
     R"({"call":"f","returns":{"1":2}})", "WA"},
    {"Keywords", "def f(a, *, b): return a + b",
     R"({"call":"f","args":[1],"kwargs":{"b":2},"returns":3})", "AC"},
    {"FloatIsExact", "def f(): return 0.1 + 0.2",
     R"({"call":"f","returns":0.3})", "WA"},
    {"FloatWithRoom", "def f(): return [0.1 + 0.2]",
     R"({"call":"f","returns":[0.3]})", "AC", R"("compare":{"mode":"float"})"},
    {"FloatBeyondItsRoom", "def f(): return 0.3001",
     R"({"call":"f","returns":0.3})", "WA", R"("compare":{"mode":"float"})"},
    {"InfinityIsNotClose", "def f(): return float('inf')",
     R"({"call":"f","returns":1e308})", "WA",
     R"("compare":{"mode":"float","rel":1})"},
    {"Method", "class Solution:\n  def twoSum(self, a): return [a]",
     R"({"call":"Solution().twoSum","args":[4],"returns":[4]})", "AC"},
    {"DottedPath", "class A:\n  class B:\n    f = staticmethod(lambda: 5)",
     R"({"call":"A.B.f","returns":5})", "AC"},
    {"NoSuchName", "def g(): return 1", kAdd, "RE"},
    {"NoFunction", "f = 3", kAdd, "RE"},
    {"Raises", "def f(a, b): raise ValueError", kAdd, "RE"},
    {"DoesNotLoad", "def f(a, b): return a + b\n1 / 0", kAdd, "RE"},
    {"DoesNotCompile", "def f(a, b) return 3", kAdd, "RE"},
    {"MainDoesNotRun",
     "def f(a, b): return a + b\nif __name__ == '__main__': print(input())",
     kAdd, "AC"},
    {"PrintsBeside", "print('3')\ndef f(a, b):\n  print(9)\n  return a + b",
     kAdd, "AC"},
    {"Dataclass",
     "from dataclasses import dataclass\n@dataclass\nclass A:\n  x: int = 3\n"
     "def f(a, b): return A().x",
     kAdd, "AC"},
    {"DataclassOfLaterAnnotations",
     "from __future__ import annotations\nfrom dataclasses import dataclass\n"
     "@dataclass\nclass A:\n  x: int = 3\ndef f(a, b): return A().x",
     kAdd, "AC"},
    {"ReadsNothing",
     "try: input()\nexcept EOFError: pass\ndef f(a, b): return a + b", kAdd,
     "AC"},
    // Hacks.
    {"ExitsZero", "import sys\nsys.exit(0)", kAdd, "RE"},
    {"ExitsZeroAtOnce", "import os\nos._exit(0)", kAdd, "RE"},
    {"ExitsWhenCalled", "def f(a, b):\n  import os\n  os._exit(0)", kAdd, "RE"},
    {"RaisesSystemExit", "def f(a, b): raise SystemExit", kAdd, "RE"},
    {"KillsItself", "def f(a, b):\n  import os\n  os.kill(os.getpid(), 9)",
     kAdd, "RE"},
    {"AlwaysEqual",
     "class E:\n  def __eq__(self, o): return True\n"
     "  def __hash__(self): return hash(3)\ndef f(a, b): return E()",
     kAdd, "WA"},
    {"IntegerOfItsOwn", "class I(int): pass\ndef f(a, b): return I(3)", kAdd,
     "WA"},
    {"TextOfItsOwn", "class S(str): pass\ndef f(): return S('x')",
     R"({"call":"f","returns":"x"})", "WA"},
    {"FloatOfItsOwn", "class F(float): pass\ndef f(): return F(0.5)",
     R"({"call":"f","returns":0.5})", "WA"},
    {"ListOfItsOwn", "class L(list): pass\ndef f(): return L([1, 2])", kNothing,
     "WA"},
    {"SpoofsItsClass",
     "class S:\n  __class__ = int\n  def __getattribute__(self, n): return 3\n"
     "def f(a, b): return S()",
     kAdd, "WA"},
    {"Metaclass",
     "class M(type):\n  def __eq__(s, o): return True\n"
     "  def __hash__(s): return hash(int)\n"
     "class C(metaclass=M): pass\ndef f(a, b): return C()",
     kAdd, "WA"},
    {"Generator", "def f():\n  yield 1\n  yield 2", kNothing, "WA"},
    {"Cycle", "def f():\n  x = []\n  x.append(x)\n  return x", kNothing, "RE"},
    {"Deep", "def f():\n  x = []\n  for _ in range(9999): x = [x]\n  return x",
     kNothing, "RE"},
    {"Grows",
     "def f():\n  x = [1]\n  for _ in range(60): x = [x, x]\n  return x",
     kNothing, "RE", R"("limits":{"cpu_s":60,"wall_s":120})"},
    {"HugeInteger", "def f(): return 1 << (1 << 24)", kNothing, "RE"},
    {"ReprRecurses",
     "class R:\n  def __repr__(self): return repr(self)\ndef f(): return R()",
     kNothing, "WA"},
    {"ForgesNoMoreThanItsAnswer",
     "import os\nfor fd in range(3, 20):\n"
     "  try: os.write(fd, b'\\x01\\0\\0\\0l')\n  except OSError: pass\n"
     "def f(a, b): return 4",
     kAdd, "RE"},
    {"ForgesAnExceptionOfNoName",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0e')\n", kAdd, "RE"},
    {"ForgesAFrameOfNothing",
     "import os\ndef f(a, b): os.write(3, b'\\0\\0\\0\\0')\n", kAdd, "WA"},
    {"ForgesAnAnswerOfNothing",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0v')\n", kAdd, "RE"},
    {"ForgesACallOfATest",
     "import os\ndef f(a, b): os.write(3, "
     "b'\\x11\\0\\0\\0ki\\1\\0\\0\\0000t\\0\\0\\0\\0D\\0\\0\\0\\0')\n",
     kAdd, "RE"},
    {"FloodsTheStream",
     "import os\ndef f(a, b):\n  while True: os.write(3, b'\\xff' * 65536)",
     kAdd, "WA"},
    {"SaysThatItsFrameIsHuge",
     "import os\ndef f(a, b): os.write(3, b'\\xff\\xff\\xff\\x7f')\n", kAdd,
     "WA"},
    {"PatchesBuiltins",
     "import builtins\nbuiltins.type = lambda x: int\n"
     "builtins.isinstance = lambda *a: True\nbuiltins.len = lambda x: 2\n"
     "def f(): return 'no'",
     kNothing, "WA"},
    {"PatchesJson",
     "import json\njson.dumps = lambda *a: '[1, 2]'\n"
     "def f(): return 0",
     kNothing, "WA"},
    {"WalksFrames",
     "import sys\ndef f(a, b):\n  g = sys._getframe()\n  while g:\n"
     "    for v in list(g.f_locals.values()):\n"
     "      if type(v) is dict and 'returns' in v: return v['returns']\n"
     "    g = g.f_back\n  return 0",
     kAdd, "WA"},
    {"Busy", "def f(a, b):\n  while True: pass", kAdd, "TLE",
     R"("limits":{"cpu_s":0.3})"},
    {"Sleeps", "import time\ndef f(a, b): time.sleep(60)", kAdd, "ILE",
     R"("limits":{"wall_s":0.3})"},
    {"SleepsBeforeItIsAsked", "import time\ntime.sleep(60)", kAdd, "ILE",
     R"("limits":{"wall_s":0.3})"},
    {"ClosesTheStream",
     "import os, time\ndef f(a, b):\n  os.closerange(3, 20)\n  time.sleep(60)",
     kAdd, "ILE", R"("limits":{"wall_s":0.3})"},
    {"ShutsTheStreamDown",
     "import socket, time\ndef f(a, b):\n"
     "  socket.socket(fileno=3).shutdown(socket.SHUT_WR)\n  time.sleep(60)",
     kAdd, "WA"},
    {"BreaksThePolicy",
     "import ctypes\ndef f(a, b): ctypes.CDLL(None).ptrace(0, 0, 0, 0)\n", kAdd,
     "SV"},
    {"Prints", "def f(a, b):\n  while True: print('x' * 9999)", kAdd, "OLE"},
    {"Memory", "def f(a, b): return len('x' * (1 << 40))", kAdd, "MLE"},
    {"ThreadsAreLeft",
     "import threading, time\n"
     "threading.Thread(target=time.sleep, args=(60,)).start()\n"
     "def f(a, b): return a + b",
     kAdd, "AC"},
};

class CallTestTest : public testing::TestWithParam<Row> {};

TEST_P(CallTestTest, IsJudged) {
  const Row& row = GetParam();
  const std::string rest = row.rest.empty() ? "" : "," + std::string(row.rest);
  const object params =
      boost::json::parse(R"({"language":"python","tests":[)" +
                         std::string(row.test) + "]" + rest + "}")
          .as_object();
  const Verdict verdict = JudgeCode(params, Fenced(row.program, "python"));
  ASSERT_TRUE(verdict.detail.contains("tests"))
      << boost::json::serialize(verdict.detail);
  EXPECT_EQ(verdict.detail.at("tests").at(0).at("verdict").as_string(),
            row.verdict)
      << boost::json::serialize(verdict.detail);
  EXPECT_EQ(verdict.outcome == Outcome::kCorrect, row.verdict == "AC");
  EXPECT_NE(verdict.outcome, Outcome::kNotJudged);
}

INSTANTIATE_TEST_SUITE_P(Code, CallTestTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

struct LimitRow {
  const char* name;
  std::string_view program;
  int most;  // f of one more is refused by the program's host
};

void PrintTo(const LimitRow& row, std::ostream* os) { *os << row.name; }

constexpr LimitRow kLimitRows[] = {
    {"Values", "def f(n): return [None] * n", (1 << 20) - 2},
    {"Levels", "def f(n):\n  x = []\n  for _ in range(n): x = [x]\n  return x",
     200},
    {"Bytes", "def f(n): return ['x' * n] * 16 + [None]", (1 << 20) - 6},
    {"Bits", "def f(n): return (1 << n) - 1", 1 << 20},
};

class CallLimitTest : public testing::TestWithParam<LimitRow> {};

TEST_P(CallLimitTest, IsTheHostsToo) {
  const LimitRow& row = GetParam();
  for (const int more : {0, 1}) {
    const object params = {
        {"language", "python"},
        {"tests",
         {{{"call", "f"}, {"args", {row.most + more}}, {"returns", 3}}}},
        {"limits", {{"cpu_s", 20}, {"wall_s", 60}, {"memory_mb", 1024}}}};
    const auto detail = boost::json::serialize(
        JudgeCode(params, Fenced(row.program, "python")).detail);
    EXPECT_NE(detail.find(more == 0 ? R"("verdict":"WA"})"
                                    : "the call raises Exception"),
              std::string::npos)
        << more << detail;
  }
}

INSTANTIATE_TEST_SUITE_P(Code, CallLimitTest, testing::ValuesIn(kLimitRows),
                         [](const auto& test) { return test.param.name; });

// A question that it does not take is no way to last.
TEST(CallTest, AProgramThatDoesNotReadIsOutOfTime) {
  const std::string much(1 << 19, 'x');
  const object params = {
      {"language", "python"},
      {"tests", {{{"call", "f"}, {"args", {much}}, {"returns", 3}}}},
      {"limits", {{"wall_s", 1}}}};
  const auto start = std::chrono::steady_clock::now();
  const Verdict verdict =
      JudgeCode(params, Fenced("import os, time\n"
                               "os.write(3, b'\\1\\0\\0\\0l')\ntime.sleep(60)",
                               "python"));
  EXPECT_EQ(verdict.outcome, Outcome::kTimeout)
      << boost::json::serialize(verdict.detail);
  // A jail ends ten seconds after its program's time.
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
}

struct BadRow {
  const char* name;
  std::string_view language;
  std::string_view test;
  std::string_view pointer;
};

void PrintTo(const BadRow& row, std::ostream* os) { *os << row.name; }

constexpr BadRow kBadRows[] = {
    {"NoReturns", "python", R"({"call":"f"})", "/tests/0/returns"},
    {"NoPath", "python", R"({"call":"f(","returns":1})", "/tests/0/call"},
    {"NoName", "python", R"({"call":"","returns":1})", "/tests/0/call"},
    {"EndsWithACall", "python", R"j({"call":"A()","returns":1})j",
     "/tests/0/call"},
    {"Expression", "python", R"({"call":"f or g","returns":1})",
     "/tests/0/call"},
    {"ArgsAreNoArray", "python", R"({"call":"f","args":{},"returns":1})",
     "/tests/0/args"},
    {"KwargsAreNoObject", "python", R"({"call":"f","kwargs":[],"returns":1})",
     "/tests/0/kwargs"},
    {"Mixed", "python", R"({"call":"f","returns":1,"stdout":"1"})",
     "/tests/0/stdout"},
    {"OtherLanguage", "c", R"({"call":"f","returns":1})", "/tests/0/call"},
    {"TwoObjectsInCpp", "cpp", R"j({"call":"A().b().f","returns":1})j",
     "/tests/0/call"},
    {"KeywordsInAnother", "javascript",
     R"({"call":"f","kwargs":{"a":1},"returns":1})", "/tests/0/kwargs"},
    {"ListForAShell", "bash", R"({"call":"f","args":[1,[2]],"returns":1})",
     "/tests/0/args/1"},
    {"DictionaryFromAShell", "bash", R"({"call":"f","returns":{}})",
     "/tests/0/returns"},
    {"AssertInAnother", "cpp", R"j({"assert":"assert f()"})j",
     "/tests/0/assert"},
    {"HarnessInAnother", "cpp", R"({"harness":"x","entry_point":"f"})",
     "/tests/0/harness"},
    {"BlankAssertion", "python", R"({"assert":" \n"})", "/tests/0/assert"},
    {"BlankHarness", "python", R"({"harness":"","entry_point":"f"})",
     "/tests/0/harness"},
    {"NoEntryPoint", "python", R"({"harness":"def check(c): pass"})",
     "/tests/0/entry_point"},
    {"OddEntryPoint", "python", R"({"harness":"x","entry_point":"f g"})",
     "/tests/0/entry_point"},
    {"SetupAlone", "python", R"({"setup":"x"})", "/tests/0/setup"},
    {"SetupIsText", "python", R"({"assert":"x","setup":1})", "/tests/0/setup"},
};

class CallParamsTest : public testing::TestWithParam<BadRow> {};

TEST_P(CallParamsTest, NamesThePlace) {
  const BadRow& row = GetParam();
  const auto check = MakeCodeChecker(nullptr)->Prepare(
      {{"language", row.language}, {"tests", {boost::json::parse(row.test)}}});
  ASSERT_TRUE(check.has_error());
  EXPECT_EQ(check.error().pointer, row.pointer) << check.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Code, CallParamsTest, testing::ValuesIn(kBadRows),
                         [](const auto& test) { return test.param.name; });

TEST(CallParams, ScriptsAndValuesAreBounded) {
  const auto pointer = [](const object& test) -> std::string {
    const auto check = MakeCodeChecker(nullptr)->Prepare(
        {{"language", "python"}, {"tests", {test}}});
    return check ? "" : check.error().pointer;
  };
  const auto text = [](std::size_t size) { return std::string(size, 'x'); };
  for (const std::size_t more : {0U, 1U}) {
    EXPECT_EQ(pointer({{"assert", text(kMaxScriptBytes + more)}}),
              more == 0 ? "" : "/tests/0/assert");
    EXPECT_EQ(
        pointer({{"assert", "x"}, {"setup", text(kMaxScriptBytes + more)}}),
        more == 0 ? "" : "/tests/0/setup");
    EXPECT_EQ(pointer({{"harness", text(kMaxScriptBytes + more)},
                       {"entry_point", "f"}}),
              more == 0 ? "" : "/tests/0/harness");
    // A tuple of one string, a dictionary of none, and None.
    constexpr std::size_t kRest = 5 + 5 + 5 + 1;
    EXPECT_EQ(pointer({{"call", "f"},
                       {"args", {text(kMaxCallBytes - kRest + more)}},
                       {"returns", nullptr}}),
              more == 0 ? "" : "/tests/0/args");
  }
}

}  // namespace
}  // namespace rewards
