#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "csharp";
constexpr std::string_view kSAdd =
    R"j({"call":"S().add","args":[40,2],"returns":42})j";

}  // namespace

const std::vector<HostRow> kCSharpRows = {
    {"Right", kTag,
     "class Program { public static int add(int a, int b) { return a + b; } }",
     kAdd, "AC"},
    {"Wrong", kTag,
     "class Program { public static int add(int a, int b) { return a - b; } }",
     kAdd, "WA"},
    {"Method", kTag,
     "namespace N { public class S { int k = 1; public long add(int? a, ulong "
     "b) { return (long) a + k * (long) b; } } }",
     kSAdd, "AC"},
    {"HasAMain", kTag,
     "using System;\nclass S { public int add(int a, int b) { return a + b; } "
     "static void Main(string[] args) { Console.ReadLine(); } }",
     kSAdd, "AC"},
    {"OverloadsByTheirTypes", kTag,
     "class S { public int add(string a, string b) { return 0; } public int "
     "add(int a, int b) { return a + b; } public int add(int a) { return 0; } "
     "}",
     kSAdd, "AC"},
    {"OverloadsOfTheSameValues", kTag,
     "class S { public int add(long a, long b) { return 42; } public int "
     "add(int a, int b) { return a + b; } }",
     kSAdd, "RE"},
    {"PrivateMethod", kTag,
     "class S { int add(int a, int b) { return a + b; } }", kSAdd, "RE"},
    {"NoStaticMethod", kTag,
     "class S { public int add(int a, int b) { return a + b; } }",
     R"j({"call":"S.add","args":[40,2],"returns":42})j", "RE"},
    {"PrintsBeside", kTag,
     "class S { public int add(int a, int b) { System.Console.Write(9); return "
     "a + b; } }",
     kSAdd, "AC"},
    {"Echo", kTag, "class S { public object f(object x) { return x; } }",
     R"j({"call":"S().f","args":[[null,true,false,0,-3,2.5,1e300,"","aé😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]],"returns":[null,true,false,0,-3,2.5,1e300,"","aé😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]})j",
     "AC"},
    {"Collections", kTag,
     "using System;\nusing System.Collections.Generic;\nclass S { public "
     "Dictionary<int, List<string>> f(List<int[]> a, Dictionary<int, double> "
     "m, "
     "IEnumerable<string> e, Queue<char> q) { var r = new Dictionary<int, "
     "List<string>>(); r[a[1][0]] = new List<string>(e); r[(int) (m[5] * 2)] = "
     "new List<string> { q.Dequeue().ToString() }; return r; } }",
     R"j({"call":"S().f","args":[[[1],[2]],{"5":1.5},["x","y"],["z"]],"returns":{"2":["x","y"],"3":["z"]}})j",
     "AC"},
    {"Tuples", kTag,
     "using System;\nclass S { public Tuple<long, string, bool> f(Tuple<long, "
     "Nullable<long>> t) { return Tuple.Create(t.Item1, \"x\", t.Item2 == "
     "null); } }",
     R"j({"call":"S().f","args":[[1,null]],"returns":[1,"x",true]})j", "AC"},
    {"ATupleHasItsLength", kTag,
     "using System;\nclass S { public int f(Tuple<long, long> t) { return 3; } "
     "}",
     R"j({"call":"S().f","args":[[1]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"ASetIsNoList", kTag,
     "using System.Collections.Generic;\nclass S { public HashSet<int> f() { "
     "return new HashSet<int> { 1, 2 }; } }",
     R"j({"call":"S().f","returns":[1,2]})j", "WA"},
    {"FitsAtItsLimit", kTag, "class S { public int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[-2147483648],"returns":3})j", "AC"},
    {"DoesNotFit", kTag, "class S { public int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[2147483648],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"AFractionIsNoInteger", kTag,
     "class S { public int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[3.5],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"NullIsNoInt", kTag, "class S { public int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[null],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"TextIsNoNumber", kTag, "class S { public int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":["3"],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"LargeIntegers", kTag,
     "class S { public ulong f(long a) { return (ulong) a * 2; } }",
     R"j({"call":"S().f","args":[9223372036854775807],"returns":18446744073709551614})j",
     "AC"},
    {"LeastInteger", kTag, "class S { public long f(long a) { return a; } }",
     R"j({"call":"S().f","args":[-9223372036854775808],"returns":-9223372036854775808})j",
     "AC"},
    {"SinglePrecision", kTag,
     "class S { public float f(float a) { return a + 0.2f; } }",
     R"j({"call":"S().f","args":[0.1],"returns":0.3})j", "AC"},
    {"FloatIsExact", kTag,
     "class S { public double f() { return 0.1 + 0.2; } }",
     R"j({"call":"S().f","returns":0.3})j", "WA"},
    {"TrueIsNoNumber", kTag, "class S { public bool f() { return true; } }",
     R"j({"call":"S().f","returns":1})j", "WA"},
    {"NamesOfTheLibrary", kTag,
     "enum Type { A }\nclass Math {}\nclass Array {}\nclass Frames {}\n"
     "class S { public int add(int a, int b) { return a + b; } }",
     kSAdd, "AC"},
    {"Raises", kTag,
     "class S { public int add(int a, int b) { throw new System.Exception(); } "
     "}",
     kSAdd, "RE"},
    {"NoSuchName", kTag, "class S { public int other() { return 42; } }", kSAdd,
     "RE"},
    {"DoesNotParse", kTag, "class S { int add(int a, { }", kSAdd, "CE"},
    {"Busy", kTag, "class S { public int add(int a, int b) { for (;;); } }",
     kSAdd, "TLE", R"("limits":{"cpu_s":3})"},
    // Hacks.
    {"ExitsWhenCalled", kTag,
     "class S { public int add(int a, int b) { System.Environment.Exit(0); "
     "return 0; } }",
     kSAdd, "RE"},
    {"AlwaysEqual", kTag,
     "class E { public override bool Equals(object o) { return true; } public "
     "override string ToString() { return \"42\"; } public static implicit "
     "operator int(E e) { return 42; } }\nclass S { public E add(int a, int b) "
     "{ return new E(); } }",
     kSAdd, "WA"},
    {"AListOfItsOwn", kTag,
     "using System.Collections.Generic;\nnamespace System.Collections.Generic "
     "{ class L : List<int> {} }\nclass S { public object f() { return new L { "
     "1, 2 }; } }",
     R"j({"call":"S().f","returns":[1,2]})j", "WA"},
    {"ATupleOfItsOwn", kTag,
     "namespace System { public class Tuple<A> { public A Item1 { get; set; } "
     "} }\nclass S { public object f() { return new System.Tuple<int> { Item1 "
     "= "
     "1 }; } }",
     R"j({"call":"S().f","returns":[1]})j", "WA"},
    {"NamesOfTheHostAreNone", kTag, "class S {}",
     R"j({"call":"Next","returns":{}})j", "RE"},
    {"KeysThatAreLists", kTag,
     "using System.Collections.Generic;\nclass S { public object f() { return "
     "new Dictionary<List<int>, int> { { new List<int> { 1 }, 1 } }; } }",
     R"j({"call":"S().f","returns":{"1":1}})j", "WA"},
    {"OfAnotherNamespace", kTag,
     "class S { public object f() { return new System.Collections.ArrayList { "
     "1, 2 }; } }",
     R"j({"call":"S().f","returns":[1,2]})j", "WA"},
    {"TakesTheNameOfTheHost", kTag,
     "static class AssayHost { public static void Main() {} }", kSAdd, "CE"},
    {"RepliesTwice", kTag,
     "using System;\nusing System.Runtime.InteropServices;\nclass S { "
     "[DllImport(\"libc\")] static extern IntPtr write(int fd, byte[] data, "
     "IntPtr count); public int add(int a, int b) { for (int i = 0; i < 9; "
     "++i) "
     "write(i, new byte[] {3, 0, 0, 0, (byte) 'v', (byte) 'T', (byte) 'N'}, "
     "(IntPtr) 7); return 42; } }",
     kSAdd, "WA"},
    {"AsDeepAsCanBe", kTag,
     "using System.Collections.Generic;\nclass S { public object f(int n) { "
     "var x = new List<object>(); for (int i = 1; i < n; ++i) x = new "
     "List<object> { x }; return x; } }",
     R"j({"call":"S().f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooDeep", kTag,
     "using System.Collections.Generic;\nclass S { public object f(int n) { "
     "var x = new List<object>(); for (int i = 1; i < n; ++i) x = new "
     "List<object> { x }; return x; } }",
     R"j({"call":"S().f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises System.IndexOutOfRangeException"},
    {"AsManyAsCanBe", kTag,
     "class S { public object f(int n) { return new object[n]; } }",
     R"j({"call":"S().f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooMany", kTag,
     "class S { public object f(int n) { return new object[n]; } }",
     R"j({"call":"S().f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises System.IndexOutOfRangeException"},
    {"AsLargeAsCanBe", kTag,
     "using System.Collections.Generic;\nclass S { public object f(int n) { "
     "var x = new List<object>(); while (x.Count < 16) x.Add(new string('x', "
     "n)); x.Add(null); return x; } }",
     R"j({"call":"S().f","args":[1048570],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})", R"("verdict":"WA"})"},
    {"TooLarge", kTag,
     "using System.Collections.Generic;\nclass S { public object f(int n) { "
     "var x = new List<object>(); while (x.Count < 16) x.Add(new string('x', "
     "n)); x.Add(null); return x; } }",
     R"j({"call":"S().f","args":[1048571],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises System.IndexOutOfRangeException"},
    {"Cycle", kTag,
     "using System.Collections.Generic;\nclass S { public object f() { var x = "
     "new List<object>(); x.Add(x); return x; } }",
     R"j({"call":"S().f","returns":[[]]})j", "RE"},
};

}  // namespace rewards
