#include "rewards/code_test_params.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "rewards/code/compare.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;

// Of the contract, but not of this version.
constexpr std::array<std::string_view, 7> kLater = {
    "call", "args", "returns", "assert", "setup", "harness", "entry_point"};

ParamResult<std::string> TextOf(const object& test, std::string_view key,
                                std::optional<std::string_view> fallback) {
  auto text = StringParam(test, key, fallback);
  if (text && text->size() > kMaxTestBytes) {
    return ParamError(
        Pointer(key),
        "must be of at most " + std::to_string(kMaxTestBytes) + " bytes");
  }
  return text;
}

ParamResult<code::Test> StreamTestOf(const object& test) {
  if (auto error = UnknownKey(test, {"stdin", "stdout"})) return *error;
  auto input = TextOf(test, "stdin", "");
  if (!input) return input.error();
  auto expected = TextOf(test, "stdout", std::nullopt);
  if (!expected) return expected.error();
  return code::Test(code::StreamTest{*std::move(input), *std::move(expected)});
}

ParamResult<code::Test> TestOf(const boost::json::value& value) {
  const object* test = value.if_object();
  if (test == nullptr) return ParamError("", "must be an object");
  for (const std::string_view key : kLater) {
    if (!test->contains(key)) continue;
    return ParamError(Pointer(key),
                      "not in this version, which runs tests of \"stdin\" and "
                      "\"stdout\" alone");
  }
  return StreamTestOf(*test);
}

bool IsBlank(const code::Test& test) {
  const auto* stream = std::get_if<code::StreamTest>(&test);
  return stream != nullptr && code::IsBlank(stream->expected);
}

}  // namespace

ParamResult<std::vector<code::Test>> CodeTests(const object& params,
                                               bool checked) {
  constexpr std::string_view kKey = "tests";
  const boost::json::value* value = params.if_contains(kKey);
  const array* items = value == nullptr ? nullptr : value->if_array();
  if (items == nullptr || items->empty() || items->size() > kMaxTests) {
    return ParamError(Pointer(kKey), "required: an array of 1 to " +
                                         std::to_string(kMaxTests) + " tests");
  }
  std::vector<code::Test> tests;
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto test = TestOf((*items)[i]);
    if (!test) {
      return Below(Pointer(kKey) + "/" + std::to_string(i), test.error());
    }
    tests.push_back(*std::move(test));
  }
  if (!checked && std::all_of(tests.begin(), tests.end(), IsBlank)) {
    return ParamError(Pointer(kKey),
                      "a program that prints nothing would pass all of them");
  }
  return tests;
}

object CodeTestSchema() {
  const object text = {{"type", "string"}, {"maxLength", kMaxTestBytes}};
  return {{"type", "object"},
          {"properties", {{"stdin", text}, {"stdout", text}}},
          {"required", array{"stdout"}},
          {"additionalProperties", false}};
}

}  // namespace rewards
