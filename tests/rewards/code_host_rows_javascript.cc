#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kJs = "javascript";
constexpr std::string_view kTs = "typescript";

}  // namespace

const std::vector<HostRow> kJavaScriptRows = {
    {"Right", kJs, "function add(a, b) { return a + b; }", kAdd, "AC"},
    {"Wrong", kJs, "function add(a, b) { return a - b; }", kAdd, "WA"},
    {"ConstantFunction", kJs, "const add = (a, b) => a + b;", kAdd, "AC"},
    {"Strict", kJs, "'use strict'\nlet add = function (a, b) { return a + b; }",
     kAdd, "AC"},
    {"Exported", kJs, "module.exports = { add: (a, b) => a + b };", kAdd, "AC"},
    {"ExportedByName", kJs, "exports.add = (a, b) => a + b;", kAdd, "AC"},
    {"Requires", kJs,
     "const fs = require('fs'), { performance } = require('perf_hooks');\n"
     "const input = fs.readFileSync(0, 'utf8');\n"
     "function add(a, b) { return a + b + input.length; }",
     kAdd, "AC"},
    {"MainDoesNotRun", kJs,
     "function add(a, b) { return a + b; }\n"
     "if (require.main === module) process.exit(3);",
     kAdd, "AC"},
    {"PrintsBeside", kJs,
     "console.log('42');\nfunction add(a, b) { console.log(9); return a + b; }",
     kAdd, "AC"},
    {"Method", kJs, "class S { #k = 1; add(a, b) { return a + b * this.#k; } }",
     R"({"call":"S().add","args":[40,2],"returns":42})", "AC"},
    {"ConstructorFunction", kJs,
     "var S = function () { return { add: (a, b) => a + b }; };",
     R"({"call":"S().add","args":[40,2],"returns":42})", "AC"},
    {"DottedPath", kJs,
     "const a = { b: { k: 1, f() { return this.k + 2; } } };",
     R"({"call":"a.b.f","returns":3})", "AC"},
    {"Echo", kJs, "const f = x => x;", kEcho, "AC"},
    {"ReturnsItsArgumentChanged", kJs,
     "function f(x) { x.push(3); x.reverse(); return x; }",
     R"({"call":"f","args":[[1,2]],"returns":[3,2,1]})", "AC"},
    {"OneKindOfNumber", kJs, "const f = () => 6 / 2;",
     R"({"call":"f","returns":3.0})", "AC"},
    {"BigIntIsANumber", kJs, "const f = () => 3n;", kThree, "AC"},
    {"LargeNumbersAreRoundedAsWritten", kJs, "const f = x => x;",
     R"({"call":"f","args":[9007199254740993],"returns":9007199254740993})",
     "AC"},
    {"BigIntIsNotRounded", kJs, "const f = () => 9007199254740993n;",
     R"({"call":"f","returns":9007199254740992})", "WA"},
    {"TrueIsNoNumber", kJs, "const f = () => true;",
     R"({"call":"f","returns":1})", "WA"},
    {"OneIsNotTrue", kJs, "const f = () => 1;", kTrue, "WA"},
    {"TextIsNoNumber", kJs, "const f = () => '3';", kThree, "WA"},
    {"UndefinedIsNull", kJs, "function f() {}", kNull, "AC"},
    {"UndefinedIsNotZero", kJs, "function f() {}",
     R"({"call":"f","returns":0})", "WA"},
    {"NotANumberIsNothing", kJs, "const f = () => NaN;", kNull, "WA"},
    {"FloatIsExact", kJs, "const f = () => 0.1 + 0.2;",
     R"({"call":"f","returns":0.3})", "WA"},
    {"FloatWithRoom", kJs, "const f = () => [0.1 + 0.2];",
     R"({"call":"f","returns":[0.3]})", "AC", R"("compare":{"mode":"float"})"},
    {"Unordered", kJs, "const f = () => [2, 1];", kOneTwo, "AC",
     R"("compare":{"mode":"unordered"})"},
    {"UnorderedTellsTrueFromOne", kJs, "const f = () => [2, true];", kOneTwo,
     "WA", R"("compare":{"mode":"unordered"})"},
    {"UnorderedLargeNumbersAreRounded", kJs, "const f = x => [1, x];",
     R"({"call":"f","args":[9007199254740993],"returns":[9007199254740993,1]})",
     "AC", R"("compare":{"mode":"unordered"})"},
    {"OrderCounts", kJs, "const f = () => [2, 1];", kOneTwo, "WA"},
    {"AMapIsADictionary", kJs, "const f = () => new Map([['a', 1]]);",
     R"({"call":"f","returns":{"a":1}})", "AC"},
    {"KeysOfAMapAreWhatTheyAre", kJs, "const f = () => new Map([[1, 1]]);",
     R"({"call":"f","returns":{"1":1}})", "WA"},
    {"ASetIsNoArray", kJs, "const f = () => new Set([1, 2]);", kOneTwo, "WA"},
    {"APromiseIsNoAnswer", kJs, "async function f() { return 3; }", kThree,
     "WA"},
    {"Raises", kJs, "function add() { throw new TypeError('x'); }", kAdd, "RE"},
    {"NoSuchName", kJs, "function other() {}", kAdd, "RE", "",
     "raises ReferenceError"},
    {"NoFunction", kJs, "const add = 42;", kAdd, "RE"},
    {"DoesNotParse", kJs, "function add(a, b { return 42; }", kAdd, "RE"},
    {"RaisesWhileLoaded", kJs, "function add(a, b) { return a + b }\nnull.x;",
     kAdd, "RE", "", "raises while it is loaded"},
    {"Busy", kJs, "function add() { for (;;); }", kAdd, "TLE", kShort},
    {"Sleeps", kJs,
     "function add() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)),"
     " 0, 0); }",
     kAdd, "ILE", kBrief},
    {"Memory", kJs,
     "function add() { const x = []; for (;;) x.push(new Array(9999).fill(0)); "
     "}",
     kAdd, "MLE", R"("limits":{"memory_mb":64})"},
    {"Floods", kJs,
     "function add() { for (;;) require('fs').writeSync(1, 'x'.repeat(9999)); "
     "}",
     kAdd, "OLE"},
    {"RecursesForEver", kJs, "function add() { return add() + 1; }", kAdd,
     "RE"},
    // Hacks.
    {"ExitsZero", kJs, "process.exit(0);", kAdd, "RE"},
    {"ExitsWhenCalled", kJs, "function add() { process.exit(0); }", kAdd, "RE"},
    {"KillsItself", kJs, "function add() { process.kill(process.pid, 9); }",
     kAdd, "RE"},
    {"ThrowsNothing", kJs, "function add() { throw undefined; }", kAdd, "RE"},
    {"ThrowsWhatThrows", kJs,
     "function add() { throw { get name() { throw { get name() { throw 1; } } "
     "} }; }",
     kAdd, "RE"},
    {"ThrowsALongName", kJs,
     "function add() { throw { name: 'x'.repeat(1 << 20) }; }", kAdd, "RE"},
    {"AlwaysEqual", kJs,
     "function add() { return { valueOf: () => 42, equals: () => true,"
     " [Symbol.toPrimitive]: () => 42, toJSON: () => 42 }; }",
     kAdd, "WA"},
    {"BoxedNumber", kJs, "function add() { return new Number(42); }", kAdd,
     "WA"},
    {"Proxy", kJs,
     "function f() { return new Proxy([1, 2], { get: (t, k) => t[k] }); }",
     kOneTwo, "WA"},
    {"Getter", kJs,
     "function f() { let n = 0; return { get a() { return ++n; } }; }",
     R"({"call":"f","returns":{"a":1}})", "WA"},
    {"GetterOfAnArray", kJs,
     "function f() { const x = [1]; Object.defineProperty(x, 1, { get: () => "
     "2, enumerable: true }); return x; }",
     kOneTwo, "WA"},
    {"GetterIsNotNull", kJs, "const f = () => ({ get a() { return 1; } });",
     R"({"call":"f","returns":{"a":null}})", "WA"},
    {"GetterOfAnArrayIsNotNull", kJs,
     "function f() { const x = [1]; Object.defineProperty(x, 1, { get: () => "
     "2 }); return x; }",
     R"({"call":"f","returns":[1,null]})", "WA"},
    {"AHoleIsNull", kJs, "const f = () => [1, , 2];",
     R"({"call":"f","returns":[1,null,2]})", "AC"},
    {"ObjectOfItsOwn", kJs, "class P { a = 1; }\nconst f = () => new P();",
     R"({"call":"f","returns":{"a":1}})", "WA"},
    {"MapOfItsOwn", kJs,
     "class M extends Map {}\nconst f = () => new M([['a', 1]]);",
     R"({"call":"f","returns":{"a":1}})", "WA"},
    {"KeysThatAreLists", kJs, "const f = () => new Map([[[1], 1]]);",
     R"({"call":"f","returns":{"1":1}})", "WA"},
    {"PatchesWhatWritesText", kJs,
     "Buffer.prototype.utf8Write = () => 0;\n"
     "Buffer.byteLength = () => 0;\nString.prototype.isWellFormed = () => "
     "false;"
     "\nconst f = x => x + 'c';",
     R"({"call":"f","args":["ab"],"returns":"abc"})", "AC"},
    {"ArrayOfItsOwn", kJs,
     "class L extends Array {}\nfunction f() { return L.of(1, 2); }", kOneTwo,
     "WA"},
    {"SpoofsItsPrototype", kJs,
     "function f() { return { __proto__: Array.prototype, 0: 1, 1: 2, length: "
     "2 }; }",
     kOneTwo, "WA"},
    {"Cycle", kJs, "function f() { const x = []; x.push(x); return x; }",
     kOneTwo, "RE"},
    {"Grows", kJs,
     "function f() { let x = [1]; for (let i = 0; i < 60; ++i) x = [x, x]; "
     "return x; }",
     kOneTwo, "RE", R"("limits":{"cpu_s":60,"wall_s":120})"},
    {"AsDeepAsCanBe", kJs,
     "const f = n => { let x = []; for (let i = 1; i < n; ++i) x = [x]; return "
     "x; };",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA"},
    {"TooDeep", kJs,
     "const f = n => { let x = []; for (let i = 1; i < n; ++i) x = [x]; return "
     "x; };",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE", "",
     "raises RangeError"},
    {"AsManyAsCanBe", kJs, "const f = n => new Array(n).fill(null);",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA"},
    {"TooMany", kJs, "const f = n => new Array(n).fill(null);",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE", "",
     "raises RangeError"},
    {"Huge", kJs, "function f() { return 'x'.repeat(1 << 25); }", kOneTwo,
     "RE"},
    {"HugeArray", kJs, "function f() { return new Array(4294967295); }",
     kOneTwo, "RE"},
    {"HugeInteger", kJs, "function f() { return 1n << 8000000n; }", kOneTwo,
     "RE", "", "raises RangeError"},
    {"LoneSurrogate", kJs, "function f() { return '\\ud800'; }",
     R"({"call":"f","returns":"�"})", "WA"},
    {"PatchesPrototypes", kJs,
     "require('assert').deepEqual = () => true;\n"
     "require('util').isDeepStrictEqual = () => true;\n"
     "Array.prototype.toString = () => '42';\n"
     "Object.prototype.toString = () => '42';\n"
     "Object.prototype.toJSON = () => 42;\n"
     "Array.prototype[Symbol.iterator] = function* () { yield 42; };\n"
     "Function.prototype.call = Function.prototype.apply = () => 42;\n"
     "JSON.stringify = () => '42'; process.exit = () => 42;\n"
     "Reflect.apply = () => 42; globalThis.Reflect = null;\n"
     "Object.is = () => true;\n"
     "function add(a, b) { return a - b; }",
     kAdd, "WA"},
    {"PatchesDescriptors", kJs,
     "for (const name of ['value', 'get', '0'])\n"
     "  Object.defineProperty(Object.prototype, name, { __proto__: null, get: "
     "() "
     "=> 42 });\n"
     "function add(a, b) { return [42]; }",
     kAdd, "WA"},
    {"PatchesWhatWrites", kJs,
     "const fs = require('fs'), write = fs.writeSync;\n"
     "fs.writeSync = (fd, ...rest) => fd === 3 ? 42 : write(fd, ...rest);\n"
     "Buffer.prototype.utf8Write = () => 42;\n"
     "function add(a, b) { return a - b; }",
     kAdd, "WA"},
    {"RepliesEarly", kJs,
     "require('fs').writeSync(3, Buffer.from([2, 0, 0, 0, 0x76, 0x54]));\n"
     "function add(a, b) { return a + b; }",
     kAdd, "RE"},
    {"RepliesTwice", kJs,
     "const fs = require('fs');\n"
     "const frame = Buffer.from([3, 0, 0, 0, 0x76, 0x54, 0x4e]);\n"
     "function add() { fs.writeSync(3, frame); fs.writeSync(3, frame); "
     "return 42; }",
     kAdd, "WA"},
    {"SaysThatItPassed", kJs,
     "const fs = require('fs');\n"
     "function add() { fs.writeSync(3, Buffer.from('\\x01\\0\\0\\0q')); }",
     kAdd, "RE"},
    {"SaysThatItsFrameIsHuge", kJs,
     "function add() { require('fs').writeSync(3, "
     "Buffer.alloc(4, 255)); for (;;); }",
     kAdd, "WA"},
    {"FloodsTheStream", kJs,
     "function add() { const x = Buffer.alloc(65536, 255); for (;;) "
     "require('fs').writeSync(3, x); }",
     kAdd, "WA"},
    {"ClosesTheStream", kJs,
     "require('fs').closeSync(3);\nconst add = () => 42;", kAdd, "RE"},
    {"ReadsTheQuestionItself", kJs,
     "const fs = require('fs');\n"
     "fs.writeSync(3, Buffer.from('\\x01\\0\\0\\0l'));\n"
     "fs.readSync(3, Buffer.alloc(99), 0, 99);\n"
     "fs.writeSync(3, Buffer.from([3, 0, 0, 0, 0x76, 0x54, 0x4e]));\n"
     "process.exit(0);",
     kAdd, "WA"},
    {"FindsNothingToRead", kJs,
     "const fs = require('fs');\nconst seen = fs.readdirSync('.').map(x => "
     "fs.readFileSync(x, 'utf8')).join('') + JSON.stringify(process.argv) + "
     "JSON.stringify(process.env);\nfunction f() { return seen.includes("
     "String(271828) + '1828') ? 27182 * 1e5 + 81828 : 0; }",
     R"({"call":"f","returns":2718281828})", "WA"},
};

const std::vector<HostRow> kTypeScriptRows = {
    {"Right", kTs,
     "function add(a: number, b: number): number { return a + b; }", kAdd,
     "AC"},
    {"Wrong", kTs, "const add = (a: number, b: number): number => a - b;", kAdd,
     "WA"},
    {"Exported", kTs, "export const add = (a: number, b: number) => a + b;",
     kAdd, "AC"},
    {"EndsInAComment", kTs,
     "const add = (a: number, b: number) => a + b; // /* `", kAdd, "AC"},
    {"Method", kTs,
     "class S { private k: number = 1; add(a: number, b: number) { return a + "
     "b "
     "* this.k; } }",
     R"({"call":"S().add","args":[40,2],"returns":42})", "AC"},
    {"Echo", kTs, "const f = <T,>(x: T): T => x;", kEcho, "AC"},
    {"AMapIsADictionary", kTs,
     "const f = (): Map<string, number> => new Map([['a', 1]]);",
     R"({"call":"f","returns":{"a":1}})", "AC"},
    {"Raises", kTs, "function add(): never { throw new Error('x'); }", kAdd,
     "RE"},
    {"NoSuchName", kTs, "function other() {}", kAdd, "RE"},
    {"Busy", kTs, "function add() { for (;;); }", kAdd, "TLE", kShort},
    {"ExitsWhenCalled", kTs,
     "declare var process: any;\nfunction add() { process.exit(0); }", kAdd,
     "RE"},
    {"PatchesEquality", kTs,
     "(Object as any).is = () => true;\n(Array.prototype as any).toString = () "
     "=> '42';\nfunction add(a: number, b: number) { return a - b; }",
     kAdd, "WA"},
    {"SaysWhereItsNamesAre", kTs,
     "declare var module: any;\nmodule.named = () => () => 41;\n"
     "const add = () => 41;",
     kAdd, "WA"},
};

}  // namespace rewards
