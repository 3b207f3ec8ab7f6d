// Python that is forked from a zygote (sandbox/zygote.h) is to a program what
// Python that starts afresh is: the same programs end the same way.

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>

#include "described.h"
#include "sandbox/jail.h"
#include "user_leg.h"

namespace sandbox {
namespace {

using std::chrono::seconds;

struct Row {
  const char* name;
  const char* source;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

// Programs that end in every way, and look at what they run in.
constexpr Row kRows[] = {
    {"Nothing", ""},
    {"Prints", "print(sum(map(int, input().split())))"},
    {"NoNewline", "print(end='x')"},
    {"Exit0", "raise SystemExit"},
    {"Exit3", "import sys; sys.exit(3)"},
    {"ExitLarge", "import sys; sys.exit(256 + 7)"},
    {"ExitNegative", "import sys; sys.exit(-1)"},
    {"ExitText", "import sys; sys.exit('bye')"},
    {"ExitInFunction", "def f():\n  print('a'); exit(4)\nf()"},
    {"OsExit", "import os; print('lost'); os._exit(5)"},
    {"Raises", "def f(x):\n  return 1 / x\nprint('a')\nf(0)"},
    {"RaisesChained",
     "try:\n  {}['a']\nexcept KeyError as e:\n  raise ValueError('b') from e"},
    {"SyntaxError", "print('a'\nprint('b')"},
    {"NotUtf8", "print('\xff')"},
    {"Interrupt", "raise KeyboardInterrupt"},
    {"Abort", "import os; os.abort()"},
    {"Terminated", "import os; os.kill(os.getpid(), 15)"},
    {"EndOfInput", "while True: print(input())"},
    {"AtExit",
     "import atexit\natexit.register(print, 'first')\n"
     "atexit.register(print, 'second')\nprint('main')"},
    {"AtExitRaises", "import atexit\natexit.register(int, 'x')"},
    {"ExitInAtExit",
     "import atexit, os\natexit.register(lambda: os._exit(9))\nprint('a', "
     "flush=True)"},
    {"Deleted",
     "class A:\n  def __del__(self): print('deleted')\na = A()\nprint('main')"},
    {"DeletedInCycle",
     "class A:\n  def __del__(self): print('deleted')\n"
     "a = A(); a.a = a; del a\nprint('main')"},
    {"OpenFile",
     "import os\nf = open('f', 'w'); f.write('kept')\n"
     "print(os.path.getsize('f'))"},
    {"Threads",
     "import threading, time\n"
     "def f(): time.sleep(0.05); print('thread')\n"
     "threading.Thread(target=f).start(); print('main')"},
    {"DaemonThread",
     "import threading, time\n"
     "threading.Thread(target=time.sleep, args=(99,), daemon=True).start()\n"
     "print('main')"},
    {"ThreadRaises",
     "import threading\nt = threading.Thread(target=lambda: 1 / 0, "
     "name='t')\nt.start(); t.join()"},
    {"ClosedOutput", "import sys; print('a'); sys.stdout.close()"},
    {"ClosedDescriptor", "import os; print('a'); os.close(1)"},
    {"NoOutput", "import sys; print('a'); sys.stdout = None"},
    {"Streams",
     "import sys, io\nfor s in sys.stdin, sys.stdout, sys.stderr:\n"
     "  print(s.name, s.mode, s.encoding, s.errors, s.fileno(), s.seekable(),"
     " s.isatty(), s.line_buffering, s.write_through)\n"
     "print(sys.stdin.tell(), sys.stdin.buffer.read(), "
     "io.DEFAULT_BUFFER_SIZE)"},
    {"Deep",
     "import sys\ndef f(n): return n and 1 + f(n - 1)\n"
     "print(sys.getrecursionlimit(), f(995))"},
    {"TooDeep", "def f(): f()\ntry: f()\nexcept RecursionError as e: print(e)"},
    {"Oneself",
     "import sys, os\nprint(__name__, __file__, __spec__, __package__, "
     "type(__loader__).__name__, sorted(globals()))\n"
     "print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.executable)\n"
     "print(sys.prefix, sys.warnoptions, os.getcwd(), sys._getframe().f_back)\n"
     "print(sorted(os.environ.items()), os.getpid())"},
    {"Signals",
     "import signal\nfor s in sorted(signal.valid_signals()):\n"
     "  print(s, signal.getsignal(s))\nprint(signal.pthread_sigmask(0, []))"},
    {"Limits",
     "import resource\nfor r in range(16): print(resource.getrlimit(r))"},
    {"Descriptors",
     "import os\nfor fd in range(200):\n"
     "  try: os.fstat(fd); print(fd, os.get_inheritable(fd))\n"
     "  except OSError: pass"},
    {"Identity",
     "import os, resource\nprint(os.getresuid()[0] > 64000, "
     "os.getresuid()[0] == os.getresgid()[1], os.umask(0))"},
    {"Hash", "print(hash('abc'), list({'b', 'a', 'c'}))"},
    {"Modules",
     "import json, ctypes, decimal, heapq, sys\nprint(json.dumps([1]),"
     " ctypes.sizeof(ctypes.c_long), heapq.nlargest(1, [1, 2]))"},
    {"CtypesCallback",
     "import ctypes\nf = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 7)\n"
     "print(f())"},
    {"CallsWithoutInterpreter",
     "import ctypes\nlibc = ctypes.CDLL(None)\n"
     "print(libc.abs(-3), ctypes.pythonapi.Py_IsInitialized())"},
    {"OutputOfTheCLibrary",
     "import ctypes\nctypes.CDLL(None).printf(b'kept')\nprint('first')"},
    {"ModulesReplaced",
     "import sys\nclass A:\n"
     "  def __init__(self, name): self.name = name\n"
     "  def __repr__(self): return self.name\n"
     "  def __del__(self): print('deleted', self.name)\n"
     "for name in 'json', 'mine', 'threading': sys.modules[name] = A(name)"},
    {"StackOfThreads",
     "import ctypes\nlibc = ctypes.CDLL(None)\n"
     "attributes = ctypes.create_string_buffer(64)\n"
     "libc.pthread_getattr_default_np(attributes)\n"
     "size = ctypes.c_size_t()\n"
     "libc.pthread_attr_getstacksize(attributes, ctypes.byref(size))\n"
     "print(size.value)"},
    {"Executes",
     "import os\nos.execv('/usr/bin/python3', "
     "['python3', '-c', 'print(7)'])"},
    {"Multiprocessing",
     "import multiprocessing as m\n"
     "try: m.Process(target=print).start()\n"
     "except OSError as e: print(type(e).__name__)"},
    {"Asyncio",
     "import asyncio\nasync def f():\n  await asyncio.sleep(0.01)\n"
     "  print('a')\nasyncio.run(f())"},
    {"Numpy",
     "try:\n  import numpy\n  print(numpy.arange(9).sum())\n"
     "except ImportError as e: print(e)"},
    {"Warnings", "import warnings; warnings.warn('w')"},
    {"Generators",
     "def g():\n  try: yield 1\n  finally: print('closed')\n"
     "x = g(); print(next(x))"},
    {"Excepthook",
     "import sys\nsys.excepthook = lambda *a: print('hook', a[0].__name__)\n"
     "1 / 0"},
    {"BrokenExit", "import sys\nsys.modules.clear()\nprint('a')"},
};

class ZygoteTest : public testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    auto jail = Jail::Create();
    ASSERT_TRUE(jail.has_value()) << jail.error().message;
    jail_ = *jail;
  }
  static void TearDownTestSuite() { jail_.reset(); }

