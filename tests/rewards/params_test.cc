#include "rewards/params.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <stdexcept>
#include <string_view>

namespace rewards {
namespace {

boost::json::object Object(std::string_view text) {
  return boost::json::parse(text).as_object();
}

template <typename T>
void ExpectError(const ParamResult<T>& result, std::string_view pointer,
                 std::string_view detail) {
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().pointer, pointer);
  EXPECT_EQ(result.error().detail, detail);
}

TEST(Pointer, EscapesAsJsonPointersDo) {
  EXPECT_EQ(Pointer("gold"), "/gold");
  EXPECT_EQ(Pointer("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(Pointer("~1"), "/~01");
  EXPECT_EQ(Pointer(""), "/");
}

TEST(UnknownKey, NamesTheFirstAndWhatIsAllowed) {
  EXPECT_FALSE(UnknownKey(Object("{}"), {"a", "b"}));
  EXPECT_FALSE(UnknownKey(Object(R"({"b": 1, "a": 2})"), {"a", "b"}));
  const auto error = UnknownKey(Object(R"({"a": 1, "c/": 2})"), {"a", "b"});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->pointer, "/c~1");
  EXPECT_EQ(error->detail, R"(unknown parameter; allowed: "a", "b")");
  EXPECT_TRUE(UnknownKey(Object(R"({"A": 1})"), {"a"}));
}

TEST(StringParam, ReadsOrFallsBack) {
  const auto params = Object(R"({"s": "x", "n": 1, "z": null, "e": ""})");
  EXPECT_EQ(*StringParam(params, "s"), "x");
  EXPECT_EQ(*StringParam(params, "s", "y"), "x");
  EXPECT_EQ(*StringParam(params, "e", "y"), "");
  EXPECT_EQ(*StringParam(params, "missing", "y"), "y");
  ExpectError(StringParam(params, "missing"), "/missing", "required: a string");
  ExpectError(StringParam(params, "n", "y"), "/n", "must be a string");
  ExpectError(StringParam(params, "z", "y"), "/z", "must be a string");
}

TEST(ChoiceParam, IsOneOfThem) {
  constexpr std::array<std::string_view, 2> kChoices = {"free", "strict"};
  const auto params = Object(R"({"a": "free", "b": "loose", "c": true})");
  EXPECT_EQ(*ChoiceParam(params, "a", kChoices), "free");
  EXPECT_EQ(*ChoiceParam(params, "missing", kChoices, "strict"), "strict");
  ExpectError(ChoiceParam(params, "b", kChoices, "strict"), "/b",
              R"(must be one of "free", "strict")");
  ExpectError(ChoiceParam(params, "c", kChoices), "/c", "must be a string");
  EXPECT_FALSE(ChoiceParam(params, "missing", kChoices));
}

TEST(BoolParam, IsNoNumber) {
  const auto params = Object(R"({"t": true, "f": false, "n": 1, "s": "true"})");
  EXPECT_TRUE(*BoolParam(params, "t", false));
  EXPECT_FALSE(*BoolParam(params, "f", true));
  EXPECT_TRUE(*BoolParam(params, "missing", true));
  ExpectError(BoolParam(params, "n", true), "/n", "must be true or false");
  ExpectError(BoolParam(params, "s", true), "/s", "must be true or false");
}

TEST(NumberParam, HoldsItsRange) {
  const auto params =
      Object(R"({"low": 0.5, "high": 2, "under": 0.4999, "over": 2.0001,
                 "s": "1", "b": true})");
  EXPECT_EQ(*NumberParam(params, "low", 0.5, 2, 1), 0.5);
  EXPECT_EQ(*NumberParam(params, "high", 0.5, 2, 1), 2.0);
  EXPECT_EQ(*NumberParam(params, "missing", 0.5, 2, 1), 1.0);
  for (const std::string_view key : {"under", "over", "s", "b"}) {
    ExpectError(NumberParam(params, key, 0.5, 2, 1), Pointer(key),
                "must be a number from 0.5 to 2");
  }
}

TEST(IntParam, HoldsItsRange) {
  const auto params = Object(
      R"({"low": -1, "high": 3, "under": -2, "over": 4, "real": 1.5,
          "round": 2.0, "huge": 18446744073709551615, "s": "1"})");
  EXPECT_EQ(*IntParam(params, "low", -1, 3, 0), -1);
  EXPECT_EQ(*IntParam(params, "high", -1, 3, 0), 3);
  EXPECT_EQ(*IntParam(params, "missing", -1, 3, 0), 0);
  for (const std::string_view key :
       {"under", "over", "real", "round", "huge", "s"}) {
    ExpectError(IntParam(params, key, -1, 3, 0), Pointer(key),
                "must be a whole number from -1 to 3");
  }
}

TEST(StringsParam, NamesTheElement) {
  const auto params =
      Object(R"({"a": ["x", ""], "none": [], "bad": ["x", 1], "s": "x"})");
  EXPECT_EQ(StringsParam(params, "a")->size(), 2U);
  EXPECT_TRUE(StringsParam(params, "none")->empty());
  EXPECT_TRUE(StringsParam(params, "missing")->empty());
  ExpectError(StringsParam(params, "bad"), "/bad/1", "must be a string");
  ExpectError(StringsParam(params, "s"), "/s", "must be an array of strings");
}

TEST(ParamError, ValueOfAnErrorIsADefectOfTheCaller) {
  const auto result = StringParam(Object("{}"), "gold");
  EXPECT_THROW(static_cast<void>(result.value()), std::logic_error);
}

}  // namespace
}  // namespace rewards
