// Constants of other languages as JSON, and what is refused.

#include "datasets/suites/code_literal.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

namespace datasets {
namespace {

using Family = LiteralFamily;

// The whole of `text`; "-" where it is no constant.
std::string Read(Family family, std::string_view text) {
  LiteralReader reader(text, family);
  const auto value = reader.Value();
  if (!value || !reader.AtEnd()) return "-";
  return boost::json::serialize(*value);
}

struct Row {
  const char* name;
  Family family;
  std::string_view text;
  std::string_view want;
};
void PrintTo(const Row& c, std::ostream* os) { *os << c.name; }

class CodeLiteral : public testing::TestWithParam<Row> {};

TEST_P(CodeLiteral, IsJson) {
  EXPECT_EQ(Read(GetParam().family, GetParam().text), GetParam().want);
}

constexpr Row kRows[] = {
    {"JsList", Family::kJavaScript, R"x([1, -2, "a", true, undefined])x",
     R"x([1,-2,"a",true,null])x"},
    {"JsObject", Family::kJavaScript, R"x({"a": 1, "b": [2.5]})x",
     R"x({"a":1,"b":[2.5E0]})x"},
    {"JsEmpty", Family::kJavaScript, "[[], {}]", "[[],{}]"},
    {"JsEscapes", Family::kJavaScript, R"x("a\n\t\"\\\u00e9\'")x",
     "\"a\\n\\t\\\"\\\\\u00e9'\""},
    {"JsName", Family::kJavaScript, "[a]", "-"},
    {"JsCall", Family::kJavaScript, "f(1)", "-"},
    {"JsSum", Family::kJavaScript, "1 + 1", "-"},
    {"JsTwice", Family::kJavaScript, R"x({"a": 1, "a": 2})x", "-"},
    {"JsOpen", Family::kJavaScript, "[1, 2", "-"},
    {"JsOpenText", Family::kJavaScript, "\"a", "-"},
    {"JsSuffix", Family::kJavaScript, "1l", "-"},
    {"JsLineInText", Family::kJavaScript, "\"a\nb\"", "-"},
    {"JsBigKept", Family::kJavaScript, "9223372036854775807",
     "9223372036854775807"},
    {"JsBigRefused", Family::kJavaScript, "9223372036854775808", "-"},
    {"JsOctal", Family::kJavaScript, "010", "-"},
    {"JsHex", Family::kJavaScript, "0x10", "-"},
    {"JsExponent", Family::kJavaScript, "1e-05", "1E-5"},
    {"JsHuge", Family::kJavaScript, "1e999", "-"},
    {"JsEmptyText", Family::kJavaScript, "", "-"},
    {"PhpList", Family::kPhp, R"x(array(1, array("a"), null, false))x",
     R"x([1,["a"],null,false])x"},
    {"PhpMap", Family::kPhp, R"x(array("a" => 1, "b" => array("c" => 2)))x",
     R"x({"a":1,"b":{"c":2}})x"},
    {"PhpEmpty", Family::kPhp, "array()", "[]"},
    {"PhpDollar", Family::kPhp, R"x("\$a\n")x", R"x("$a\n")x"},
    {"PhpReplaces", Family::kPhp, R"x("$a")x", "-"},
    {"PhpKeepsBackslash", Family::kPhp, R"x("\'")x", R"x("\\'")x"},
    {"PhpIntegerKey", Family::kPhp, "array(1 => 2)", "-"},
    {"ShellWord", Family::kShell, R"x("12")x", R"x("12")x"},
    {"ShellBackslash", Family::kShell, R"x("a\nb\!\$\"\\")x",
     R"x("a\\nb\\!$\"\\")x"},
    {"ShellReplaces", Family::kShell, R"x("$1")x", "-"},
    {"ShellRuns", Family::kShell, "\"`id`\"", "-"},
    {"ShellBare", Family::kShell, "12", "-"},
    {"CppCastList", Family::kCpp, "(std::vector<long>({(long)1, (long)-2}))",
     "[1,-2]"},
    {"CppNested", Family::kCpp,
     "(std::vector<std::vector<long>>({(std::vector<long>)std::vector<long>(),"
     "(std::vector<long>)std::vector<long>({(long)1})}))",
     "[[],[1]]"},
    {"CppMap", Family::kCpp,
     R"x((std::map<std::string,long>({{"a", 1}, {"b", 2}})))x",
     R"x({"a":1,"b":2})x"},
    {"CppMapOfNumbers", Family::kCpp, "(std::map<long,long>({{1, 2}}))", "-"},
    {"CppMapEmpty", Family::kCpp, "(std::map<long,long>())", "{}"},
    {"CppTuple", Family::kCpp, R"x((std::make_tuple("a", true, 1.5f)))x",
     R"x(["a",true,1.5E0])x"},
    {"CppWholeFloat", Family::kCpp, "(float)3f", "3E0"},
    {"CppFloatCall", Family::kCpp, "(float(-1))", "-1E0"},
    {"CppFloatCast", Family::kCpp, "(float)2", "2E0"},
    {"CppOptional", Family::kCpp, "std::optional<long>(3)", "3"},
    {"CppNothing", Family::kCpp, "(std::nullopt)", "null"},
    {"CppCall", Family::kCpp, "system(\"id\")", "-"},
    {"CppTypeOpen", Family::kCpp, "std::vector<long(1)", "-"},
    {"CppCastOfNothing", Family::kCpp, "(long)", "-"},
    {"JavaList", Family::kJava,
     R"x((new ArrayList<String>(Arrays.asList((String)"a", (String)"b"))))x",
     R"x(["a","b"])x"},
    {"JavaEmpty", Family::kJava, "(new ArrayList<Long>(Arrays.asList()))",
     "[]"},
    {"JavaMap", Family::kJava,
     R"x((new HashMap<String,Long>(Map.of("a", 1l, "b", 2l))))x",
     R"x({"a":1,"b":2})x"},
    {"JavaPair", Family::kJava, "(Pair.with(1l, 2.0f))", "[1,2E0]"},
    {"JavaOptional", Family::kJava, "Optional.of(\"a\")", "\"a\""},
    {"JavaNothing", Family::kJava, "Optional.empty()", "null"},
    {"JavaOddMap", Family::kJava, "Map.of(\"a\")", "-"},
    {"JavaOther", Family::kJava, "new File(\"a\")", "-"},
    {"CsList", Family::kCSharp,
     "(new List<long>(new long[]{(long)1L, (long)2L}))", "[1,2]"},
    {"CsEmpty", Family::kCSharp, "(new List<long>())", "[]"},
    {"CsMap", Family::kCSharp,
     R"x((new Dictionary<string,string>(){{"a", "b"}}))x", R"x({"a":"b"})x"},
    {"CsTuple", Family::kCSharp, "(Tuple.Create(1L, \"a\"))", R"x([1,"a"])x"},
    {"CsNull", Family::kCSharp, "(null)", "null"},
};
INSTANTIATE_TEST_SUITE_P(Families, CodeLiteral, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

TEST(CodeLiteralDepth, AtTheLimitAndOnePast) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_NE(Read(Family::kJavaScript, nested(kMaxLiteralDepth)), "-");
  EXPECT_EQ(Read(Family::kJavaScript, nested(kMaxLiteralDepth + 1)), "-");
  EXPECT_EQ(Read(Family::kCpp, std::string(100000, '(')), "-");
  std::string casts;
  for (int i = 0; i < 10000; ++i) casts += "(long)";
  EXPECT_EQ(Read(Family::kCpp, casts + "1"), "-");
}

// Cut anywhere, a constant is none or a shorter one; nothing else happens.
TEST(CodeLiteralDepth, IsTotal) {
  for (const Row& row : kRows) {
    for (std::size_t size = 0; size < row.text.size(); ++size) {
      for (int family = 0; family <= static_cast<int>(Family::kCSharp);
           ++family) {
        (void)Read(static_cast<Family>(family), row.text.substr(0, size));
      }
    }
  }
}

}  // namespace
}  // namespace datasets
