#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "php";

}  // namespace

const std::vector<HostRow> kPhpRows = {
    {"Right", kTag, "<?php\nfunction add($a, $b) { return $a + $b; }", kAdd,
     "AC"},
    {"Wrong", kTag, "<?php\nfunction add($a, $b) { return $a - $b; }", kAdd,
     "WA"},
    {"Closure", kTag, "<?php\n$add = fn($a, $b) => $a + $b;", kAdd, "AC"},
    {"Method", kTag,
     "<?php\nclass S { function add(int $a, int $b): int { return $a + $b; } }",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"StaticMethod", kTag,
     "<?php\nclass A { static function f() { return 3; } }",
     R"j({"call":"A.f","returns":3})j", "AC"},
    {"Keywords", kTag, "<?php\nfunction add($a, $b) { return $a + $b; }",
     R"j({"call":"add","args":[40],"kwargs":{"b":2},"returns":42})j", "AC"},
    {"StrictTypes", kTag,
     "<?php\ndeclare(strict_types=1);\nfunction add(int $a, int $b): int { "
     "return $a + $b; }",
     kAdd, "AC"},
    {"PrintsBeside", kTag,
     "<?php\necho 42;\nfunction add($a, $b) { echo 9; return $a + $b; }", kAdd,
     "AC"},
    {"ReadsNothing", kTag,
     "<?php\n$input = stream_get_contents(STDIN);\nfunction add($a, $b) { "
     "global $input; return $a + $b + strlen($input); }",
     kAdd, "AC"},
    {"Echo", kTag, "<?php\nfunction f($x) { return $x; }", kEcho, "AC"},
    {"ReturnsItsArgumentChanged", kTag,
     "<?php\nfunction f($x) { $x[] = 3; return array_reverse($x); }",
     R"j({"call":"f","args":[[1,2]],"returns":[3,2,1]})j", "AC"},
    {"WholeFloatIsAnInteger", kTag,
     "<?php\nfunction f() { return floor(3.5); }", kThree, "AC"},
    {"TrueIsNoNumber", kTag, "<?php\nfunction f() { return true; }",
     R"j({"call":"f","returns":1})j", "WA"},
    {"TextIsNoNumber", kTag, "<?php\nfunction f() { return '3'; }", kThree,
     "WA"},
    {"NothingIsNull", kTag, "<?php\nfunction f() {}", kNull, "AC"},
    {"AnEmptyArrayIsADictionary", kTag, "<?php\nfunction f() { return []; }",
     R"j({"call":"f","returns":{}})j", "AC"},
    {"AListIsADictionaryOfItsPlaces", kTag,
     "<?php\nfunction f() { return [\"a\", \"b\"]; }",
     R"j({"call":"f","returns":{"0":"a","1":"b"}})j", "AC"},
    {"AListIsNoOtherDictionary", kTag,
     "<?php\nfunction f() { return [\"a\", \"b\"]; }",
     R"j({"call":"f","returns":{"1":"a","2":"b"}})j", "WA"},
    {"OtherKeysMakeNoList", kTag,
     "<?php\nfunction f() { return [1 => 1, 2 => 2]; }", kOneTwo, "WA"},
    {"NumbersAsKeys", kTag, "<?php\nfunction f() { return [5 => 1]; }",
     R"j({"call":"f","returns":{"5":1}})j", "AC"},
    {"UnorderedWithEmptyArrays", kTag,
     "<?php\nfunction f() { return [1, []]; }",
     R"j({"call":"f","returns":[{},1]})j", "AC",
     R"("compare":{"mode":"unordered"})"},
    {"UnorderedListsAreDictionaries", kTag,
     "<?php\nfunction f() { return [1, [\"a\"]]; }",
     R"j({"call":"f","returns":[{"0":"a"},1]})j", "AC",
     R"("compare":{"mode":"unordered"})"},
    {"FloatIsExact", kTag, "<?php\nfunction f() { return 0.1 + 0.2; }",
     R"j({"call":"f","returns":0.3})j", "WA"},
    {"Raises", kTag, "<?php\nfunction add() { throw new Exception(\"x\"); }",
     kAdd, "RE"},
    {"NoSuchName", kTag, "<?php\nfunction other() {}", kAdd, "RE"},
    {"DoesNotParse", kTag, "<?php\nfunction add($a, { }", kAdd, "RE"},
    {"WithoutATag", kTag, "function add($a, $b) { return $a + $b; }", kAdd,
     "RE"},
    {"RaisesWhileLoaded", kTag,
     "<?php\nfunction add($a, $b) { return $a + $b; }\nthrow new "
     "Exception(\"x\");",
     kAdd, "RE", "", "raises while it is loaded"},
    {"Busy", kTag, "<?php\nfunction add() { for (;;); }", kAdd, "TLE", kShort},
    {"Sleeps", kTag, "<?php\nfunction add() { sleep(60); }", kAdd, "ILE",
     kBrief},
    // Hacks.
    {"ExitsZero", kTag, "<?php\nexit(0);", kAdd, "RE"},
    {"ExitsWhenCalled", kTag, "<?php\nfunction add() { exit(0); }", kAdd, "RE"},
    {"AnObjectIsNoArray", kTag,
     "<?php\nfunction f() { return new ArrayObject([1, 2]); }", kOneTwo, "WA"},
    {"ActsAsText", kTag,
     "<?php\nclass E { function __toString() { return \"42\"; } function "
     "__invoke() { return 42; } }\nfunction add() { return new E; }",
     kAdd, "WA"},
    {"Cycle", kTag, "<?php\nfunction f() { $x = [1]; $x[] = &$x; return $x; }",
     kOneTwo, "RE"},
    {"DefinesWhatTheHostUses", kTag,
     "<?php\nnamespace AssayHost;\nfunction fwrite() { return 0; }\nfunction "
     "is_int() { return true; }\nfunction dechex() { return \"2a\"; "
     "}\nnamespace Other;",
     kAdd, "RE"},
    {"DefinesWhatTheHostAsks", kTag,
     "<?php\nnamespace AssayHost {\nfunction is_int() { return true; }\n"
     "function dechex() { return \"2a\"; }\nfunction pack() { return \"\"; }\n"
     "function strlen() { return 0; }\n}\nnamespace {\n"
     "function add($a, $b) { return $a - $b; }\n}",
     kAdd, "WA"},
    {"BytesAreNoText", kTag, "<?php\nfunction f() { return \"\\xff\"; }",
     R"j({"call":"f","returns":"�"})j", "WA"},
    {"AsDeepAsCanBe", kTag,
     "<?php\nfunction f($n) { $x = []; for ($i = 1; $i < $n; ++$i) $x = [$x]; "
     "return $x; }",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooDeep", kTag,
     "<?php\nfunction f($n) { $x = []; for ($i = 1; $i < $n; ++$i) $x = [$x]; "
     "return $x; }",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises RangeException"},
    {"AsManyAsCanBe", kTag,
     "<?php\nfunction f($n) { return array_fill(0, $n, null); }",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooMany", kTag,
     "<?php\nfunction f($n) { return array_fill(0, $n, null); }",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises RangeException"},
    {"Huge", kTag,
     "<?php\nfunction f() { return array_fill(0, 3, str_repeat(\"x\", 1 << "
     "23)); }",
     kOneTwo, "RE", R"("limits":{"memory_mb":512})"},
    {"RepliesTwice", kTag,
     "<?php\nfunction add() { $c = fopen(\"php://fd/3\", \"w\"); fwrite($c, "
     "\"\\x03\\0\\0\\0vTN\\x03\\0\\0\\0vTN\"); return 42; }",
     kAdd, "WA"},
    {"ChangesTheHost", kTag,
     "<?php\n$assayHost = null;\nfunction add() { return 42; }", kAdd, "RE"},
};

}  // namespace rewards
