// Tests of assertions and harnesses, through the checker.

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "code_judge.h"

namespace rewards {
namespace {

using boost::json::object;

struct Row {
  const char* name;
  std::string_view program;
  std::string_view test;
  std::string_view verdict;
  std::string_view setup = "";
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kAdd = "assert f(1, 2) == 3";
constexpr std::string_view kEqual =
    "class E:\n  def __eq__(s, o): return True\n  __ne__ = __eq__\n"
    "  def __bool__(s): return True\n  def __len__(s): return 3\n"
    "  def __hash__(s): return hash(3)\n  def __lt__(s, o): return True\n"
    "  def __float__(s): return 3.0\n  def __index__(s): return 3\n"
    "  def __rsub__(s, o): return 0\n  def __contains__(s, o): return True\n"
    "  def __sub__(s, o): return 0\ndef f(*a): return E()\n";

constexpr Row kRows[] = {
    {"Right", "def f(a, b): return a + b", kAdd, "AC"},
    {"Wrong", "def f(a, b): return a - b", kAdd, "WA"},
    {"ByteOrderMarks",
     "\xEF\xBB\xBF"
     "def f(a, b): return a + b",
     "\xEF\xBB\xBF"
     "assert f(1, 2) == three",
     "AC",
     "\xEF\xBB\xBF"
     "three = 3"},
    {"ByteOrderMarksAndWrong",
     "\xEF\xBB\xBF"
     "def f(a, b): return a - b",
     "\xEF\xBB\xBF"
     "assert f(1, 2) == 3",
     "WA"},
    {"WrongInTheSecond", "def f(a, b): return 3",
     "assert f(1, 2) == 3\nassert f(2, 2) == 4", "WA"},
    {"EveryTypeCrosses",
     "from collections import *\n"
     "def f(x): return [x, type(x).__name__]",
     "from collections import *\n"
     "for x in [None, True, 7, -(1 << 300), 1.5, float('inf'), -0.0, 2j, '\xC3"
     "\xA9', '\\ud800', b'\\0', [1], (1,), (), {1}, frozenset([2]), {1: [2]},"
     " Counter('aab'), defaultdict(int, a=1), deque([1]),"
     " OrderedDict(b=1, a=2), [[[(1, {2: {3}})]]]]:\n"
     "  y, name = f(x)\n  assert y == x, x\n"
     "  assert type(y) is type(x) and name == type(x).__name__, x",
     "AC"},
    {"NotANumberIsNone", "def f(): return float('nan')",
     "assert f() != f()\nimport math\nassert math.isnan(f())", "AC"},
    {"ListIsNoTuple", "def f(): return [1]", "assert f() == (1,)", "WA"},
    {"ArgumentsAreChanged",
     "def f(a, d):\n  a.append([1])\n  a[0].append(2)\n  d['x'] = a\n"
     "  return a",
     "a = [[]]\nd = {}\nfirst = a[0]\nr = f(a, d)\n"
     "assert a == [[2], [1]] and d == {'x': a}\n"
     "assert a[0] is first and r is a and d['x'] is a",
     "AC"},
    {"ArgumentsMayBeOne", "def f(a, b):\n  a.append(1)\n  return a is b",
     "x = []\nassert f(x, x) and x == [1]", "AC"},
    {"UnchangedArgumentsStay", "def f(a): return sorted(a)",
     "x = [2, 1]\nassert f(x) == [1, 2] and x == [2, 1]", "AC"},
    {"ExceptionsCross", "def f(x): raise ValueError('no')",
     "try:\n  f(1)\n  assert False\nexcept ValueError as e:\n"
     "  assert str(e) == 'no'",
     "AC"},
    {"OtherExceptionsFail", "def f(x): raise KeyError('no')",
     "try:\n  f(1)\nexcept ValueError:\n  pass", "WA"},
    {"ExceptionsOfItsOwn", "class E(ValueError): pass\ndef f(x): raise E('no')",
     "try:\n  f(1)\n  assert False\nexcept ValueError:\n  pass", "AC"},
    {"ExceptionsThatTakeMoreThanAMessage", "def f(x): return x.decode()",
     "try:\n  f(b'\\xff')\n  assert False\nexcept ValueError:\n  pass", "AC"},
    {"ALongMessageIsCut", "def f(x): raise ValueError('x' * (1 << 25))",
     "try:\n  f(1)\n  assert False\nexcept ValueError as e:\n"
     "  assert len(str(e)) == 1000",
     "AC"},
    {"ALongNameIsCut",
     "E = type('x' * (1 << 25), (ValueError,), {})\ndef f(x): raise E",
     "try:\n  f(1)\n  assert False\nexcept ValueError:\n  pass", "AC"},
    {"EqualRequestsAskEqualQuestions", "def f(x): return x",
     "import random\nassert f(random.random()) == 0.8444218515250481", "AC"},
    {"Callbacks", "def f(g, x): return [g(y) for y in x]",
     "assert f(lambda y: y * 2, [1, 2]) == [2, 4]", "AC"},
    {"CallbacksWithinCallbacks", "def f(g): return g(f2)\ndef f2(x): return x",
     "assert f(lambda h: h(5)) == 5", "AC"},
    {"CallbacksThatRaise",
     "def f(g):\n  try: g()\n  except ZeroDivisionError: return 1",
     "assert f(lambda: 1 / 0) == 1", "AC"},
    {"Types", "def f(x, t): return isinstance(x, t)",
     "assert f(1, int) and not f(1, str)", "AC"},
    {"Attributes",
     "class N:\n  def __init__(s, v): s.v = v; s.next = None\n"
     "def f(n): return n.v + n.next.v",
     "n.next = N(2)\nassert f(n) == 3 and n.next.v == 2", "AC", "n = N(1)"},
    {"Identity", "class A: pass\na = A()\ndef f(): return a",
     "assert f() is f() and f() is a", "AC"},
    {"ProtocolsAreNotLookedUp",
     "class A:\n  __array_interface__ = {'data': (1, False), 'shape': (1,),"
     " 'typestr': '<i8', 'version': 3}\ndef f(a, b): return A()",
     "assert not hasattr(f(1, 2), '__array_interface__')", "AC"},
    {"Iteration", "def f():\n  yield 1\n  yield 2",
     "assert list(f()) == [1, 2]", "AC"},
    {"Subscripts", "class A:\n  def __getitem__(s, i): return i\na = A()",
     "assert a[4] == 4", "AC"},
    {"ShadowsABuiltin", "def sum(a, b): return a * b", "assert sum(2, 3) == 6",
     "AC"},
    {"ABuiltinIsNotTheProgram", "x = 1", "assert sum([2, 3], 1) == 6", "WA"},
    {"PassesWhatIsNamedAsAModule", "def array(x): return x + 1",
     "assert list(map(array, [1, 2])) == [2, 3]", "AC"},
    {"CalledAndLookedIntoAsAModule", "def select(x): return x",
     "assert select(3) == 3 and select.__name__ == 'select'", "AC"},
    {"ModulesAreTheTests", "def f(): return 1\nimport math",
     "assert math.isclose(f(), 1)", "AC"},
    {"SetupIsTheTests", "def f(x): return helper(x)", "assert f(1) == 1", "WA",
     "def helper(x): return x"},
    {"Method", "class S:\n  def f(self, a): return a", "assert S().f(3) == 3",
     "AC"},
    {"NoSuchName", "def g(): pass", kAdd, "WA"},
    {"DoesNotLoad", "1 / 0", kAdd, "RE"},

    // Whose fault it is.
    {"TestDoesNotCompile", "def f(a, b): return 3", "assert f(1, 2) ==", "JF"},
    {"SetupDoesNotCompile", "def f(a, b): return 3", kAdd, "JF", "def"},
    {"SetupRaises", "def f(a, b): return 3", kAdd, "JF", "1 / 0"},
    {"TestAsksNothing", "def f(a, b): return 3", "x = 1", "JF"},
    {"TestAssertsNothing", "def f(a, b): return 3", "assert True", "JF"},
    {"TestPassesWhatCannotCross", "def f(a): return 3",
     "assert f(object()) == 3", "JF"},
    {"TestPassesAClassOfItsOwn", "def f(a): return 3",
     "class T: pass\nassert f(T) == 3", "JF"},
    {"AProgramBuysNoNullByWhatItAnswers", "def f(a): return 4",
     "def g(x): return object() if x == 4 else x\nassert f(g(f(3))) == 3",
     "WA"},
    {"ABadTestBuysNothingForABadProgram", "import os\nos._exit(0)",
     "assert f(1, 2) ==", "RE"},
    {"AProgramBuysNoNullByWhatItHas", "f = 5", "assert f(object()) == 3", "WA"},
    {"RaisesAfterTheProgramSpoke", "def f(a, b): return 'x'",
     "assert f(1, 2) + 1 == 3", "WA"},

    // Hacks.
    {"AlwaysEqual", kEqual, kAdd, "WA"},
    {"AlwaysEqualOnTheRight", kEqual, "assert 3 == f(1, 2)", "WA"},
    {"AlwaysUnequal", kEqual, "assert f(1, 2) != 4", "WA"},
    {"AlwaysTrue", kEqual, "assert f(1, 2)", "WA"},
    {"AlwaysFalse", kEqual, "assert not f(1, 2)", "WA"},
    {"AlwaysClose", kEqual, "assert abs(f(1, 2) - 3) < 1e-6", "WA"},
    {"AlwaysCloseToMath", kEqual, "import math\nassert math.isclose(f(), 3)",
     "WA"},
    {"AlwaysLong", kEqual, "assert len(f(1, 2)) == 3", "WA"},
    {"AlwaysLess", kEqual, "assert f(1, 2) < 3", "WA"},
    {"AlwaysContains", kEqual, "assert 3 in f(1, 2)", "WA"},
    {"AlwaysEqualInAList",
     "class E:\n  __eq__ = lambda s, o: True\n"
     "def f(a, b): return [E()]",
     "assert f(1, 2) == [3]", "WA"},
    {"AlwaysEqualInASet", kEqual, "assert f(1, 2) in {3}", "WA"},
    {"OpaqueIsNotSwallowed", kEqual,
     "try:\n  assert f(1, 2) == 3\nexcept Exception:\n  pass", "WA"},
    {"OpaqueHasNoTextOfItsOwn",
     "class E:\n  def __str__(s): return '3'\n  __repr__ = __str__\n"
     "def f(a, b): return E()",
     "assert str(f(1, 2)) == '3'", "WA"},
    {"IntegerOfItsOwn",
     "class I(int):\n  def __eq__(s, o): return True\n"
     "def f(a, b): return I(4)",
     kAdd, "WA"},
    {"TextOfItsOwn",
     "class S(str):\n  def __eq__(s, o): return True\n  __hash__ = None\n"
     "def f(a, b): return S('')",
     "assert f(1, 2) == '3'", "WA"},
    {"StopsIteration", "def f(x): raise StopIteration",
     "assert all(map(lambda x: f(x) == x, [1, 2]))", "WA"},
    {"StopsAnIterationOfTheTests", "def f(x): raise StopIteration",
     "for y in map(f, [1, 2]): assert y", "WA"},
    {"StopsAnAsyncIterationOfTheTests", "def f(x): raise StopAsyncIteration",
     "import asyncio\nclass A:\n  def __aiter__(s): return s\n"
     "  async def __anext__(s): return f(1)\nasync def g():\n"
     "  async for x in A(): assert x == 2\nasyncio.run(g())",
     "WA"},
    {"RaisesSystemExit", "def f(a, b): raise SystemExit(0)", kAdd, "WA"},
    {"RaisesKeyboardInterrupt", "def f(a, b): raise KeyboardInterrupt", kAdd,
     "WA"},
    {"RaisesGeneratorExit", "def f(a, b): raise GeneratorExit",
     "def g():\n  yield f(1, 2)\nassert list(g()) == [3]", "WA"},
    {"ExitsWhenCalled", "import os\ndef f(a, b): os._exit(0)", kAdd, "RE"},
    {"ExitsWhenLoaded", "import os\nos._exit(0)", kAdd, "RE"},
    {"ExitsAfterTheFirst",
     "import os\nn = 0\ndef f(a, b):\n  global n\n  n += 1\n"
     "  if n > 1: os._exit(0)\n  return 3",
     "assert f(1, 2) == 3\nassert f(2, 2) == 4", "RE"},
    {"ForgesTheEnd",
     "import os\ndef f(a, b):\n"
     "  os.write(3, b'\\x0e\\0\\0\\0qs\\6\\0\\0\\0passeds\\0\\0\\0\\0')\n",
     kAdd, "RE"},
    {"ForgesAnEndOfIteration",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0z')\n", kAdd, "RE"},
    {"ForgesABuiltin",
     "import os\ndef f(a, b): os.write(3, "
     "b'\\x0b\\0\\0\\0vB\\4\\0\\0\\0execN')",
     kAdd, "RE"},
    {"ForgesAnUnhashableKey",
     "import os\ndef f(a, b): os.write(3, b'\\x0c\\0\\0\\0vS\\1\\0\\0\\0l"
     "\\0\\0\\0\\0N')",
     kAdd, "RE"},
    {"ForgesNoise", "import os\ndef f(a, b): os.write(3, b'\\3\\0\\0\\0v+-')",
     kAdd, "RE"},
    {"ForgesAFrameOfNothing",
     "import os\ndef f(a, b): os.write(3, b'\\0\\0\\0\\0')\n", kAdd, "WA"},
    {"ForgesAnAnswerOfNothing",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0v')\n", kAdd, "RE"},
    {"ForgesAnAnswerOfTooMuch",
     "import os\ndef f(a, b): os.write(3, b'\\4\\0\\0\\0vTNN')\n", kAdd, "RE"},
    {"ForgesChangesThatAreNone",
     "import os\ndef f(a, b): os.write(3, b'\\3\\0\\0\\0vTT')\n", kAdd, "RE"},
    {"ForgesAnExceptionOfNoName",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0e')\n", kAdd, "RE"},
    {"ForgesACallOfNothing",
     "import os\ndef f(a, b): os.write(3, b'\\1\\0\\0\\0k')\n", kAdd, "RE"},
    {"ForgesAnotherLetter",
     "import os\ndef f(a, b): os.write(3, b'\\3\\0\\0\\0wTN')\n", kAdd, "RE"},
    {"ForgesAnEndOfAValue",
     "import os\nclass I:\n  def __iter__(s): return s\n"
     "  def __next__(s): os.write(3, b'\\2\\0\\0\\0zN')\n"
     "def f(a, b): return I()",
     "assert list(f(1, 2)) == []", "RE"},
    {"DefinesTheTestsNames",
     "def check(c): pass\nimport builtins\nbuiltins.AssertionError = "
     "Exception\n"
     "builtins.all = lambda x: True\ndef f(a, b): return 4",
     "assert all([f(1, 2) == 3])", "WA"},
    {"ReplacesAModule",
     "class math:\n  isclose = staticmethod(lambda *a: True)\n"
     "def f(a, b): return 4",
     "assert math.isclose(f(1, 2), 3)", "WA"},
    {"SwallowsAnAssertion",
     "def f(g):\n  try: g(0)\n  except AssertionError: pass\n  return 3",
     "def g(x):\n  assert x == 1\nassert f(g) == 3", "WA"},
    {"LeavesAThread",
     "import threading, time\n"
     "threading.Thread(target=time.sleep, args=(60,)).start()\n"
     "def f(a, b): return a + b",
     kAdd, "AC"},
    {"Busy", "def f(a, b):\n  while True: pass", kAdd, "TLE"},
    {"Sleeps", "import time\ndef f(a, b): time.sleep(60)", kAdd, "ILE"},
    {"SleepsByAndBy",
     "import time\ndef f(a, b):\n  time.sleep(0.3)\n  return a + b",
     "for i in range(6): assert f(i, 2) == i + 2", "ILE"},
    {"WritesToTheTest",
     "def f(a, b):\n  import sys\n  g = sys._getframe()\n  while g.f_back:\n"
     "    g = g.f_back\n  g.f_globals['passed'] = True\n  return 4",
     kAdd, "WA"},
};

// `wall_s` is short for those alone that wait for its end.
Verdict JudgeTest(std::string_view program, const object& test,
                  bool beside = false, double wall_s = 20) {
  object params = {{"language", "python"},
                   {"tests", {test}},
                   {"limits", {{"cpu_s", 1}, {"wall_s", wall_s}}}};
  if (beside) params["allow_in_process"] = true;
  return JudgeCode(params, Fenced(program, "python"));
}

std::string VerdictOf(const Verdict& verdict) {
  const auto* tests = verdict.detail.if_contains("tests");
  return tests == nullptr ? std::string()
                          : std::string(tests->at(0).at("verdict").as_string());
}

class AssertTestTest : public testing::TestWithParam<Row> {};

TEST_P(AssertTestTest, IsJudged) {
  const Row& row = GetParam();
  const Verdict verdict =
      JudgeTest(row.program, {{"assert", row.test}, {"setup", row.setup}},
                false, row.verdict == "ILE" ? 1 : 20);
  EXPECT_EQ(VerdictOf(verdict), row.verdict)
      << boost::json::serialize(verdict.detail);
  EXPECT_EQ(verdict.outcome == Outcome::kCorrect, row.verdict == "AC");
  EXPECT_EQ(verdict.outcome == Outcome::kNotJudged, row.verdict == "JF");
  EXPECT_EQ(verdict.evidence, "");
}

INSTANTIATE_TEST_SUITE_P(Code, AssertTestTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

// A test that does not end is the item's doing, but a program that takes most
// of the time buys nothing with it.
TEST(AssertTest, ATestThatDoesNotEndIsJudgedByWhoTookTheTime) {
  const object params = {
      {"language", "python"},
      {"tests", {{{"assert", kAdd}, {"setup", "while True: pass"}}}}};
  const auto verdict = [&](std::string_view program) {
    return VerdictOf(
        JudgeCode(params, Fenced(program, "python"), std::chrono::seconds(3)));
  };
  EXPECT_EQ(verdict("def f(a, b): return a + b"), "JF");
  EXPECT_EQ(verdict("import time\ntime.sleep(2.5)\ndef f(a, b): return 3"),
            "ILE");
}

// Only while an answer is awaited does the program's clock run.
TEST(AssertTest, TheTimeOfATestIsNotThePrograms) {
  const object test = {
      {"assert", "import time\ntime.sleep(1.5)\nassert f(1, 2) == 3"}};
  const Verdict verdict =
      JudgeTest("def f(a, b): return a + b", test, false, 1);
  EXPECT_EQ(VerdictOf(verdict), "AC") << boost::json::serialize(verdict.detail);
}

struct HarnessRow {
  const char* name;
  std::string_view program;
  std::string_view harness;
  std::string_view entry_point;
  std::string_view verdict;
  bool beside = false;
};

void PrintTo(const HarnessRow& row, std::ostream* os) { *os << row.name; }

constexpr std::string_view kCheck =
    "def check(candidate):\n  assert candidate(1, 2) == 3\n";

constexpr HarnessRow kHarnesses[] = {
    {"Right", "def f(a, b): return a + b", kCheck, "f", "AC"},
    {"Wrong", "def f(a, b): return a - b", kCheck, "f", "WA"},
    {"Method", "class S:\n  def f(self, a, b): return a + b", kCheck, "S().f",
     "AC"},
    {"OtherNames", "def f(a, b): return g(a) + b\ndef g(a): return a",
     "def check(candidate):\n  assert candidate(g(1), 2) == 3\n", "f", "AC"},
    {"NamedAsABuiltin", "def sum(a, b): return a + b",
     "def check(candidate):\n  assert candidate(1, 2) == sum(1, 2)\n", "sum",
     "AC"},
    {"NamedAsAModule", "def select(a, b): return a + b", kCheck, "select",
     "AC"},
    {"NamedAsAModuleInText", "def select(a, b): return a + b",
     "def check(candidate):\n  'Of select.'\n"
     "  assert candidate(1, 2) == 3\n",
     "select", "AC"},
    {"ClassNamedAsAModule", "class queue:\n  def f(self, a, b): return a + b",
     kCheck, "queue().f", "AC"},
    {"NamedAsAModuleAndNotThere", "def g(a, b): return a + b", kCheck, "select",
     "WA"},
    {"NoEntryPoint", "def g(a, b): return a + b", kCheck, "f", "WA"},
    {"NoCheck", "def f(a, b): return 3", "def test(candidate): pass", "f",
     "JF"},
    {"AsksNothing", "def f(a, b): return 3", "def check(candidate): pass", "f",
     "JF"},
    {"RaisesAtOnce", "def f(a, b): return 3", "1 / 0", "f", "JF"},
    {"ChecksCandidate", "def check(c): return True\ndef f(a, b): return 4",
     kCheck, "f", "WA"},
    {"ItsOwnCheckDoesNotCount",
     "def check(c): return True\ndef f(a, b): return 4", "x = 1", "f", "JF"},
    // Beside the program there is no holding it, only telling.
    {"BesideRight", "def f(a, b): return a + b", kCheck, "f", "AC", true},
    {"BesideWrong", "def f(a, b): return a - b", kCheck, "f", "RE", true},
    {"BesideExits", "import os\nos._exit(0)", kCheck, "f", "WA", true},
    {"BesideGuesses", "import os\nos.write(3, b'\\4\\0\\0\\0word')", kCheck,
     "f", "WA", true},
};

class HarnessTestTest : public testing::TestWithParam<HarnessRow> {};

TEST_P(HarnessTestTest, IsJudged) {
  const HarnessRow& row = GetParam();
  const Verdict verdict = JudgeTest(
      row.program, {{"harness", row.harness}, {"entry_point", row.entry_point}},
      row.beside);
  EXPECT_EQ(VerdictOf(verdict), row.verdict)
      << boost::json::serialize(verdict.detail);
  EXPECT_EQ(verdict.outcome == Outcome::kCorrect, row.verdict == "AC");
  EXPECT_EQ(verdict.evidence, row.beside ? "in_process" : "");
}

INSTANTIATE_TEST_SUITE_P(Code, HarnessTestTest, testing::ValuesIn(kHarnesses),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rewards
