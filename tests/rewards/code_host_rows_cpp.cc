#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "cpp";

}  // namespace

const std::vector<HostRow> kCppRows = {
    {"Right", kTag, "int add(int a, int b) { return a + b; }", kAdd, "AC"},
    {"Wrong", kTag, "int add(int a, int b) { return a - b; }", kAdd, "WA"},
    {"References", kTag,
     "#include <string>\nlong add(const long& a, long&& b) noexcept { return a "
     "+ b; }",
     kAdd, "AC"},
    {"Lambda", kTag, "auto add = [](long a, long b) { return a + b; };", kAdd,
     "AC"},
    {"Function", kTag,
     "#include <functional>\nstd::function<long(long, long)> add = [](auto a, "
     "auto b) { return a + b; };",
     kAdd, "AC"},
    {"Method", kTag,
     "class Solution {\n public:\n  int add(int a, int b) { return a + b; "
     "}\n};",
     R"j({"call":"Solution().add","args":[40,2],"returns":42})j", "AC"},
    {"ConstMethod", kTag,
     "struct S { int k = 1; int add(int a, int b) const { return a + k * b; } "
     "};",
     R"j({"call":"S().add","args":[40,2],"returns":42})j", "AC"},
    {"StaticMethodOfANamespace", kTag,
     "namespace n { struct A { static int f() { return 3; } }; }",
     R"j({"call":"n.A.f","returns":3})j", "AC"},
    {"PrivateMethod", kTag, "class S { int f() { return 3; } };",
     R"j({"call":"S().f","returns":3})j", "CE"},
    {"OverloadOfAsManyArguments", kTag,
     "int add(int a) { return a; }\nint add(int a, int b) { return a + b; "
     "}\nint add(int a, int b, int c) { return 0; }",
     kAdd, "AC"},
    {"OverloadsOfAsManyArguments", kTag,
     "int add(int a, int b) { return a + b; }\ndouble add(double a, double b) "
     "{ return a + b; }",
     kAdd, "CE"},
    {"Template", kTag, "template <class T> T add(T a, T b) { return a + b; }",
     kAdd, "CE"},
    {"DefaultArgument", kTag,
     "int add(int a, int b, int c = 0) { return a + b + c; }", kAdd, "AC"},
    {"TooFewParameters", kTag, "int add(int a) { return 42; }", kAdd, "CE"},
    {"TooManyParameters", kTag, "int add(int a, int b, int c) { return 42; }",
     kAdd, "CE"},
    {"HasAMain", kTag,
     "#include <iostream>\nint add(int a, int b) { return a + b; }\nint main() "
     "{ std::cout << add(1, 2); }",
     kAdd, "AC"},
    {"ItsOwnWord", kTag,
     "#include <bits/stdc++.h>\n#define int long long\nusing namespace "
     "std;\nint add(int a, int b) { return a + b; }\nsigned main() { int n; "
     "cin "
     ">> n; }",
     R"j({"call":"add","args":[4000000000,2],"returns":4000000002})j", "AC"},
    {"PrintsBeside", kTag,
     "#include <iostream>\nint add(int a, int b) { std::cout << 9; return a + "
     "b; }",
     kAdd, "AC"},
    {"ReadsNothing", kTag,
     "#include <iostream>\nint add(int a, int b) { int x = 0; std::cin >> x; "
     "return a + b + x; }",
     kAdd, "AC"},
    {"NameOfTheLibrary", kTag,
     "#include <bits/stdc++.h>\nusing namespace std;\nlong search(vector<long> "
     "l) { return l[0]; }",
     R"j({"call":"search","args":[[3]],"returns":3})j", "AC"},
    // Values.
    {"Texts", kTag,
     "#include <bits/stdc++.h>\nstd::string f(const std::string& a, const "
     "char* b, std::string_view c, char d) { return a + b + std::string(c) + "
     "d; }",
     R"j({"call":"f","args":["aé","b","","c"],"returns":"aébc"})j", "AC"},
    {"TextWithAZero", kTag,
     "#include <string>\nstd::string f(std::string s) { return s; }",
     R"j({"call":"f","args":["a\u0000b😀"],"returns":"a\u0000b😀"})j", "AC"},
    {"ACharacterIsOne", kTag, "char f(char c) { return c; }",
     R"j({"call":"f","args":["ab"],"returns":"a"})j", "RE", "",
     "raises ArgumentRangeError"},
    {"Nested", kTag,
     "#include <vector>\n#include <deque>\nstd::deque<std::vector<bool>> "
     "f(std::vector<std::vector<int>>& v) { std::deque<std::vector<bool>> r; "
     "for (auto& x : v) { r.push_back({}); for (int y : x) "
     "r.back().push_back(y > 0); } return r; }",
     R"j({"call":"f","args":[[[1,0],[]]],"returns":[[true,false],[]]})j", "AC"},
    {"Maps", kTag,
     "#include <map>\n#include <unordered_map>\n#include "
     "<string>\nstd::unordered_map<int, std::string> f(const "
     "std::map<std::string, int>& m) { std::unordered_map<int, std::string> r; "
     "for (auto& [k, v] : m) r[v] = k; return r; }",
     R"j({"call":"f","args":[{"a":1,"b":-2}],"returns":{"1":"a","-2":"b"}})j",
     "AC"},
    {"NumbersAsKeys", kTag,
     "#include <map>\nint f(std::map<int, int> m) { return m[5]; }",
     R"j({"call":"f","args":[{"5":3}],"returns":3})j", "AC"},
    {"TextAsAKeyIsNoNumber", kTag,
     "#include <map>\nint f(std::map<int, int> m) { return m.size(); }",
     R"j({"call":"f","args":[{"5x":3}],"returns":1})j", "RE", "",
     "raises ArgumentTypeError"},
    {"Tuples", kTag,
     "#include <tuple>\n#include <array>\nstd::tuple<long, double, "
     "std::pair<bool, "
     "char>> f(std::pair<int, double> p, std::array<int, 2> a) { return "
     "{p.first "
     "+ a[1], p.second, {true, 'x'}}; }",
     R"j({"call":"f","args":[[1,2.5],[3,4]],"returns":[5,2.5,[true,"x"]]})j",
     "AC"},
    {"ATupleHasItsLength", kTag,
     "#include <tuple>\nint f(std::tuple<int, int> p) { return 3; }",
     R"j({"call":"f","args":[[1]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"Optional", kTag,
     "#include <optional>\n#include <vector>\nstd::vector<std::optional<int>> "
     "f(std::optional<int> a, std::optional<int> b) { return {b, a}; }",
     R"j({"call":"f","args":[null,1],"returns":[1,null]})j", "AC"},
    {"Any", kTag,
     "#include <any>\n#include <vector>\n#include <string>\nstd::any "
     "f(std::vector<std::any> v) { if (std::any_cast<int>(v[0]) != 1 || "
     "std::any_cast<double>(v[1]) != 2.5 || std::any_cast<std::string>(v[2]) "
     "!= "
     "\"a\") return 0; return v; }",
     R"j({"call":"f","args":[[1,2.5,"a",true,null,[1],{"a":[]}]],"returns":[1,2.5,"a",true,null,[1],{"a":[]}]})j",
     "AC"},
    {"Variant", kTag,
     "#include <variant>\n#include <string>\nusing V = std::variant<long, "
     "std::string, std::monostate>;\nV f(V a) { return "
     "std::get<std::string>(a) "
     "== \"x\" ? V(3L) : V(); }",
     R"j({"call":"f","args":["x"],"returns":3})j", "AC"},
    {"ASetIsNoList", kTag,
     "#include <set>\nstd::set<int> f() { return {1, 2}; }", kOneTwo, "WA"},
    {"Nothing", kTag, "void f() {}", kNull, "AC"},
    {"ZeroIsNotNull", kTag, "int f() { return 0; }", kNull, "WA"},
    // Numbers.
    {"Least", kTag, "long long f(long long a) { return a; }",
     R"j({"call":"f","args":[-9223372036854775808],"returns":-9223372036854775808})j",
     "AC"},
    {"MostUnsigned", kTag, "unsigned long f(unsigned long a) { return a; }",
     R"j({"call":"f","args":[18446744073709551615],"returns":18446744073709551615})j",
     "AC"},
    {"Wide", kTag, "__int128 f(long a) { return (__int128)a * a; }",
     R"j({"call":"f","args":[-4294967296],"returns":18446744073709551616})j",
     "AC"},
    {"WideAndOneMore", kTag,
     "__int128 f(long a) { return (__int128)a * a + 1; }",
     R"j({"call":"f","args":[-4294967296],"returns":18446744073709551616})j",
     "WA"},
    {"FitsAtItsLimit", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":[2147483647],"returns":3})j", "AC"},
    {"DoesNotFit", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":[2147483648],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"DoesNotFitBelow", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":[-2147483649],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"NoNegativeIsUnsigned", kTag, "int f(unsigned a) { return 3; }",
     R"j({"call":"f","args":[-1],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"AWholeFloatIsAnInteger", kTag, "int f(int a) { return a; }",
     R"j({"call":"f","args":[3.0],"returns":3})j", "AC"},
    {"AFractionIsNone", kTag, "int f(int a) { return a; }",
     R"j({"call":"f","args":[3.5],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"AFractionIsNoneThatDoesNotFit", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":[1e10],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"TextIsNoNumber", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":["3"],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"TrueIsNoNumber", kTag, "int f(int a) { return 3; }",
     R"j({"call":"f","args":[true],"returns":3})j", "RE"},
    {"NullIsNoText", kTag,
     "#include <string>\nint f(std::string a) { return 3; }",
     R"j({"call":"f","args":[null],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"OneIsNotTrue", kTag, "int f() { return 1; }", kTrue, "WA"},
    {"TrueIsTrue", kTag, "bool f() { return true; }", kTrue, "AC"},
    {"WholeFloatIsMet", kTag, "double f() { return 6.0 / 2; }", kThree, "AC"},
    {"FloatIsExact", kTag, "double f() { return 0.1 + 0.2; }",
     R"j({"call":"f","returns":0.3})j", "WA"},
    {"FloatWithRoom", kTag, "double f() { return 0.1 + 0.2; }",
     R"j({"call":"f","returns":0.3})j", "AC", R"("compare":{"mode":"float"})"},
    {"SinglePrecision", kTag, "float f(float a) { return a + 0.2f; }",
     R"j({"call":"f","args":[0.1],"returns":0.3})j", "AC"},
    {"SinglePrecisionIsExact", kTag,
     "float f(float a) { return a + 0.20001f; }",
     R"j({"call":"f","args":[0.1],"returns":0.3})j", "WA"},
    {"SinglePrecisionInAnyOrder", kTag,
     "#include <vector>\nstd::vector<float> f(float a) { return {0.2f, a}; }",
     R"j({"call":"f","args":[0.1],"returns":[0.1,0.2]})j", "AC",
     R"("compare":{"mode":"unordered"})"},
    {"SinglePrecisionInAnyOrderIsExact", kTag,
     "#include <vector>\nstd::vector<float> f(float a) { return {0.20001f, a}; "
     "}",
     R"j({"call":"f","args":[0.1],"returns":[0.1,0.2]})j", "WA",
     R"("compare":{"mode":"unordered"})"},
    {"SinglePrecisionHasNoMoreWholeNumbers", kTag,
     "float f() { return 16777216; }", R"j({"call":"f","returns":16777217})j",
     "WA"},
    {"FloatDoesNotFit", kTag, "int f(float a) { return 3; }",
     R"j({"call":"f","args":[1e300],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"NotANumber", kTag, "#include <cmath>\ndouble f() { return NAN; }", kNull,
     "WA"},
    {"ParameterOfItsOwn", kTag, "struct T {};\nint f(T a) { return 3; }",
     R"j({"call":"f","args":[[]],"returns":3})j", "CE"},
    // Ends.
    {"Raises", kTag,
     "#include <stdexcept>\nint add(int, int) { throw "
     "std::out_of_range(\"x\"); "
     "}",
     kAdd, "RE", "", "raises std::out_of_range"},
    {"RaisesWhileLoaded", kTag,
     "int x = [] { throw 1; return 1; }();\nint add(int a, int b) { return a + "
     "b; }",
     kAdd, "RE"},
    {"OutOfMemory", kTag,
     "#include <vector>\nint add(int, int) { std::vector<char> v(1ul << 40); "
     "return v.size(); }",
     kAdd, "MLE"},
    {"NoSuchName", kTag, "int other() { return 1; }", kAdd, "CE"},
    {"DoesNotParse", kTag, "int add(int a, { }", kAdd, "CE"},
    {"Busy", kTag, "int add(int, int) { for (volatile int x = 0;; ) x = 1; }",
     kAdd, "TLE", kShort},
    {"Sleeps", kTag, "#include <unistd.h>\nint add(int, int) { ::sleep(60); }",
     kAdd, "ILE", kBrief},
    // Hacks.
    {"ExitsWhenCalled", kTag,
     "#include <cstdlib>\nint add(int, int) { std::exit(0); }", kAdd, "RE"},
    {"ExitsBefore", kTag,
     "#include <unistd.h>\nint x = (_exit(0), 1);\nint add(int, int) { return "
     "42; }",
     kAdd, "RE"},
    {"AlwaysEqual", kTag,
     "struct E { template <class T> bool operator==(const T&) const { return "
     "true; } operator int() const { return 42; } };\nE add(int, int) { return "
     "{}; }",
     kAdd, "WA"},
    {"EqualListOfItsOwn", kTag,
     "#include <vector>\nstruct L : std::vector<int> { using "
     "std::vector<int>::vector; };\ntemplate <class T> bool operator==(const "
     "T&, "
     "const L&) { return true; }\nL f() { return {1, 2}; }",
     kOneTwo, "WA"},
    {"KeysThatAreLists", kTag,
     "#include <map>\n#include <vector>\nstd::map<std::vector<int>, int> f() { "
     "return {{{1}, 1}}; }",
     R"j({"call":"f","returns":{"1":1}})j", "WA"},
    {"RedefinesWords", kTag,
     "int add(int a, int b) { return a - b; }\n#define return return 1 +\n"
     "#define assay_answer other\n#define main other",
     kAdd, "CE"},
    {"ClosesTheHost", kTag,
     "int add(int a, int b) { return a + b; }\n#undef main\nint main() { "
     "return "
     "0; }",
     kAdd, "CE"},
    {"TakesItsPlace", kTag,
     "namespace assay_host { void Send(const char*) {} }\nint add(int a, int "
     "b) "
     "{ return a - b; }\n#if 0",
     kAdd, "CE"},
    {"SaysAForgedFrame", kTag,
     "#include <unistd.h>\nint add(int a, int b) { for (int i = 0; i < 9; ++i) "
     "{ ::write(i, \"\\3\\0\\0\\0vTN\", 7); } return 42; }",
     kAdd, "WA"},
    {"RepliesEarly", kTag,
     "#include <unistd.h>\nint x = ::write(3, \"\\2\\0\\0\\0vT\", 6);\nint "
     "add(int a, int b) { return a + b; }",
     kAdd, "RE"},
    {"AThreadReplies", kTag,
     "#include <thread>\n#include <unistd.h>\nint add(int a, int b) { "
     "std::thread([] { for (;;) ::write(3, \"\\3\\0\\0\\0vTN\", 7); "
     "}).detach(); ::usleep(200000); return 42; }",
     kAdd, kUnpaid},
};

const std::vector<HostRow> kCpp17Rows = {
    {"Right", "cpp17", "int add(int a, int b) { return a + b; }", kAdd, "AC"},
    {"Wrong", "cpp17", "int add(int a, int b) { return a - b; }", kAdd, "WA"},
    {"IsOlder", "cpp17",
     "int add(auto a, int b) requires true { return a + b; }", kAdd, "CE"},
    {"Structures", "cpp17",
     "#include <bits/stdc++.h>\nusing namespace std;\nmap<string, "
     "vector<optional<double>>> f(vector<pair<string, double>> v) { "
     "map<string, "
     "vector<optional<double>>> r; for (auto& [k, x] : v) { r[k].push_back(x); "
     "r[k].push_back(nullopt); } return r; }",
     R"j({"call":"f","args":[[["a",1.5],["b",2],["a",3]]],"returns":{"a":[1.5,null,3,null],"b":[2,null]}})j",
     "AC"},
};

}  // namespace rewards
