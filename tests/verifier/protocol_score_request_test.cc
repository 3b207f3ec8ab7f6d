#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "verifier/protocol/json_text.h"
#include "verifier/protocol/score_request.h"

namespace verifier::protocol {
namespace {

constexpr const char* kCheck = R"({"checker":"math","gold":"42"})";

std::string ItemText(const std::string& fields) {
  return R"({"id":"a","response":"r","checks":[)" + std::string(kCheck) + "]" +
         fields + "}";
}

Item Parse(const std::string& text, const Limits& limits = {}) {
  auto value = ParseStrictJson(text);
  EXPECT_TRUE(value) << text;
  return ParseItem(*value, limits);
}

struct BadItemRow {
  std::string text;
  std::string pointer;
  std::string words;
};

std::ostream& operator<<(std::ostream& out, const BadItemRow& row) {
  return out << row.text.substr(0, 60);
}

class BadItemTest : public ::testing::TestWithParam<BadItemRow> {};

TEST_P(BadItemTest, IsInvalidAndNamesThePlace) {
  const Item item = Parse(GetParam().text);
  ASSERT_TRUE(item.error.has_value());
  EXPECT_EQ(item.error->pointer, GetParam().pointer);
  EXPECT_NE(item.error->detail.find(GetParam().words), std::string::npos)
      << item.error->detail;
}

std::string WithCheck(const std::string& check) {
  return R"({"id":"a","response":"r","checks":[)" + std::string(kCheck) + "," +
         check + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadItemTest,
    ::testing::Values(
        BadItemRow{"1", "", "object"}, BadItemRow{"[]", "", "object"},
        BadItemRow{"{}", "/id", "required"},
        BadItemRow{R"({"id":1})", "/id", "string"},
        BadItemRow{R"({"id":null})", "/id", "string"},
        BadItemRow{R"({"id":"a"})", "/response", "required"},
        BadItemRow{R"({"id":"a","response":"r"})", "/checks", "required"},
        BadItemRow{R"({"id":"a","response":"r","checks":[]})", "/checks",
                   "at least one"},
        BadItemRow{R"({"id":"a","response":"r","checks":{}})", "/checks",
                   "array"},
        BadItemRow{R"({"id":"a","response":["r"],"checks":[]})", "/response",
                   "string"},
        BadItemRow{ItemText(R"(,"prompt":1)"), "/prompt", "string"},
        BadItemRow{ItemText(R"(,"template":1)"), "/template", "string"},
        BadItemRow{ItemText(R"(,"Weight":1)"), "/Weight", "unknown"},
        BadItemRow{ItemText(R"(,"a/b~":1)"), "/a~1b~0", "unknown"},
        BadItemRow{ItemText(R"(,"deadline_ms":0)"), "/deadline_ms", "from 1"},
        BadItemRow{ItemText(R"(,"deadline_ms":-1)"), "/deadline_ms", "from 1"},
        BadItemRow{ItemText(R"(,"deadline_ms":1.5)"), "/deadline_ms", "whole"},
        BadItemRow{ItemText(R"(,"deadline_ms":"2")"), "/deadline_ms", "whole"},
        BadItemRow{ItemText(R"(,"deadline_ms":null)"), "/deadline_ms", "whole"},
        BadItemRow{ItemText(R"(,"deadline_ms":600001)"), "/deadline_ms",
                   "limit.deadline_ms"},
        BadItemRow{ItemText(R"(,"deadline_ms":18446744073709551615)"),
                   "/deadline_ms", "limit.deadline_ms"},
        BadItemRow{WithCheck("1"), "/checks/1", "object"},
        BadItemRow{WithCheck("{}"), "/checks/1/checker", "required"},
        BadItemRow{WithCheck(R"({"checker":1})"), "/checks/1/checker",
                   "required"},
        BadItemRow{WithCheck(R"({"checker":"m","weight":"1"})"),
                   "/checks/1/weight", "number"},
        BadItemRow{WithCheck(R"({"checker":"m","weight":null})"),
                   "/checks/1/weight", "number"},
        BadItemRow{WithCheck(R"({"checker":"m","weight":1000000.5})"),
                   "/checks/1/weight", "1000000"},
        BadItemRow{WithCheck(R"({"checker":"m","weight":-1e7})"),
                   "/checks/1/weight", "1000000"}));

TEST(ParseItemTest, ReadsEveryFieldAndItsDefault) {
  const Item plain = Parse(ItemText(""));
  ASSERT_FALSE(plain.error);
  EXPECT_EQ(plain.id, "a");
  EXPECT_EQ(plain.prompt, "");
  EXPECT_EQ(plain.template_name, std::nullopt);
  EXPECT_EQ(plain.profile, "");
  EXPECT_EQ(plain.deadline, std::chrono::milliseconds(10'000));
  ASSERT_EQ(plain.checks.size(), 1u);
  EXPECT_EQ(plain.checks[0].checker, "math");
  EXPECT_EQ(plain.checks[0].weight, std::nullopt);
  EXPECT_EQ(JsonText(plain.checks[0].params), R"({"gold":"42"})");

  const Item full =
      Parse(R"({"id":"","prompt":"p","response":"","template":"boxed",)"
            R"("deadline_ms":600000,"checks":[{"weight":-2,"checker":"x",)"
            R"("y":[1]}]})");
  ASSERT_FALSE(full.error);
  EXPECT_EQ(full.id, "");
  EXPECT_EQ(full.prompt, "p");
  EXPECT_EQ(full.template_name, "boxed");
  EXPECT_EQ(full.deadline, std::chrono::milliseconds(600'000));
  EXPECT_EQ(full.checks[0].weight, -2.0);
  EXPECT_EQ(JsonText(full.checks[0].params), R"({"y":[1]})");
}

TEST(ParseItemTest, AProfileIsEnough) {
  const Item item = Parse(R"({"id":"a","response":"","profile":"p"})");
  ASSERT_FALSE(item.error);
  EXPECT_EQ(item.profile, "p");
  EXPECT_TRUE(item.checks.empty());
  EXPECT_EQ(JsonText(ToJson(item)),
            R"({"id":"a","response":"","deadline_ms":10000,"profile":"p"})");
  const Item again = ParseItem(ToJson(item));
  ASSERT_FALSE(again.error);
  EXPECT_EQ(again.profile, "p");
}

TEST(ParseItemTest, ItsOwnJsonReadsBackEqual) {
  const Item item = Parse(ItemText(R"(,"prompt":"\u0000\"","deadline_ms":7)"));
  const Item again = ParseItem(ToJson(item));
  ASSERT_FALSE(again.error);
  EXPECT_EQ(JsonText(ToJson(again)), JsonText(ToJson(item)));
  EXPECT_EQ(again.prompt, item.prompt);
}

struct LimitRow {
  std::string name;
  Limits limits;
  std::string at;
  std::string over;
  std::string pointer;
};

std::ostream& operator<<(std::ostream& out, const LimitRow& row) {
  return out << row.name;
}

class ItemLimitTest : public ::testing::TestWithParam<LimitRow> {};

TEST_P(ItemLimitTest, HoldsAtTheLimitAndNotOnePast) {
  const LimitRow& row = GetParam();
  EXPECT_FALSE(Parse(row.at, row.limits).error);
  const Item over = Parse(row.over, row.limits);
  ASSERT_TRUE(over.error);
  EXPECT_EQ(over.error->pointer, row.pointer);
  EXPECT_NE(over.error->detail.find("limit." + row.name), std::string::npos)
      << over.error->detail;
}

Limits With(std::size_t Limits::*field, std::size_t value) {
  Limits limits;
  limits.*field = value;
  return limits;
}

std::string Gold(const std::string& gold) {
  return R"({"id":"a","response":"","checks":[{"checker":"m","gold":)" + gold +
         "}]}";
}

std::string Id(std::size_t bytes) {
  return R"({"id":")" + std::string(bytes, 'i') +
         R"(","response":"","checks":[)" + kCheck + "]}";
}

std::string Checks(std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) {
    list += (i == 0 ? "" : ",") + std::string(kCheck);
  }
  return R"({"id":"a","response":"","checks":[)" + list + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ItemLimitTest,
    ::testing::Values(LimitRow{"id_bytes", {}, Id(256), Id(257), "/id"},
                      LimitRow{"checks", {}, Checks(16), Checks(17), "/checks"},
                      LimitRow{"prompt_bytes", With(&Limits::prompt_bytes, 3),
                               ItemText(R"(,"prompt":"abc")"),
                               ItemText(R"(,"prompt":"abcd")"), "/prompt"},
                      LimitRow{"gold_bytes", With(&Limits::gold_bytes, 3),
                               Gold(R"("abc")"), Gold(R"("abcd")"),
                               "/checks/0/gold"},
                      LimitRow{"gold_bytes", With(&Limits::gold_bytes, 3),
                               Gold(R"(["ab","c"])"), Gold(R"(["ab","cd"])"),
                               "/checks/0/gold"}));

TEST(ParseItemTest, LongResponseIsDroppedAndNotInvalid) {
  const Limits limits = With(&Limits::response_bytes, 1);
  EXPECT_FALSE(Parse(ItemText(""), limits).too_long);
  const Item over = Parse(ItemText(""), With(&Limits::response_bytes, 0));
  EXPECT_FALSE(over.error);
  ASSERT_TRUE(over.too_long);
  EXPECT_NE(over.too_long->find("limit.response_bytes"), std::string::npos);
  EXPECT_EQ(over.response, "");
  EXPECT_EQ(over.checks.size(), 1u);
}

TEST(ParseScoreRequestTest, EnvelopeThatCannotBeReadIsRefused) {
  struct Row {
    std::string body;
    int status;
    std::string pointer;
  };
  Limits limits;
  limits.items = 2;
  for (const Row& row :
       {Row{"", 400, ""}, Row{"[]", 400, ""}, Row{"{}", 400, "/items"},
        Row{R"({"items":1})", 400, "/items"},
        Row{R"({"items":[],"x":1})", 400, "/x"},
        Row{R"({"items":[1,2,3]})", 413, "/items"},
        Row{R"({"items":[{"a":1e999}]})", 400, "/items/0/a"}}) {
    const auto items = ParseScoreRequest(row.body, limits);
    ASSERT_FALSE(items) << row.body;
    EXPECT_EQ(items.error().status, row.status) << row.body;
    EXPECT_EQ(items.error().pointer, row.pointer) << row.body;
  }
  const auto at_the_limit = ParseScoreRequest(R"({"items":[1,2]})", limits);
  ASSERT_TRUE(at_the_limit);
  EXPECT_EQ(at_the_limit->size(), 2u);
  EXPECT_TRUE(ParseScoreRequest(R"({"items":[]})")->empty());
}

TEST(ParseScoreRequestTest, BadItemsAndSecondIdsAreInvalidTheOthersNot) {
  const auto items = ParseScoreRequest(
      R"({"items":[)" + ItemText("") + ",7," + ItemText("") + "," +
      R"({"id":"b","response":"","checks":[{"checker":"x"}]},)" +
      R"({"id":"b"}]})");
  ASSERT_TRUE(items);
  ASSERT_EQ(items->size(), 5u);
  EXPECT_FALSE((*items)[0].error);
  EXPECT_TRUE((*items)[1].error);
  EXPECT_FALSE((*items)[1].id);
  ASSERT_TRUE((*items)[2].error);
  EXPECT_EQ((*items)[2].error->pointer, "/id");
  EXPECT_FALSE((*items)[3].error);
  EXPECT_TRUE((*items)[4].error);
}

}  // namespace
}  // namespace verifier::protocol
