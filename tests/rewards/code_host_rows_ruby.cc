#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "ruby";

}  // namespace

const std::vector<HostRow> kRubyRows = {
    {"Right", kTag, "def add(a, b) = a + b", kAdd, "AC"},
    {"Wrong", kTag, "def add(a, b) = a - b", kAdd, "WA"},
    {"Lambda", kTag, "add = ->(a, b) { a + b }", kAdd, "AC"},
    {"Method", kTag, "class S\n  def add(a, b) = a + b\nend",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"ClassMethod", kTag, "module A\n  class B\n    def self.f = 3\n  end\nend",
     R"j({"call":"A.B.f","returns":3})j", "AC"},
    {"Keywords", kTag, "def add(a, b:) = a + b",
     R"j({"call":"add","args":[40],"kwargs":{"b":2},"returns":42})j", "AC"},
    {"Requires", kTag,
     "require 'set'\nrequire 'json'\ninput = STDIN.read\ndefine_method(:add) { "
     "|a, b| a + b + input.size } rescue nil\ndef add(a, b) = a + b",
     kAdd, "AC"},
    {"MainDoesNotRun", kTag,
     "def add(a, b) = a + b\nexit!(3) if __FILE__ == $0", kAdd, "AC"},
    {"PrintsBeside", kTag, "puts 42\ndef add(a, b)\n  puts 9\n  a + b\nend",
     kAdd, "AC"},
    {"Echo", kTag, "def f(x) = x", kEcho, "AC"},
    {"ReturnsItsArgumentChanged", kTag,
     "def f(x)\n  x << 3\n  x.reverse!\n  x\nend",
     R"j({"call":"f","args":[[1,2]],"returns":[3,2,1]})j", "AC"},
    {"WholeFloatIsAnInteger", kTag, "def f = 6.0 / 2", kThree, "AC"},
    {"LargeIntegersAreExact", kTag, "def f = 9007199254740993",
     R"j({"call":"f","returns":9007199254740993})j", "AC"},
    {"LargeFloatsAreExact", kTag, "def f = 9007199254740993.0",
     R"j({"call":"f","returns":9007199254740993})j", "WA"},
    {"TrueIsNoNumber", kTag, "def f = true", R"j({"call":"f","returns":1})j",
     "WA"},
    {"TextIsNoNumber", kTag, "def f = '3'", kThree, "WA"},
    {"NilIsNull", kTag, "def f = nil", kNull, "AC"},
    {"SymbolsAreNoText", kTag, "def f = { a: 1 }",
     R"j({"call":"f","returns":{"a":1}})j", "WA"},
    {"FloatIsExact", kTag, "def f = 0.1 + 0.2",
     R"j({"call":"f","returns":0.3})j", "WA"},
    {"FloatWithRoom", kTag, "def f = [0.1 + 0.2]",
     R"j({"call":"f","returns":[0.3]})j", "AC",
     R"("compare":{"mode":"float"})"},
    {"Unordered", kTag, "def f = [2, 1]", kOneTwo, "AC",
     R"("compare":{"mode":"unordered"})"},
    {"Raises", kTag, "def add(a, b) = raise(\"x\")", kAdd, "RE"},
    {"NoSuchName", kTag, "def other = 1", kAdd, "RE"},
    {"DoesNotParse", kTag, "def add(a, b", kAdd, "RE"},
    {"RaisesWhileLoaded", kTag, "def add(a, b) = a + b\n1 / 0", kAdd, "RE", "",
     "raises while it is loaded"},
    {"Busy", kTag, "def add(a, b)\n  loop {}\nend", kAdd, "TLE", kShort},
    {"Sleeps", kTag, "def add(a, b) = sleep", kAdd, "ILE", kBrief},
    // Hacks.
    {"ExitsWhenCalled", kTag, "def add(a, b) = exit!(0)", kAdd, "RE"},
    {"RaisesSystemExit", kTag, "def add(a, b) = exit(0)", kAdd, "RE"},
    {"ExitsZero", kTag, "exit 0", kAdd, "RE"},
    {"AlwaysEqual", kTag,
     "class E\n  def ==(other) = true\n  def coerce(other) = [other, 42]\n  "
     "def to_i = 42\nend\ndef add(a, b) = E.new",
     kAdd, "WA"},
    {"SpoofsItsClass", kTag,
     "class E\n  def class = Integer\n  def is_a?(x) = true\n  def to_s(*) = "
     "\"2a\"\nend\ndef add(a, b) = E.new",
     kAdd, "WA"},
    {"BasicObject", kTag, "def add(a, b) = BasicObject.new", kAdd, "WA"},
    {"ArrayOfItsOwn", kTag, "class L < Array; end\ndef f = L[1, 2]", kOneTwo,
     "WA"},
    {"PatchesClasses", kTag,
     "class Integer\n  def ==(other) = true\nend\nclass Object\n  def class = "
     "Integer\n  def equal?(other) = true\nend\ndef add(a, b) "
     "= a - b",
     kAdd, "WA"},
    {"KeysThatAreLists", kTag, "def f = { [1] => 1 }",
     R"j({"call":"f","returns":{"1":1}})j", "WA"},
    {"BytesAreNoText", kTag, "def f = \"\\xff\"",
     R"j({"call":"f","returns":"�"})j", "WA"},
    {"Huge", kTag, "def f = [\"x\" * (1 << 23)] * 3", kOneTwo, "RE"},
    {"Cycle", kTag, "def f\n  x = []\n  x << x\nend", kOneTwo, "RE"},
    {"AsDeepAsCanBe", kTag, "def f(n) = (1...n).reduce([]) { |x, _| [x] }",
     R"j({"call":"f","args":[201],"returns":[]})j", "WA"},
    {"TooDeep", kTag, "def f(n) = (1...n).reduce([]) { |x, _| [x] }",
     R"j({"call":"f","args":[202],"returns":[]})j", "RE", "",
     "raises RangeError"},
    {"AsManyAsCanBe", kTag, "def f(n) = [nil] * n",
     R"j({"call":"f","args":[1048574],"returns":[]})j", "WA"},
    {"TooMany", kTag, "def f(n) = [nil] * n",
     R"j({"call":"f","args":[1048576],"returns":[]})j", "RE", "",
     "raises RangeError"},
    {"HugeInteger", kTag, "def f = 1 << (1 << 24)", kOneTwo, "RE", "",
     "raises RangeError"},
    {"RepliesEarly", kTag,
     "IO.for_fd(3, autoclose: false).syswrite(\"\\x02\\0\\0\\0vT\")\ndef "
     "add(a, b) = a + b",
     kAdd, "RE"},
    {"RepliesTwice", kTag,
     "def add(a, b)\n  2.times { IO.for_fd(3, autoclose: "
     "false).syswrite(\"\\x03\\0\\0\\0vTN\") }\n  42\nend",
     kAdd, "WA"},
};

}  // namespace rewards
