// Node that is forked from a zygote (sandbox/zygote.h) is to a program what
// Node that starts afresh is: the same programs end the same way.

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>

#include "node_runs.h"

namespace sandbox {
namespace {

struct Row {
  const char* name;
  const char* source;
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

// Programs that end in every way, and look at what they run in.
constexpr Row kRows[] = {
    {"Nothing", ""},
    {"Prints",
     "const [a, b] = require('fs').readFileSync(0, 'utf8').split(' ');\n"
     "console.log(+a + +b)"},
    {"ReadsTheFileOfInput",
     "try { console.log(require('fs').readFileSync('/dev/stdin', 'utf8')) }\n"
     "catch (e) { console.log(e.code) }"},
    {"ReadsAStream",
     "let all = ''\nprocess.stdin.on('data', x => all += x)\n"
     "process.stdin.on('end', () => console.log(all.length))"},
    {"ReadsLines",
     "require('readline').createInterface({input: process.stdin})\n"
     ".on('line', x => console.log('line', x)).on('close', () => "
     "console.log('end'))"},
    {"AwaitsLines",
     "(async () => { for await (const x of require('readline')\n"
     ".createInterface({input: process.stdin})) console.log(x) })()"},
    {"NoNewline", "process.stdout.write('x')"},
    {"WritesDirectly", "require('fs').writeSync(1, 'x')"},
    {"Errors", "console.error('e'); console.log('o'); console.warn('w')"},
    {"Table", "console.table([{a: 1}]); console.dir({a: {b: {c: {}}}})"},
    {"Much",
     "const line = 'x'.repeat(99)\nfor (let i = 0; i < 20000; ++i) "
     "console.log(line)"},
    {"Exit3", "process.exit(3)"},
    {"ExitLarge", "process.exit(256 + 7)"},
    {"ExitCode", "process.exitCode = 4; console.log('a')"},
    {"ExitInTimer", "setTimeout(() => process.exit(5), 5)"},
    {"ExitHandlers",
     "process.on('exit', c => console.log('exit', c))\n"
     "process.once('beforeExit', () => setTimeout(() => console.log('t'), 1))"},
    {"Throws", "function f(x) { throw new Error('bad ' + x) }\nf(1)"},
    {"ThrowsText", "throw 'text'"},
    {"ThrowsInTimer", "setTimeout(() => { null.x }, 1)"},
    {"Rejects", "Promise.reject(new TypeError('no'))"},
    {"RejectsAsync", "(async () => { await 1; undefined.x })()"},
    {"HandlesRejection",
     "process.on('unhandledRejection', e => console.log('h', e.message))\n"
     "Promise.reject(Error('a'))"},
    {"HandlesException",
     "process.on('uncaughtException', e => console.log('h', e.message))\n"
     "throw Error('a')"},
    {"SyntaxError", "console.log('a'\nconsole.log('b')"},
    {"Deep",
     "let n = 0\nfunction f() { ++n; f() }\n"
     "try { f() } catch (e) { console.log(e.message, n > 5000) }"},
    {"TooDeep", "function f() { f() }\nf()"},
    {"Trace",
     "const e = new Error('t'); Error.stackTraceLimit = 99\n"
     "console.log(e.stack); console.log(new Error('u').stack)"},
    {"Aborts", "process.kill(process.pid, 'SIGABRT'); for (;;);"},
    {"Terminated", "process.kill(process.pid, 'SIGTERM'); for (;;);"},
    {"Signal",
     "process.on('SIGUSR2', () => { console.log('got'); clearInterval(t) })\n"
     "const t = setInterval(() => {}, 1000)\n"
     "process.kill(process.pid, 'SIGUSR2')"},
    {"Order",
     "setTimeout(() => console.log('timeout'), 0)\n"
     "setImmediate(() => process.nextTick(() => console.log('tick 2')))\n"
     "process.nextTick(() => console.log('tick'))\n"
     "Promise.resolve().then(() => console.log('then'))\n"
     "queueMicrotask(() => console.log('micro'))\nconsole.log('main')"},
    {"Interval",
     "let n = 0\nconst t = setInterval(() => { console.log(++n)\n"
     "if (n == 3) clearInterval(t) }, 2)"},
    {"TimersTakeTime",
     "const a = process.hrtime.bigint()\nsetTimeout(() => console.log("
     "process.hrtime.bigint() - a > 45000000n), 50)"},
    {"Waits",
     "const a = performance.now()\nconst x = new Int32Array("
     "new SharedArrayBuffer(4))\nconsole.log(Atomics.wait(x, 0, 0, 30), "
     "performance.now() - a > 25)"},
    {"OpenFile",
     "const fs = require('fs')\nfs.writeFileSync('f', 'kept')\n"
     "console.log(fs.statSync('f').size, fs.readdirSync('.'))"},
    {"FilesAsync",
     "require('fs').promises.writeFile('f', 'x'.repeat(9)).then(() =>\n"
     "require('fs').readFile('f', 'utf8', (e, x) => console.log(e, x)))"},
    {"Pool",
     "const z = require('zlib'); z.gzip('a'.repeat(1e6), (e, x) =>\n"
     "z.gunzip(x, (e, y) => console.log(y.length)))"},
    {"Hash",
     "const c = require('crypto')\n"
     "console.log(c.createHash('sha256').update('a').digest('hex'))\n"
     "c.pbkdf2('a', 'b', 100, 8, 'sha1', (e, x) => console.log(x))"},
    {"Worker",
     "const {Worker} = require('worker_threads')\n"
     "new Worker(\"const {parentPort: p, threadId} = require('worker_threads')"
     "\\np.postMessage([threadId, process.argv, process.execArgv])\", "
     "{eval: true}).on('message', x => console.log(x))\n"
     ".on('exit', c => console.log('exit', c))"},
    {"Collects",
     "const all = []\nfor (let i = 0; i < 3e6; ++i) {\n"
     "  all[i % 100000] = {i, x: [i], s: 'a' + i} }\n"
     "console.log(all.length, all[7].s)"},
    {"Compiles",
     "function f(n) { let s = 0; for (let i = 0; i < n; ++i) s = (s * 31 + i)"
     " % 1000003; return s }\nlet t = 0; for (let i = 0; i < 300; ++i) t += "
     "f(i * 1000)\nconsole.log(t)"},
    {"WebAssembly",
     "const b = new Uint8Array([0,97,115,109,1,0,0,0,1,5,1,96,0,1,127,3,2,1,0,"
     "7,5,1,1,97,0,0,10,6,1,4,0,65,7,11])\n"
     "WebAssembly.instantiate(b).then(m => "
     "console.log(m.instance.exports.a()))"},
    {"Evaluates",
     "const vm = require('vm')\nconsole.log(eval('1+1'), "
     "new Function('return 7')(), vm.runInNewContext('a * 2', {a: 4}))"},
    {"Oneself",
     "console.log(__filename, __dirname, require.main === module, module.id,"
     " module.paths, module.parent, Object.keys(require.cache))\n"
     "const p = process\nconsole.log(p.argv, p.execArgv, p.argv0, p.execPath,"
     " p.title, p.pid, p.cwd(), p.version, p.arch, p.mainModule === module)\n"
     "console.log(Object.entries(p.env).sort(), p.umask(), p.exitCode)"},
    {"Globals",
     "console.log(Object.getOwnPropertyNames(globalThis).sort())\n"
     "console.log(Object.keys(globalThis), this === module.exports)"},
    {"Process",
     "for (const [k, d] of Object.entries(Object.getOwnPropertyDescriptors("
     "process)).sort()) console.log(k, d.writable, d.enumerable,"
     " d.configurable, typeof d.value)"},
    {"Clock",
     "const p = Object.getPrototypeOf(performance)\nfor (const k of ['now', "
     "'timeOrigin']) { const d = Object.getOwnPropertyDescriptor(p, k)\n"
     "console.log(k, d.enumerable, d.configurable, d.writable) }\n"
     "const n = performance.now(), u = process.uptime()\n"
     "console.log(n > 0 && n < 20000, u > 0 && u < 20, p.now.name, "
     "p.now.length, process.uptime.name,\n"
     "Math.abs(performance.timeOrigin + n - Date.now()) < 1000)"},
    {"Heap",
     "console.log(require('v8').getHeapStatistics().heap_size_limit)\n"
     "console.log(process.constrainedMemory?.(), process.ppid < 2)"},
    // Their order is that of two threads.
    {"Descriptors",
     "const fs = require('fs'), all = []\nfor (let i = 0; i < 128; ++i) {\n"
     "  try { const s = fs.fstatSync(i); all.push([s.isFile(), s.isFIFO(),"
     " s.isCharacterDevice()].join()) } catch {} }\n"
     "console.log(all.slice(0, 3), all.sort())"},
    {"NextDescriptor",
     "const fs = require('fs'); console.log(fs.openSync('f', 'w'))"},
    {"Identity",
     "const p = process\nconsole.log(p.getuid() > 64000, p.getuid() == "
     "p.getegid(), p.geteuid() == p.getgid(), p.getgroups().length)"},
    {"Time",
     "console.log(new Date(0).toString(), Intl.DateTimeFormat()"
     ".resolvedOptions().timeZone, (12345.6).toLocaleString())"},
    {"Spawns",
     "const c = require('child_process')\n"
     "console.log(c.spawnSync('/bin/true').error?.code)\n"
     "c.spawn('/bin/true').on('error', e => console.log(e.code))"},
    {"Imports",
     "import('fs').then(m => console.log(typeof m.readFileSync))\n"
     "import('/w/none.mjs').catch(e => console.log(e.code))"},
    {"NotFound", "require('./none')"},
    {"EndsOnItsOwn", "process.stdout.end('x'); setTimeout(() => {}, 10)"},
    {"Channel",
     "const {port1, port2} = new MessageChannel()\n"
     "port1.on('message', x => { console.log(x); port1.close() })\n"
     "port2.postMessage({a: [1]})"},
    {"Events",
     "const e = new (require('events'))()\ne.on('a', x => console.log(x))\n"
     "e.emit('a', 1); const t = new EventTarget()\n"
     "t.addEventListener('b', x => console.log(x.type)); t.dispatchEvent("
     "new Event('b'))"},
    {"Finalizes",
     "new FinalizationRegistry(() => {}).register({}, 1)\n"
     "console.log(new WeakRef({a: 1}).deref().a)"},
    {"Warns", "process.emitWarning('w'); new Buffer(1)"},
    {"Asserts", "require('assert').strictEqual(1, 2)"},
};

class ZygoteNodeTest : public testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    if (HasNode()) runner_ = MakeRunner(&why_);
  }
  static void TearDownTestSuite() { runner_.reset(); }

  void SetUp() override {
    if (!HasNode()) GTEST_SKIP() << "node is not installed";
    ASSERT_NE(runner_, nullptr) << why_;
  }

  static std::unique_ptr<Runner> runner_;
  static std::string why_;
};
std::unique_ptr<Runner> ZygoteNodeTest::runner_;
std::string ZygoteNodeTest::why_;

TEST_P(ZygoteNodeTest, EndsAsAFreshInterpreterDoes) {
  Program program = ProgramOf(*runner_, GetParam().source);
  program.input = "1 2\nb\n";
  program.argv.emplace_back("an argument");
  program.argv.emplace_back("--flag='\"\\");
  program.wanted = {"f"};
  const std::string forked = Describe(runner_->Run(program, kRoomy, {}));
  program.fresh_interpreter = true;
  EXPECT_EQ(forked, Describe(runner_->Run(program, kRoomy, {})));
}

INSTANTIATE_TEST_SUITE_P(Node, ZygoteNodeTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace sandbox
