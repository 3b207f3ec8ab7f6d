#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "perl";

}  // namespace

const std::vector<HostRow> kPerlRows = {
    {"Right", kTag, "sub add { my ($a, $b) = @_; return $a + $b; }", kAdd,
     "AC"},
    {"Wrong", kTag,
     "use strict; use warnings;\nsub add { my ($x, $y) = @_; return $x - $y; }",
     kAdd, "WA"},
    {"Method", kTag,
     "package S;\nsub new { return bless {}, shift; }\nsub add { my ($self, "
     "$x, $y) = @_; return $x + $y; }\n1;",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"ReturnsFalseWhenLoaded", kTag, "sub add { return $_[0] + $_[1]; }\n0;",
     kAdd, "AC"},
    {"Echo", kTag, "sub f { return $_[0]; }", kEcho, "AC"},
    {"ReturnsItsArgumentChanged", kTag,
     "sub f { my ($x) = @_; push @$x, 3; return [reverse @$x]; }",
     R"j({"call":"f","args":[[1,2]],"returns":[3,2,1]})j", "AC"},
    {"SeveralValuesAreAList", kTag, "sub f { return (1, 2); }", kOneTwo, "AC"},
    {"TextOfANumberIsIt", kTag, "sub f { return \"3\"; }", kThree, "AC"},
    {"ANumberIsItsText", kTag, "sub f { return 3; }",
     R"j({"call":"f","returns":"3"})j", "AC"},
    {"OtherTextIsNot", kTag, "sub f { return \"3x\"; }", kThree, "WA"},
    {"TextIsNotTrimmed", kTag, "sub f { return \" 3\"; }", kThree, "WA"},
    {"OneIsTrue", kTag, "sub f { return 1; }", kTrue, "AC"},
    {"ComparisonIsTrue", kTag, "sub f { return 2 > 1; }", kTrue, "AC"},
    {"ComparisonIsFalse", kTag, "sub f { return 2 < 1; }",
     R"j({"call":"f","returns":false})j", "AC"},
    {"TwoIsNotTrue", kTag, "sub f { return 2; }", kTrue, "WA"},
    {"NothingIsNull", kTag, "sub f { return; }", kNull, "AC"},
    {"FloatIsExact", kTag, "sub f { return 0.1 + 0.2; }",
     R"j({"call":"f","returns":0.3})j", "WA"},
    {"Unordered", kTag, "sub f { return [\"2\", 1]; }", kOneTwo, "AC",
     R"("compare":{"mode":"unordered"})"},
    {"UnorderedComparisons", kTag, "sub f { return [2 < 1, 2 > 1]; }",
     R"j({"call":"f","returns":[true,false]})j", "AC",
     R"("compare":{"mode":"unordered"})"},
    {"UnorderedNothingIsNotZero", kTag, "sub f { return [\"\", 1]; }",
     R"j({"call":"f","returns":[1,0]})j", "WA",
     R"("compare":{"mode":"unordered"})"},
    {"Raises", kTag, "sub add { die \"x\"; }", kAdd, "RE"},
    {"NoSuchName", kTag, "sub other {}", kAdd, "RE"},
    {"DoesNotParse", kTag, "sub add {", kAdd, "RE"},
    {"RaisesWhileLoaded", kTag, "sub add { 42 }\ndie \"x\";", kAdd, "RE", "",
     "raises while it is loaded"},
    {"Busy", kTag, "sub add { while (1) {} }", kAdd, "TLE", kShort},
    {"Sleeps", kTag, "sub add { sleep 60; }", kAdd, "ILE", kBrief},
    // Hacks.
    {"ExitsZero", kTag, "exit 0;", kAdd, "RE"},
    {"ExitsWhenCalled", kTag, "sub add { exit 0; }", kAdd, "RE"},
    {"Overloads", kTag,
     "package E;\nuse overload \"==\" => sub { 1 }, \"eq\" => sub { 1 }, "
     "\"0+\" => sub { 42 }, q(\"\") => sub { 42 };\npackage main;\nsub add { "
     "return bless {}, \"E\"; }",
     kAdd, "WA"},
    {"Tied", kTag,
     "package T;\nsub TIEARRAY { bless [] } sub FETCHSIZE { 2 } sub FETCH { my "
     "($s, $i) = @_; $s->[0]++; return $s->[0] > 1 ? 9 : 1; }\npackage "
     "main;\nsub f { tie my @x, \"T\"; return \\@x; }",
     kOneTwo, "WA"},
    {"Cycle", kTag, "sub f { my $x = []; push @$x, $x; return $x; }", kOneTwo,
     "RE"},
    {"BlessedList", kTag, "sub f { return bless [1, 2], \"L\"; }", kOneTwo,
     "WA"},
    {"BytesAreNoText", kTag, "sub f { return \"\\xff\"; }",
     R"j({"call":"f","returns":"�"})j", "WA"},
    {"AsDeepAsCanBe", kTag,
     "sub f { my $x = []; $x = [$x] for 2 .. $_[0]; return $x; }",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooDeep", kTag,
     "sub f { my $x = []; $x = [$x] for 2 .. $_[0]; return $x; }",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises die"},
    {"AsManyAsCanBe", kTag, "sub f { return [(undef) x $_[0]]; }",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":512})"},
    {"TooMany", kTag, "sub f { return [(undef) x $_[0]]; }",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":512})", "raises die"},
    {"Huge", kTag, "sub f { return [(\"x\" x (1 << 23)) x 3]; }", kOneTwo, "RE",
     R"("limits":{"memory_mb":512})"},
    {"RepliesTwice", kTag,
     "sub add { open(my $c, \">&=\", 3); syswrite($c, \"\\x03\\0\\0\\0vTN\" x "
     "2); return 42; }",
     kAdd, "WA"},
    {"PatchesTheHost", kTag,
     "*Assay::Host::put = sub {};\nno warnings;\nsub add { return 41; }", kAdd,
     "RE"},
};

}  // namespace rewards