  static std::shared_ptr<const Jail> jail_;
};
std::shared_ptr<const Jail> ZygoteTest::jail_;

TEST_P(ZygoteTest, EndsAsAFreshInterpreterDoes) {
  const RunLimits limits{.cpu = seconds(30), .wall = seconds(60)};
  Program program = PythonProgram(GetParam().source, "1 2\n");
  program.argv.emplace_back("an argument");
  program.wanted = {"f"};
  const std::string forked = Describe(jail_->Run(program, limits));
  program.fresh_interpreter = true;
  EXPECT_EQ(forked, Describe(jail_->Run(program, limits)));
}

INSTANTIATE_TEST_SUITE_P(Python, ZygoteTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

// What is wrong with the forks of one zygote, or empty.
std::string RunForks() {
  const auto jail = Jail::Create();
  if (!jail) return jail.error().message;
  const auto run = [&](const std::string& source) {
    const RunResult result =
        (*jail)->Run(PythonProgram(source), {.wall = seconds(60)});
    return result.out + result.err + result.failure;
  };
  // Two slots, so that each has had a run before.
  const std::string warm = "import sys; print('copy' in sys.modules)";
  for (int i = 0; i < 2; ++i) run(warm);
  if (run(warm) != "True\n") return "not a fork: " + run(warm);
  const std::string random =
      "import random, os; print(random.random(), os.urandom(4))";
  const std::string first = run(random);
  for (int i = 0; i < 4; ++i) {
    if (run(random) == first) return "the same chance twice: " + first;
  }
  // What one makes of its modules, the next does not see.
  for (int i = 0; i < 4; ++i) {
    const std::string said =
        run("import json, builtins, sys\n"
            "print(hasattr(json, 'mark'), hasattr(builtins, 'mark'))\n"
            "json.mark = builtins.mark = 1\n"
            "json.dumps = print = sys.exit = None\n");
    if (said != "False False\n") return "what was left: " + said;
  }
  if (run("import os; print(os.listdir('/w'))") != "['main.py']\n") {
    return "the hook is left";
  }
  return run("print('still')") == "still\n" ? "" : "the zygote is gone";
}

class ZygoteLegTest : public testing::TestWithParam<Leg> {};

TEST_P(ZygoteLegTest, ForksAreCleanOfEachOther) {
  if (!CanTake(GetParam())) GTEST_SKIP() << "this leg is for root";
  EXPECT_EQ(RunLeg(GetParam(), RunForks), "");
}

INSTANTIATE_TEST_SUITE_P(Python, ZygoteLegTest,
                         testing::Values(Leg::kRoot, Leg::kOrdinary),
                         [](const auto& test) {
                           return test.param == Leg::kRoot ? "Root"
                                                           : "Ordinary";
                         });

TEST(ZygoteChoiceTest, OtherModulesOfAProgramAreItsOwn) {
  const auto jail = Jail::Create();
  ASSERT_TRUE(jail.has_value());
  Program program = PythonProgram("import heapq; print(heapq.MINE)");
  program.files.push_back({.name = "heapq.py", .content = "MINE = 7"});
  EXPECT_EQ((*jail)->Run(program, {.wall = seconds(60)}).out, "7\n");
}

}  // namespace
}  // namespace sandbox
