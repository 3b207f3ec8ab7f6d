// /openapi.json is made of what serves: routes, problems, limits, checkers.
// That it is valid, and that the service keeps it, is in tests/e2e.

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <string>

#include "tests/verifier/test_checkers.h"
#include "verifier/protocol/json_text.h"
#include "verifier/server/docs_page.h"
#include "verifier/server/openapi.h"
#include "verifier/server/problem_type.h"
#include "verifier/server/routes.h"

namespace verifier::server {
namespace {

namespace json = boost::json;

const json::value& At(const json::value& value,
                      std::initializer_list<std::string_view> path) {
  const json::value* at = &value;
  for (const std::string_view key : path) at = &at->at(key);
  return *at;
}

TEST(OpenApiTest, DescribesEveryRouteWithEveryMethodThatItHas) {
  const json::value document = OpenApi(*testing::TestRegistry(), {});
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  EXPECT_EQ(document.at("paths").as_object().size(), Routes().size());
  for (const RouteInfo& route : Routes()) {
    const json::object& path = At(document, {"paths", route.path}).as_object();
    EXPECT_EQ(path.contains("post"), HasBody(route.route)) << route.path;
    EXPECT_EQ(path.contains("get"), !HasBody(route.route)) << route.path;
    EXPECT_EQ(path.contains("head"), !HasBody(route.route)) << route.path;
  }
}

TEST(OpenApiTest, EveryProblemIsInTheResponseOfItsStatus) {
  const json::value document = OpenApi(*testing::TestRegistry(), {});
  const json::object& responses =
      At(document, {"components", "responses"}).as_object();
  for (const ProblemType& type : ProblemTypes()) {
    const std::string name = "Problem" + std::to_string(type.status);
    ASSERT_TRUE(responses.contains(name)) << name;
    const std::string help(responses.at(name).at("description").as_string());
    EXPECT_NE(help.find(type.slug), std::string::npos) << help;
  }
}

TEST(OpenApiTest, CheckersOfTheRegistryAreTheChecks) {
  const json::value built_in = OpenApi(rewards::BuiltInRegistry(), {});
  const json::value& gold =
      At(built_in, {"components", "schemas", "Check.math", "properties"});
  EXPECT_TRUE(gold.as_object().contains("gold"));
  EXPECT_TRUE(gold.as_object().contains("weight"));
  EXPECT_EQ(gold.at("checker"), json::value({{"const", "math"}}));
  EXPECT_EQ(At(built_in, {"components", "schemas", "Check.math", "required"}),
            json::value({"checker", "gold"}));
  EXPECT_EQ(At(built_in, {"components", "schemas", "Check", "oneOf"})
                .as_array()
                .size(),
            rewards::BuiltInRegistry().checkers().size());
  // Another registry, as after a reload: what is plugged in shows up.
  const json::value plugged = OpenApi(*testing::TestRegistry(), {});
  const json::object& schemas =
      At(plugged, {"components", "schemas"}).as_object();
  EXPECT_TRUE(schemas.contains("Check.equals"));
  EXPECT_FALSE(schemas.contains("Check.math"));
}

TEST(OpenApiTest, ProfilesOfTheRegistryAreTheOnesThatAnItemMayName) {
  const std::initializer_list<std::string_view> item = {"components", "schemas",
                                                        "Item"};
  const json::value without = OpenApi(rewards::BuiltInRegistry(), {});
  EXPECT_FALSE(
      At(without, item).at("properties").as_object().contains("profile"));
  EXPECT_EQ(At(without, item).at("required"),
            json::value({"id", "response", "checks"}));
  EXPECT_FALSE(At(without, item).as_object().contains("anyOf"));
  rewards::Profile profile;
  profile.name = "r1";
  const json::value with =
      OpenApi(rewards::Registry(rewards::BuiltInCheckers(),
                                rewards::BuiltInTemplates(), {profile}),
              {});
  EXPECT_EQ(At(with, item).at("properties").at("profile").at("enum"),
            json::value({"r1"}));
  EXPECT_EQ(At(with, item).at("required"), json::value({"id", "response"}));
  EXPECT_TRUE(At(with, item).as_object().contains("anyOf"));
}

TEST(DocsPageTest, EscapesWhatAPlugInMaySay) {
  json::object document = OpenApi(*testing::TestRegistry(), {});
  const std::string hostile = "<script>alert('1')</script>\"&{{x}}";
  document["info"].as_object()["description"] = hostile;
  json::object& schemas = document["components"].at("schemas").as_object();
  schemas["Check.equals"].as_object()["description"] = hostile;
  schemas["Check.equals"].at("properties").as_object()[hostile] = {
      {"type", hostile}, {"description", hostile}, {"default", hostile}};
  const std::string page = DocsPage(document);
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
}

TEST(DocsPageTest, AShapeThatItDoesNotKnowIsNoError) {
  EXPECT_FALSE(DocsPage({}).empty());
  json::object document = OpenApi(*testing::TestRegistry(), {});
  document["components"].at("schemas").as_object()["Odd"] = {
      {"properties", {{"a", 1}, {"b", nullptr}}},
      {"required", 5},
      {"oneOf", "x"},
      {"enum", 1}};
  EXPECT_NE(DocsPage(document).find("Odd"), std::string::npos);
}

TEST(OpenApiTest, LimitsAreThoseOfThisService) {
  protocol::Limits limits;
  limits.response_bytes = 77;
  const json::value document = OpenApi(*testing::TestRegistry(), limits);
  EXPECT_EQ(At(document, {"components", "schemas", "Item", "properties",
                          "response", "x-limit", "value"}),
            77);
}

}  // namespace
}  // namespace verifier::server
