// Tests of function calls in languages other than Python, through the checker.
// Where a language's tools are not on this machine, that is what is judged.

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/call_host.h"
#include "sandbox/language.h"
#include "tests/rewards/code_host_rows.h"
#include "tests/rewards/code_judge.h"

namespace rewards {
namespace {

using boost::json::object;

class CodeHosts : public testing::TestWithParam<HostRow> {};

TEST_P(CodeHosts, Judge) {
  const HostRow& row = GetParam();
  const std::string rest = row.rest.empty() ? "" : "," + std::string(row.rest);
  object params = boost::json::parse(R"({"tests":[)" + std::string(row.test) +
                                     "]" + rest + "}")
                      .as_object();
  params["language"] = row.language;
  const std::string answer = Fenced(row.program, row.language);
  Verdict verdict = JudgeCode(params, answer);
  // A busy machine compiles C++ in time once the headers are.
  TheJudge()->runner().WaitForHeaders();
  if (verdict.outcome == Outcome::kTimeout &&
      verdict.detail.contains("compile")) {
    verdict = JudgeCode(params, answer);
  }
  const std::string detail = boost::json::serialize(verdict.detail);
  const std::string missing =
      sandbox::MissingTool(*sandbox::FindLanguage(row.language));
  if (!missing.empty()) {
    std::cout << "off: " << missing << " is not there\n";
    EXPECT_EQ(verdict.outcome, Outcome::kNotJudged) << detail;
    return;
  }
  if (row.verdict == "CE") {
    EXPECT_EQ(verdict.outcome, Outcome::kWrong) << detail;
    ASSERT_TRUE(verdict.detail.contains("compile")) << detail;
    EXPECT_EQ(verdict.detail.at("compile").at("verdict").as_string(), "CE");
    return;
  }
  ASSERT_TRUE(verdict.detail.contains("tests")) << detail;
  const auto& got = verdict.detail.at("tests").at(0).at("verdict").as_string();
  if (row.verdict != kUnpaid) {
    EXPECT_EQ(got, row.verdict) << detail;
  }
  EXPECT_NE(detail.find(row.reason), std::string::npos) << detail;
  EXPECT_EQ(verdict.outcome == Outcome::kCorrect, row.verdict == "AC");
  EXPECT_NE(verdict.outcome, Outcome::kNotJudged) << detail;
}

INSTANTIATE_TEST_SUITE_P(JavaScript, CodeHosts,
                         testing::ValuesIn(kJavaScriptRows), HostRowName());
INSTANTIATE_TEST_SUITE_P(TypeScript, CodeHosts,
                         testing::ValuesIn(kTypeScriptRows), HostRowName());

INSTANTIATE_TEST_SUITE_P(Ruby, CodeHosts, testing::ValuesIn(kRubyRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Php, CodeHosts, testing::ValuesIn(kPhpRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Perl, CodeHosts, testing::ValuesIn(kPerlRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Lua, CodeHosts, testing::ValuesIn(kLuaRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Bash, CodeHosts, testing::ValuesIn(kBashRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Cpp, CodeHosts, testing::ValuesIn(kCppRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Cpp17, CodeHosts, testing::ValuesIn(kCpp17Rows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Java, CodeHosts, testing::ValuesIn(kJavaRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(CSharp, CodeHosts, testing::ValuesIn(kCSharpRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Go, CodeHosts, testing::ValuesIn(kGoRows),
                         HostRowName());
INSTANTIATE_TEST_SUITE_P(Rust, CodeHosts, testing::ValuesIn(kRustRows),
                         HostRowName());

TEST(CodeHostsTable, EveryLanguageIsTried) {
  std::set<std::string_view> tried = {"python"};
  for (const auto& rows : AllHostRows()) tried.insert(rows.front().language);
  const auto names = code::CallLanguages();
  EXPECT_EQ(tried, std::set<std::string_view>(names.begin(), names.end()));
}

}  // namespace
}  // namespace rewards
