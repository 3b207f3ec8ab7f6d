#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "verifier/protocol/equal_request.h"

namespace verifier::protocol {
namespace {

using ::testing::HasSubstr;

TEST(EqualRequest, ReadsPairsAndPolicy) {
  const auto request = ParseEqualRequest(
      R"({"pairs": [["1/2", "0.5"], ["", "x"]], "policy": {"percent": false}})");
  ASSERT_TRUE(request);
  ASSERT_EQ(request->pairs.size(), 2U);
  EXPECT_EQ(request->pairs[0].first, "1/2");
  EXPECT_EQ(request->pairs[0].second, "0.5");
  EXPECT_EQ(request->policy.at("percent"), false);
}

TEST(EqualRequest, BadBodiesNameThePlace) {
  struct Row {
    const char* name;
    const char* body;
    int status;
    const char* pointer;
  };
  const Row rows[] = {
      {"not JSON", "{", 400, ""},
      {"not an object", "[]", 400, ""},
      {"no pairs", "{}", 400, "/pairs"},
      {"pairs are no array", R"({"pairs": {}})", 400, "/pairs"},
      {"a pair is no array", R"({"pairs": ["a"]})", 400, "/pairs/0"},
      {"one in a pair", R"({"pairs": [["a","b"],["a"]]})", 400, "/pairs/1"},
      {"three in a pair", R"({"pairs": [["a","b","c"]]})", 400, "/pairs/0"},
      {"a number in a pair", R"({"pairs": [["a",1]]})", 400, "/pairs/0/1"},
      {"null in a pair", R"({"pairs": [[null,"a"]]})", 400, "/pairs/0/0"},
      {"policy is no object", R"({"pairs": [], "policy": []})", 400, "/policy"},
      {"unknown field", R"({"pairs": [], "golds": []})", 400, "/golds"},
      {"pairs twice", R"({"pairs": [], "pairs": []})", 400, "/pairs"},
  };
  for (const Row& row : rows) {
    const auto request = ParseEqualRequest(row.body);
    ASSERT_FALSE(request) << row.name;
    EXPECT_EQ(request.error().status, row.status) << row.name;
    EXPECT_EQ(request.error().pointer, row.pointer) << row.name;
    EXPECT_FALSE(request.error().detail.empty()) << row.name;
  }
}

TEST(EqualRequest, APairCountsAsTwoItems) {
  Limits limits;
  limits.items = 4;
  const std::string pair = R"(["1","1"])";
  EXPECT_TRUE(
      ParseEqualRequest(R"({"pairs": [)" + pair + "," + pair + "]}", limits));
  const auto over = ParseEqualRequest(
      R"({"pairs": [)" + pair + "," + pair + "," + pair + "]}", limits);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().status, 413);
  EXPECT_THAT(over.error().detail, HasSubstr("limit.items = 4"));
}

TEST(EqualResponseText, NobodyKnowsIsNull) {
  EXPECT_EQ(
      EqualResponseText(
          {{true, "proved", "equal integers"}, {false, "refuted", ""}, {}}),
      R"({"results":[{"equal":true,"evidence":"proved",)"
      R"("reason":"equal integers"},)"
      R"({"equal":false,"evidence":"refuted"},)"
      R"({"equal":null,"evidence":"undecided"}]})");
}

}  // namespace
}  // namespace verifier::protocol
