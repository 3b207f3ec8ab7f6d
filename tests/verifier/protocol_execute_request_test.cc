// Tests protocol/execute_request.h, execute_result.h and base64.h.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/execute_request.h"
#include "verifier/protocol/execute_result.h"
#include "verifier/protocol/schema.h"

namespace verifier::protocol {
namespace {

using ::testing::HasSubstr;

TEST(ExecuteRequest, ReadsEveryField) {
  const auto request = ParseExecuteRequest(
      R"({"language": "cpp", "code": "int main() {}", "stdin": "1\u0000",
          "args": ["-x", ""], "limits": {"cpu_s": 1}, "want_files": ["a"]})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->language, "cpp");
  EXPECT_EQ(request->code, "int main() {}");
  EXPECT_EQ(request->input, std::string("1\0", 2));
  EXPECT_EQ(request->args, (std::vector<std::string>{"-x", ""}));
  EXPECT_EQ(request->limits.at("cpu_s"), 1);
  EXPECT_EQ(request->want_files, std::vector<std::string>{"a"});
  EXPECT_TRUE(request->files.empty());
}

TEST(ExecuteRequest, FilesAreTextOrBase64) {
  const auto request = ParseExecuteRequest(
      R"({"language": "python", "files": [{"name": "a", "content": "x"},
          {"name": "b", "base64": "AP8="}, {"name": "c", "content": ""}]})");
  ASSERT_TRUE(request);
  ASSERT_EQ(request->files.size(), 3U);
  EXPECT_EQ(request->files[0].content, "x");
  EXPECT_EQ(request->files[1].name, "b");
  EXPECT_EQ(request->files[1].content, std::string("\0\xff", 2));
  EXPECT_EQ(request->files[2].content, "");
  EXPECT_FALSE(request->code);
}

struct BadBody {
  const char* name;
  std::string_view body;
  std::string_view pointer;
};

void PrintTo(const BadBody& row, std::ostream* os) { *os << row.name; }

constexpr BadBody kBadBodies[] = {
    {"NotJson", "{", ""},
    {"NotAnObject", "[]", ""},
    {"NoLanguage", R"({"code": "x"})", "/language"},
    {"LanguageIsNull", R"({"language": null, "code": "x"})", "/language"},
    {"NoProgram", R"({"language": "python"})", "/code"},
    {"TwoPrograms",
     R"({"language": "python", "code": "x",
         "files": [{"name": "a", "content": ""}]})",
     "/files"},
    {"CodeIsNumber", R"({"language": "python", "code": 1})", "/code"},
    {"CodeIsNull", R"({"language": "python", "code": null})", "/code"},
    {"FilesIsObject", R"({"language": "python", "files": {}})", "/files"},
    {"NoFiles", R"({"language": "python", "files": []})", "/files"},
    {"FileIsText", R"({"language": "python", "files": ["a"]})", "/files/0"},
    {"FileWithoutName",
     R"({"language": "python", "files": [{"content": "x"}]})", "/files/0/name"},
    {"NameIsNumber",
     R"({"language": "python", "files": [{"name": 1, "content": "x"}]})",
     "/files/0/name"},
    {"FileWithoutContent",
     R"({"language": "python", "files": [{"name": "a", "content": ""},
         {"name": "b"}]})",
     "/files/1/content"},
    {"FileOfBoth",
     R"({"language": "python",
         "files": [{"name": "a", "content": "", "base64": ""}]})",
     "/files/0/base64"},
    {"NotBase64",
     R"({"language": "python", "files": [{"name": "a", "base64": "A"}]})",
     "/files/0/base64"},
    {"UnknownInFile",
     R"({"language": "python",
         "files": [{"name": "a", "content": "", "mode": 7}]})",
     "/files/0/mode"},
    {"StdinIsArray", R"({"language": "python", "code": "", "stdin": []})",
     "/stdin"},
    {"StdinIsNull", R"({"language": "python", "code": "", "stdin": null})",
     "/stdin"},
    {"ArgsIsText", R"({"language": "python", "code": "", "args": "x"})",
     "/args"},
    {"ArgIsNumber", R"({"language": "python", "code": "", "args": ["x", 1]})",
     "/args/1"},
    {"ArgHasNul", R"({"language": "python", "code": "", "args": ["\u0000"]})",
     "/args/0"},
    {"LimitsIsArray", R"({"language": "python", "code": "", "limits": []})",
     "/limits"},
    {"WantedIsText", R"({"language": "python", "code": "", "want_files": "a"})",
     "/want_files"},
    {"WantedIsNumber",
     R"({"language": "python", "code": "", "want_files": [1]})",
     "/want_files/0"},
    {"Unknown", R"({"language": "python", "code": "", "timeout": 1})",
     "/timeout"},
    {"Twice", R"({"language": "python", "code": "", "code": ""})", "/code"},
};

