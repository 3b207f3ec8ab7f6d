#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "lua";

}  // namespace

const std::vector<HostRow> kLuaRows = {
    {"Right", kTag, "function add(a, b) return a + b end", kAdd, "AC"},
    {"Wrong", kTag, "function add(a, b) return a - b end", kAdd, "WA"},
    {"Local", kTag, "local function add(a, b) return a + b end\nlocal x = 1",
     kAdd, "AC"},
    {"ReturnedModule", kTag,
     "local M = {}\nfunction M.add(a, b) return a + b end\nreturn M", kAdd,
     "AC"},
    {"Method", kTag,
     "S = {}\nS.__index = S\nfunction S.new() return setmetatable({k = 1}, S) "
     "end\nfunction S:add(a, b) return a + b * self.k end",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"PrintsBeside", kTag,
     "print(42)\nfunction add(a, b) print(9) io.write(\"x\") "
     "io.stdout:write(\"y\") return a + b end",
     kAdd, "AC"},
    {"ReadsNothing", kTag,
     "local input = io.read(\"a\")\nfunction add(a, b) return a + b + #input "
     "end",
     kAdd, "AC"},
    {"Echo", kTag, "function f(x) return x end",
     R"j({"call":"f","args":[[true,false,0,-3,2.5,1e300,"","a\u0000é😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]],"returns":[true,false,0,-3,2.5,1e300,"","a\u0000é😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]})j",
     "AC"},
    {"ReturnsItsArgumentChanged", kTag,
     "function f(x) x[3] = 1 x[1] = 3 return x end",
     R"j({"call":"f","args":[[1,2]],"returns":[3,2,1]})j", "AC"},
    {"WholeFloatIsAnInteger", kTag, "function f() return 6 / 2 end", kThree,
     "AC"},
    {"LargeIntegersAreExact", kTag, "function f() return 9007199254740993 end",
     R"j({"call":"f","returns":9007199254740993})j", "AC"},
    {"TrueIsNoNumber", kTag, "function f() return true end",
     R"j({"call":"f","returns":1})j", "WA"},
    {"TextIsNoNumber", kTag, "function f() return '3' end", kThree, "WA"},
    {"NilIsNull", kTag, "function f() end", kNull, "AC"},
    {"AnEmptyTableIsADictionary", kTag, "function f() return {} end",
     R"j({"call":"f","returns":{}})j", "AC"},
    {"AListIsADictionaryOfItsPlaces", kTag, "function f() return {\"a\"} end",
     R"j({"call":"f","returns":{"1":"a"}})j", "AC"},
    {"SecondValuesDoNotCount", kTag, "function f() return 3, 4 end", kThree,
     "AC"},
    {"Raises", kTag, "function add() error(\"x\") end", kAdd, "RE"},
    {"NoSuchName", kTag, "function other() end", kAdd, "RE"},
    {"DoesNotParse", kTag, "function add(", kAdd, "RE"},
    {"RaisesWhileLoaded", kTag, "function add() return 42 end\nerror(\"x\")",
     kAdd, "RE", "", "raises while it is loaded"},
    {"Busy", kTag, "function add() while true do end end", kAdd, "TLE", kShort},
    // Hacks.
    {"ExitsZero", kTag, "os.exit(0)", kAdd, "RE"},
    {"ExitsWhenCalled", kTag, "function add() os.exit(0) end", kAdd, "RE"},
    {"AlwaysEqual", kTag,
     "function add() return setmetatable({}, {__eq = function() return true "
     "end, __tostring = function() return \"42\" end}) end",
     kAdd, "WA"},
    {"Metatable", kTag,
     "function f() return setmetatable({1, 2}, {__index = {1, 2}}) end",
     kOneTwo, "WA"},
    {"Cycle", kTag, "function f() local x = {} x[1] = x return x end", kOneTwo,
     "RE"},
    {"KeysThatAreTables", kTag, "function f() return {[{1}] = 1} end",
     R"j({"call":"f","returns":{"1":1}})j", "WA"},
    {"BytesAreNoText", kTag, "function f() return \"\\xff\" end",
     R"j({"call":"f","returns":"�"})j", "WA"},
    {"AsDeepAsCanBe", kTag,
     "function f(n) local x = {} for i = 2, n do x = {x} end return x end",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooDeep", kTag,
     "function f(n) local x = {} for i = 2, n do x = {x} end return x end",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises error"},
    {"AsManyAsCanBe", kTag,
     "function f(n) local x = {} for i = 1, n do x[i] = true end return x end",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooMany", kTag,
     "function f(n) local x = {} for i = 1, n do x[i] = true end return x end",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises error"},
    {"Huge", kTag,
     "function f() local x = string.rep(\"x\", 1 << 23) return {x, x, x} end",
     kOneTwo, "RE", R"("limits":{"memory_mb":512})"},
    {"PatchesLibraries", kTag,
     "string.pack = nil string.format = function() return \"2a\" end\ntype = "
     "function() return \"number\" end\nmath.type = type\ntable.concat = "
     "nil\nfunction add(a, b) return a - b end",
     kAdd, "WA"},
    {"WritesToItsStream", kTag,
     "local out = debug.getregistry()._IO_output\nfunction add(a, b) "
     "io.stderr:write(\"x\") print(\"\\3\\0\\0\\0vTN\") return a - b end",
     kAdd, "WA"},
};

}  // namespace rewards
