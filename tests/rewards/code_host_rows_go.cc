#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "go";

}  // namespace

const std::vector<HostRow> kGoRows = {
    {"Right", kTag, "package main\n\nfunc add(a, b int) int { return a + b }",
     kAdd, "AC"},
    {"Wrong", kTag, "package main\n\nfunc add(a, b int) int { return a - b }",
     kAdd, "WA"},
    {"HasAMain", kTag,
     "package main\n\nimport \"fmt\"\n\nfunc add(a, b int) int { return a + b "
     "}\n\nfunc main() {\n\tvar n int\n\tfmt.Scan(&n)\n}",
     kAdd, "AC"},
    {"InitRunsBefore", kTag,
     "package main\n\nvar k int\n\nfunc init() { k = 1 }\n\nfunc add(a, b int) "
     "int { return a + k*b }",
     kAdd, "AC"},
    {"Method", kTag,
     "package main\n\ntype S struct{ k int }\n\nfunc (s *S) add(a, b int) int "
     "{ "
     "s.k++; return a + s.k*b }",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"NamesOfTheHostsPackages", kTag,
     "package main\n\nfunc reflect() int { return 2 }\n\nfunc add(a, math int) "
     "int { return a + reflect() }",
     kAdd, "AC"},
    {"PrintsBeside", kTag,
     "package main\n\nimport \"fmt\"\n\nfunc add(a, b int) int { "
     "fmt.Println(9); return a + b }",
     kAdd, "AC"},
    {"Echo", kTag,
     "package main\n\nfunc f(x interface{}) interface{} { return x }", kEcho,
     "AC"},
    {"Collections", kTag,
     "package main\n\nfunc f(a [][2]int, m map[int]float64, p *string, q "
     "*int) (map[string][]int, *int, error) { return map[string][]int{*p: "
     "{a[0][1], int(m[5] * 2)}}, q, nil }",
     R"j({"call":"f","args":[[[1,2]],{"5":1.5},"x",null],"returns":[{"x":[2,3]},null,null]})j",
     "AC"},
    {"Variadic", kTag,
     "package main\n\nfunc add(all ...int) (sum int) { for _, x := range all { "
     "sum += x }; return }",
     kAdd, "AC"},
    {"NoneIsEmpty", kTag, "package main\n\nfunc f() []int { return nil }",
     R"j({"call":"f","returns":[]})j", "AC"},
    {"FitsAtItsLimit", kTag, "package main\n\nfunc f(a int32) int { return 3 }",
     R"j({"call":"f","args":[2147483647],"returns":3})j", "AC"},
    {"DoesNotFit", kTag, "package main\n\nfunc f(a int32) int { return 3 }",
     R"j({"call":"f","args":[2147483648],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"DoesNotFitInAny", kTag, "package main\n\nfunc f(a int) int { return 3 }",
     R"j({"call":"f","args":[9223372036854775808],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"MostUnsigned", kTag,
     "package main\n\nfunc f(a uint64) uint64 { return a }",
     R"j({"call":"f","args":[18446744073709551615],"returns":18446744073709551615})j",
     "AC"},
    {"NoNegativeIsUnsigned", kTag,
     "package main\n\nfunc f(a uint) int { return 3 }",
     R"j({"call":"f","args":[-1],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"AFractionIsNoInteger", kTag,
     "package main\n\nfunc f(a int) int { return 3 }",
     R"j({"call":"f","args":[3.5],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"AWholeFloatIsOne", kTag, "package main\n\nfunc f(a int) int { return a }",
     R"j({"call":"f","args":[3.0],"returns":3})j", "AC"},
    {"TextIsNoNumber", kTag, "package main\n\nfunc f(a int) int { return 3 }",
     R"j({"call":"f","args":["3"],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"AnArrayHasItsLength", kTag,
     "package main\n\nfunc f(a [2]int) int { return 3 }",
     R"j({"call":"f","args":[[1]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"TooFewArguments", kTag,
     "package main\n\nfunc add(a, b, c int) int { return 42 }", kAdd, "RE", "",
     "raises ArgumentCountError"},
    {"SinglePrecision", kTag,
     "package main\n\nfunc f(a float32) float32 { return a + 0.2 }",
     R"j({"call":"f","args":[0.1],"returns":0.3})j", "AC"},
    {"TrueIsNoNumber", kTag, "package main\n\nfunc f() bool { return true }",
     R"j({"call":"f","returns":1})j", "WA"},
    {"Raises", kTag,
     "package main\n\nfunc add(a, b int) int { return []int{}[a] }", kAdd,
     "RE"},
    {"NoSuchName", kTag, "package main\n\nfunc other() int { return 42 }", kAdd,
     "CE"},
    {"Generic", kTag,
     "package main\n\nfunc add[T int | string](a, b T) T { return a + b }",
     kAdd, "CE"},
    {"UnusedImport", kTag,
     "package main\n\nimport \"fmt\"\n\nfunc add(a, b int) int { return a + b "
     "}",
     kAdd, "CE"},
    {"Busy", kTag, "package main\n\nfunc add(a, b int) int { for { } }", kAdd,
     "TLE", kShort},
    // Hacks.
    {"ExitsWhenCalled", kTag,
     "package main\n\nimport \"os\"\n\nfunc add(a, b int) int { os.Exit(0); "
     "return 0 }",
     kAdd, "RE"},
    {"ExitsBefore", kTag,
     "package main\n\nimport \"os\"\n\nfunc init() { os.Exit(0) }\n\nfunc "
     "add(a, b int) int { return a + b }",
     kAdd, "RE"},
    {"AStructIsNoNumber", kTag,
     "package main\n\ntype E struct{ X int }\n\nfunc (E) String() string { "
     "return \"42\" }\n\nfunc add(a, b int) E { return E{42} }",
     kAdd, "WA"},
    {"KeysThatAreLists", kTag,
     "package main\n\nfunc f() interface{} { return map[[1]int]int{{1}: 1} }",
     R"j({"call":"f","returns":{"1":1}})j", "WA"},
    {"BytesAreNoText", kTag,
     "package main\n\nfunc f() string { return "
     "\"\\xff\" }",
     R"j({"call":"f","returns":"�"})j", "WA"},
    {"RedefinesTheHost", kTag,
     "package main\n\nvar assayEntry interface{} = 42\n\nfunc add(a, b int) "
     "int "
     "{ return 42 }",
     kAdd, "CE"},
    {"RepliesTwice", kTag,
     "package main\n\nimport \"syscall\"\n\nfunc add(a, b int) int { for i := "
     "0; "
     "i < 9; i++ { syscall.Write(i, []byte(\"\\x03\\x00\\x00\\x00vTN\")) }; "
     "return 42 }",
     kAdd, "WA"},
    {"AThreadReplies", kTag,
     "package main\n\nimport (\n\t\"syscall\"\n\t\"time\"\n)\n\nfunc add(a, b "
     "int) int { go func() { for { syscall.Write(3, "
     "[]byte(\"\\x03\\x00\\x00\\x00vTN\")) } }(); time.Sleep(2e8); return 42 }",
     kAdd, kUnpaid},
    {"AsDeepAsCanBe", kTag,
     "package main\n\nfunc f(n int) interface{} { x := []interface{}{}; for i "
     ":= 1; i < n; i++ { x = []interface{}{x} }; return x }",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooDeep", kTag,
     "package main\n\nfunc f(n int) interface{} { x := []interface{}{}; for i "
     ":= 1; i < n; i++ { x = []interface{}{x} }; return x }",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})", "raises ResultRangeError"},
    {"AsManyAsCanBe", kTag,
     "package main\n\nfunc f(n int) interface{} { return make([]interface{}, "
     "n) }",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooMany", kTag,
     "package main\n\nfunc f(n int) interface{} { return make([]interface{}, "
     "n) }",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})", "raises ResultRangeError"},
    {"AsLargeAsCanBe", kTag,
     "package main\n\nimport \"strings\"\n\nfunc f(n int) interface{} { x := "
     "make([]interface{}, 17); for i := 0; i < 16; i++ { x[i] = "
     "strings.Repeat(\"x\", n) }; return x }",
     R"j({"call":"f","args":[1048570],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})", R"("verdict":"WA"})"},
    {"TooLarge", kTag,
     "package main\n\nimport \"strings\"\n\nfunc f(n int) interface{} { x := "
     "make([]interface{}, 17); for i := 0; i < 16; i++ { x[i] = "
     "strings.Repeat(\"x\", n) }; return x }",
     R"j({"call":"f","args":[1048571],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})", "raises ResultRangeError"},
    {"Cycle", kTag,
     "package main\n\nfunc f() interface{} { x := []interface{}{nil}; x[0] = "
     "x; "
     "return x }",
     R"j({"call":"f","returns":[[]]})j", "RE"},
};

}  // namespace rewards