class BadExecuteRequest : public testing::TestWithParam<BadBody> {};

TEST_P(BadExecuteRequest, NamesThePlace) {
  const auto request = ParseExecuteRequest(GetParam().body);
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().status, 400);
  EXPECT_EQ(request.error().pointer, GetParam().pointer);
  EXPECT_FALSE(request.error().detail.empty());
}

INSTANTIATE_TEST_SUITE_P(Protocol, BadExecuteRequest,
                         testing::ValuesIn(kBadBodies),
                         [](const auto& test) { return test.param.name; });

// At the limit and one past it.
struct LimitRow {
  const char* name;  // of the limit, which is 3
  std::size_t Limits::*limit;
  std::string_view at;
  std::string_view past;
  std::string_view pointer;
};

void PrintTo(const LimitRow& row, std::ostream* os) { *os << row.name; }

constexpr LimitRow kLimitRows[] = {
    {"program_bytes", &Limits::program_bytes, R"("code": "xyz")",
     R"("code": "wxyz")", "/code"},
    {"program_files", &Limits::program_files,
     R"("files": [{"name": "a", "content": ""}, {"name": "b", "content": ""},
                  {"name": "c", "content": ""}])",
     R"("files": [{"name": "a", "content": ""}, {"name": "b", "content": ""},
                  {"name": "c", "content": ""}, {"name": "d", "content": ""}])",
     "/files"},
    {"stdin_bytes", &Limits::stdin_bytes, R"("code": "", "stdin": "abc")",
     R"("code": "", "stdin": "abcd")", "/stdin"},
    {"args", &Limits::args, R"("code": "", "args": ["a", "b", "c"])",
     R"("code": "", "args": ["a", "b", "c", "d"])", "/args"},
    {"arg_bytes", &Limits::arg_bytes, R"("code": "", "args": ["ab", "c"])",
     R"("code": "", "args": ["ab", "cd"])", "/args"},
    {"want_files", &Limits::want_files,
     R"("code": "", "want_files": ["a", "b", "c"])",
     R"("code": "", "want_files": ["a", "b", "c", "d"])", "/want_files"},
};

class ExecuteRequestLimit : public testing::TestWithParam<LimitRow> {};

TEST_P(ExecuteRequestLimit, IsHeld) {
  const LimitRow& row = GetParam();
  Limits limits;
  limits.*row.limit = 3;
  const auto parse = [&limits](std::string_view fields) {
    return ParseExecuteRequest(
        R"({"language": "python", )" + std::string(fields) + "}", limits);
  };
  EXPECT_TRUE(parse(row.at));
  const auto past = parse(row.past);
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().status, 413);
  EXPECT_EQ(past.error().pointer, row.pointer);
  EXPECT_THAT(past.error().detail, HasSubstr("4 "));
  EXPECT_THAT(past.error().detail,
              HasSubstr("limit." + std::string(row.name) + " = 3"));
}

INSTANTIATE_TEST_SUITE_P(Protocol, ExecuteRequestLimit,
                         testing::ValuesIn(kLimitRows),
                         [](const auto& test) { return test.param.name; });

TEST(ExecuteRequest, FilesCountTogetherAsTheirBytes) {
  Limits limits;
  limits.program_bytes = 4;
  const std::string two = R"({"language": "python", "files": [
      {"name": "a", "content": "xy"}, {"name": "b", "base64": ")";
  EXPECT_TRUE(ParseExecuteRequest(two + R"(AAA="}]})", limits));  // two bytes
  const auto past = ParseExecuteRequest(two + R"(AAAA"}]})", limits);
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().status, 413);
}

