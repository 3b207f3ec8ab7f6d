#include "tests/rewards/code_host_rows.h"

namespace rewards {
namespace {

constexpr std::string_view kTag = "java";
constexpr std::string_view kSAdd =
    R"j({"call":"S().add","args":[40,2],"returns":42})j";

}  // namespace

const std::vector<HostRow> kJavaRows = {
    {"Right", kTag,
     "class Main { static int add(int a, int b) { return a + b; } }", kAdd,
     "AC"},
    {"Wrong", kTag,
     "class Main { static int add(int a, int b) { return a - b; } }", kAdd,
     "WA"},
    {"Method", kTag,
     "class S { int k = 1; public long add(Integer a, long b) { return a + k * "
     "b; } }",
     kSAdd, "AC"},
    {"PublicClassWithAMain", kTag,
     "import java.util.*;\npublic class S {\n  int add(int a, int b) { return "
     "a "
     "+ b; }\n  public static void main(String[] args) { new "
     "Scanner(System.in).nextInt(); }\n}",
     kSAdd, "AC"},
    {"OfAPackage", kTag,
     "package a.b;\npublic class S { int add(int a, int b) { return a + b; } }",
     kSAdd, "AC"},
    {"OverloadsByTheirTypes", kTag,
     "class S { int add(String a, String b) { return 0; } int add(int a, int "
     "b) { return a + b; } int add(int a) { return 0; } }",
     kSAdd, "AC"},
    {"OverloadsOfTheSameValues", kTag,
     "class S { int add(long a, long b) { return 42; } int add(int a, int b) { "
     "return a + b; } }",
     kSAdd, "RE"},
    {"PrivateMethod", kTag,
     "class S { private int add(int a, int b) { return a + b; } }", kSAdd,
     "RE"},
    {"NoStaticMethod", kTag,
     "class S { int add(int a, int b) { return a + b; } }",
     R"j({"call":"S.add","args":[40,2],"returns":42})j", "RE"},
    {"PrintsBeside", kTag,
     "class S { int add(int a, int b) { System.out.print(9); return a + b; } }",
     kSAdd, "AC"},
    {"ReadsNothing", kTag,
     "class S { int add(int a, int b) throws Exception { return a + b + 1 + "
     "System.in.read(); } }",
     kSAdd, "AC"},
    {"Echo", kTag, "class S { Object f(Object x) { return x; } }",
     R"j({"call":"S().f","args":[[null,true,false,0,-3,2.5,1e300,"","aé😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]],"returns":[null,true,false,0,-3,2.5,1e300,"","aé😀",[],[1,[2]],{"a":{"b":[1]},"":"x"}]})j",
     "AC"},
    {"Collections", kTag,
     "import java.util.*;\nclass S { Map<String, List<Integer>> f(List<int[]> "
     "a, Map<Integer, Double> m, Deque<String> d, Optional<Long> o) { "
     "Map<String, List<Integer>> r = new TreeMap<>(); r.put(d.peekLast(), "
     "List.of(a.get(1)[0], (int) (m.get(5) * 2), o.isPresent() ? 1 : 0)); "
     "return r; } }",
     R"j({"call":"S().f","args":[[[1],[2]],{"5":1.5},["x","y"],null],"returns":{"y":[2,3,0]}})j",
     "AC"},
    {"Arrays", kTag,
     "class S { long[][] f(int[][] a, String[] b, char c, boolean[] d) { "
     "return new long[][] {{a[0][1], b[0].length(), c}, {d.length}}; } }",
     R"j({"call":"S().f","args":[[[1,2]],["xyz"],"A",[true]],"returns":[[2,3,65],[1]]})j",
     "AC"},
    {"Tuples", kTag,
     "import org.javatuples.*;\nclass S { Pair<Long, String> f(Triplet<Long, "
     "Long, String> t) { return Pair.with(t.getValue0() + t.getValue1(), "
     "t.getValue2()); } }",
     R"j({"call":"S().f","args":[[1,2,"x"]],"returns":[3,"x"]})j", "AC"},
    {"ATupleHasItsLength", kTag,
     "import org.javatuples.*;\nclass S { int f(Pair<Long, Long> t) { return "
     "3; } }",
     R"j({"call":"S().f","args":[[1]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"ASetIsNoList", kTag,
     "import java.util.*;\nclass S { Set<Integer> f() { return new "
     "TreeSet<>(List.of(1, 2)); } }",
     R"j({"call":"S().f","returns":[1,2]})j", "WA"},
    {"AnEmptyOptionalIsNull", kTag,
     "import java.util.*;\nclass S { Object f() { return Optional.of("
     "Optional.empty()); } }",
     R"j({"call":"S().f","returns":null})j", "AC"},
    {"FitsAtItsLimit", kTag, "class S { int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[-2147483648],"returns":3})j", "AC"},
    {"DoesNotFit", kTag, "class S { int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[2147483648],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"DoesNotFitInAList", kTag,
     "import java.util.*;\nclass S { int f(List<Integer> a) { return 3; } }",
     R"j({"call":"S().f","args":[[2147483648]],"returns":3})j", "RE", "",
     "raises ArgumentRangeError"},
    {"AFractionIsNoInteger", kTag, "class S { int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[3.5],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"AWholeFloatIsOne", kTag, "class S { int f(int a) { return a; } }",
     R"j({"call":"S().f","args":[3.0],"returns":3})j", "AC"},
    {"NullIsNoInt", kTag, "class S { int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":[null],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"TextIsNoNumber", kTag, "class S { int f(int a) { return 3; } }",
     R"j({"call":"S().f","args":["3"],"returns":3})j", "RE", "",
     "raises ArgumentTypeError"},
    {"LargeIntegers", kTag,
     "import java.math.*;\nclass S { BigInteger f(long a) { return "
     "BigInteger.valueOf(a).multiply(BigInteger.TWO); } }",
     R"j({"call":"S().f","args":[9223372036854775807],"returns":18446744073709551614})j",
     "AC"},
    {"SinglePrecision", kTag,
     "class S { float f(float a) { return a + 0.2f; } }",
     R"j({"call":"S().f","args":[0.1],"returns":0.3})j", "AC"},
    {"FloatIsExact", kTag, "class S { double f() { return 0.1 + 0.2; } }",
     R"j({"call":"S().f","returns":0.3})j", "WA"},
    {"TrueIsNoNumber", kTag, "class S { boolean f() { return true; } }",
     R"j({"call":"S().f","returns":1})j", "WA"},
    {"NamesOfTheLanguage", kTag,
     "class Number {}\nclass Math {}\nclass Character {}\nclass Type {}\n"
     "class S { int add(int a, int b) { return a + b; } }",
     kSAdd, "AC"},
    {"Raises", kTag,
     "class S { int add(int a, int b) { throw new RuntimeException(); } }",
     kSAdd, "RE"},
    {"RaisesWhileLoaded", kTag,
     "class S { static int x = 1 / 0; int add(int a, int b) { return a + b; } "
     "}",
     kSAdd, "RE"},
    {"NoSuchName", kTag, "class S { int other() { return 42; } }", kSAdd, "RE"},
    {"NoSuchClass", kTag, "class T { int add(int a, int b) { return 42; } }",
     kSAdd, "RE"},
    {"DoesNotParse", kTag, "class S { int add(int a, { }", kSAdd, "CE"},
    {"Busy", kTag, "class S { int add(int a, int b) { for (;;); } }", kSAdd,
     "TLE", R"("limits":{"cpu_s":3})"},
    // Hacks.
    {"ExitsWhenCalled", kTag,
     "class S { int add(int a, int b) { System.exit(0); return 0; } }", kSAdd,
     "RE"},
    {"ExitsWhileLoaded", kTag,
     "class S { static { System.exit(0); } int add(int a, int b) { return a + "
     "b; } }",
     kSAdd, "RE"},
    {"AlwaysEqual", kTag,
     "class S { Object add(int a, int b) { return new Object() { public "
     "boolean "
     "equals(Object o) { return true; } public String toString() { return "
     "\"42\"; } public int hashCode() { return 42; } }; } }",
     kSAdd, "WA"},
    {"AListOfItsOwn", kTag,
     "import java.util.*;\nclass S { Object f() { return new "
     "ArrayList<Integer>(List.of(1, 2)) { public boolean equals(Object o) { "
     "return true; } }; } }",
     R"j({"call":"S().f","returns":[1,2]})j", "WA"},
    {"NamesOfTheHostAreNone", kTag, "class S {}",
     R"j({"call":"open","returns":null})j", "RE"},
    {"KeysThatAreLists", kTag,
     "import java.util.*;\nclass S { Object f() { return Map.of(List.of(1), "
     "1); "
     "} }",
     R"j({"call":"S().f","returns":{"1":1}})j", "WA"},
    {"ANumberOfItsOwn", kTag,
     "import java.math.*;\nclass S { static class N extends BigInteger { N() { "
     "super(\"1\"); } public String toString(int r) { return \"2a\"; } } "
     "Object "
     "add(int a, int b) { return new N(); } }",
     kSAdd, "WA"},
    {"TakesTheNameOfTheHost", kTag,
     "public class AssayHost { public static void main(String[] a) { } }",
     kSAdd, "CE"},
    {"RepliesTwice", kTag,
     "import java.io.*;\nclass S { int add(int a, int b) throws Throwable { "
     "var "
     "c = FileDescriptor.class.getDeclaredConstructor(int.class); "
     "c.setAccessible(true); new FileOutputStream(c.newInstance(3)).write(new "
     "byte[] {3, 0, 0, 0, 'v', 'T', 'N', 3, 0, 0, 0, 'v', 'T', 'N'}); return "
     "42; } }",
     kSAdd, "WA"},
    {"AThreadReplies", kTag,
     "import java.io.*;\nclass S { static { new Thread(() -> { try { var c = "
     "FileDescriptor.class.getDeclaredConstructor(int.class); "
     "c.setAccessible(true); for (;;) new "
     "FileOutputStream(c.newInstance(3)).write(new byte[] {3, 0, 0, 0, 'v', "
     "'T', 'N'}); } catch (Throwable e) {} }).start(); } int add(int a, int b) "
     "{ return 42; } }",
     kSAdd, kUnpaid},
    {"AsDeepAsCanBe", kTag,
     "import java.util.*;\nclass S { Object f(int n) { Object x = new "
     "ArrayList<>(); for (int i = 1; i < n; ++i) x = List.of(x); return x; } }",
     R"j({"call":"S().f","args":[201],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooDeep", kTag,
     "import java.util.*;\nclass S { Object f(int n) { Object x = new "
     "ArrayList<>(); for (int i = 1; i < n; ++i) x = List.of(x); return x; } }",
     R"j({"call":"S().f","args":[202],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises java.lang.IndexOutOfBoundsException"},
    {"AsManyAsCanBe", kTag,
     "import java.util.*;\nclass S { Object f(int n) { return "
     "Collections.nCopies(n, null); } }",
     R"j({"call":"S().f","args":[1048574],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})"},
    {"TooMany", kTag,
     "import java.util.*;\nclass S { Object f(int n) { return "
     "Collections.nCopies(n, null); } }",
     R"j({"call":"S().f","args":[1048576],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises java.lang.IndexOutOfBoundsException"},
    {"AsLargeAsCanBe", kTag,
     "import java.util.*;\nclass S { Object f(int n) { List<Object> x = new "
     "ArrayList<>(Collections.nCopies(16, \"x\".repeat(n))); x.add(null); "
     "return x; } }",
     R"j({"call":"S().f","args":[1048570],"returns":[]})j", "WA",
     R"("limits":{"memory_mb":1024})", R"("verdict":"WA"})"},
    {"TooLarge", kTag,
     "import java.util.*;\nclass S { Object f(int n) { List<Object> x = new "
     "ArrayList<>(Collections.nCopies(16, \"x\".repeat(n))); x.add(null); "
     "return x; } }",
     R"j({"call":"S().f","args":[1048571],"returns":[]})j", "RE",
     R"("limits":{"memory_mb":1024})",
     "raises java.lang.IndexOutOfBoundsException"},
    {"Cycle", kTag,
     "import java.util.*;\nclass S { Object f() { List<Object> x = new "
     "ArrayList<>(); x.add(x); return x; } }",
     R"j({"call":"S().f","returns":[[]]})j", "RE"},
};

}  // namespace rewards