TEST(ExecuteResponseText, ADefaultResultSaysNothingOfTheProgram) {
  EXPECT_EQ(ExecuteResponseText({}),
            R"({"verdict":"IE","compile":null,"run":null,"files":[],)"
            R"("enforced":null})");
}

TEST(ExecuteResponseText, TextIsTextAndBytesAreBase64) {
  ExecuteResult result;
  result.verdict = "RE";
  result.compile = ProcessResult{.exit_code = 0, .cpu_ms = 1.5, .cached = true};
  result.run = ProcessResult{.signal = 11,
                             .wall_ms = 2,
                             .memory_kb = 3,
                             .out = "\xff",
                             .err = "text",
                             .truncated = true};
  result.files = {{.name = "a", .content = "\xc3\xa9"},
                  {.name = "b", .content = "\xc3"},
                  {.name = "c", .problem = "no such file"}};
  result.enforced = boost::json::object{{"level", "L2"}};
  EXPECT_EQ(ExecuteResponseText(result),
            "{\"verdict\":\"RE\",\"compile\":{\"exit_code\":0,\"signal\":null,"
            "\"cpu_ms\":1.5,\"wall_ms\":0.0,\"memory_kb\":0,\"stdout\":\"\","
            "\"stderr\":\"\",\"truncated\":false,\"cached\":true},"
            "\"run\":{\"exit_code\":null,"
            "\"signal\":11,\"cpu_ms\":0.0,\"wall_ms\":2.0,\"memory_kb\":3,"
            "\"stdout\":\"/w==\",\"stderr\":\"dGV4dA==\",\"truncated\":true,"
            "\"encoding\":\"base64\"},\"files\":[{\"name\":\"a\",\"content\":"
            "\"\xc3\xa9\"},{\"name\":\"b\",\"content\":\"ww==\",\"encoding\":"
            "\"base64\"},{\"name\":\"c\",\"error\":\"no such file\"}],"
            "\"enforced\":{\"level\":\"L2\"}}");
}

// Every field that is described is written, and no other.
TEST(ExecuteResponseText, IsAsDescribed) {
  ExecuteResult result;
  result.failure = "why";
  result.run = ProcessResult{.out = "\xff"};
  result.compile = result.run;
  result.compile->cached = false;
  result.files = {{.name = "a", .content = "\xff"}};
  result.enforced.emplace();
  boost::json::object schemas;
  AddSchemas(ExecuteResponseType(), {}, schemas);
  const auto same = [&schemas](std::string_view type,
                               const boost::json::value& written,
                               std::size_t left_out) {
    const auto& fields = schemas.at(type).at("properties").as_object();
    EXPECT_EQ(written.as_object().size() + left_out, fields.size()) << type;
    for (const auto& member : written.as_object()) {
      EXPECT_TRUE(fields.contains(member.key())) << member.key();
    }
  };
  const auto written = boost::json::parse(ExecuteResponseText(result));
  same("ExecuteResponse", written, 0);
  same("ProcessResult", written.at("run"), 1);  // "cached"
  same("ProcessResult", written.at("compile"), 0);
  same("WantedFile", written.at("files").at(0), 1);  // "error"
  EXPECT_EQ(
      boost::json::serialize(
          schemas.at("ExecuteResponse").at("properties").at("run").at("anyOf")),
      R"([{"$ref":"#/components/schemas/ProcessResult"},)"
      R"({"type":"null"}])");
}

TEST(Base64, WritesAndReadsEveryLength) {
  EXPECT_EQ(ToBase64(""), "");
  EXPECT_EQ(ToBase64("f"), "Zg==");
  EXPECT_EQ(ToBase64("fo"), "Zm8=");
  EXPECT_EQ(ToBase64("foo"), "Zm9v");
  EXPECT_EQ(ToBase64("foobar"), "Zm9vYmFy");
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    bytes += static_cast<char>(i * 7);
    EXPECT_EQ(FromBase64(ToBase64(bytes)), bytes);
  }
}

TEST(Base64, RefusesWhatItDoesNotWrite) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "=", "Zm9v\n",
        "Zm 9v", "Zm9v====", "Zg==Zg==", "Zm-_", "Zg=A", "\xc3\xa9\xc3\xa9"}) {
    EXPECT_EQ(FromBase64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace verifier::protocol
