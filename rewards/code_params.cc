#include "rewards/code_params.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/code_checker.h"
#include "rewards/code_test_params.h"
#include "rewards/run_limits.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::array<std::string_view, 2> kScores = {"all", "fraction"};
// In the order of code::CompareMode.
constexpr std::array<std::string_view, 5> kModes = {"tokens", "exact", "lines",
                                                    "float", "unordered"};

// Of the contract, but not of this version.
constexpr std::array<std::string_view, 3> kLaterParams = {"files", "entry",
                                                          "allow_in_process"};

constexpr double kMostTolerance = 1;
constexpr double kDefaultTolerance = 1e-6;

// The object at `key`; empty where it is absent.
ParamResult<object> ObjectParam(const object& params, std::string_view key) {
  const boost::json::value* value = params.if_contains(key);
  if (value == nullptr) return object();
  if (!value->is_object()) {
    return ParamError(Pointer(key), "must be an object");
  }
  return value->get_object();
}

template <std::size_t kCount>
std::optional<ParamError> Later(
    const object& params, const std::array<std::string_view, kCount>& keys,
    std::string_view instead) {
  for (const std::string_view key : keys) {
    if (!params.contains(key)) continue;
    return ParamError(Pointer(key),
                      "not in this version, which " + std::string(instead));
  }
  return std::nullopt;
}

ParamResult<code::CompareRule> CompareParam(const object& params) {
  constexpr std::string_view kKey = "compare";
  const auto compare = ObjectParam(params, kKey);
  if (!compare) return compare.error();
  const auto read = [&]() -> ParamResult<code::CompareRule> {
    if (auto error = UnknownKey(*compare, {"mode", "rel", "abs"})) {
      return *error;
    }
    const auto mode = ChoiceParam(*compare, "mode", kModes, "tokens");
    if (!mode) return mode.error();
    for (const char* key : {"rel", "abs"}) {
      if (*mode == "float" || !compare->contains(key)) continue;
      return ParamError(Pointer(key), "only with \"mode\": \"float\"");
    }
    const auto rel =
        NumberParam(*compare, "rel", 0, kMostTolerance, kDefaultTolerance);
    if (!rel) return rel.error();
    const auto abs =
        NumberParam(*compare, "abs", 0, kMostTolerance, kDefaultTolerance);
    if (!abs) return abs.error();
    const auto found = std::find(kModes.begin(), kModes.end(), *mode);
    return code::CompareRule{
        static_cast<code::CompareMode>(found - kModes.begin()), *rel, *abs};
  };
  auto rule = read();
  if (!rule) return Below(Pointer(kKey), rule.error());
  return rule;
}

object Number(double low, double high, double fallback) {
  return {{"type", "number"},
          {"minimum", low},
          {"maximum", high},
          {"default", fallback}};
}

template <std::size_t kCount>
object Choice(const std::array<std::string_view, kCount>& names) {
  return {{"type", "string"},
          {"enum", array(names.begin(), names.end())},
          {"default", names[0]}};
}

object Closed(object properties, array required = {}) {
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

}  // namespace

ParamResult<code::Task> CodeTask(const object& params) {
  if (auto error =
          Later(params, kLaterParams, "runs one file on standard input")) {
    return *error;
  }
  if (auto error = UnknownKey(
          params, {"language", "tests", "compare", "score", "limits"})) {
    return *error;
  }
  const auto language =
      ChoiceParam(params, "language", sandbox::LanguageNames());
  if (!language) return language.error();
  const auto score = ChoiceParam(params, "score", kScores, "all");
  if (!score) return score.error();
  const auto compare = CompareParam(params);
  if (!compare) return compare.error();
  const auto limits_object = ObjectParam(params, "limits");
  if (!limits_object) return limits_object.error();
  const auto limits = RunLimitsOf(*limits_object);
  if (!limits) return Below(Pointer("limits"), limits.error());
  auto tests = CodeTests(params);
  if (!tests) return tests.error();
  return code::Task{.tests = *std::move(tests),
                    .compare = *compare,
                    .language = sandbox::FindLanguage(*language),
                    .limits = *limits,
                    .until_failure = *score == "all"};
}

object CodeSchema() {
  const auto languages = sandbox::LanguageNames();
  const object compare = {
      {"mode", Choice(kModes)},
      {"rel", Number(0, kMostTolerance, kDefaultTolerance)},
      {"abs", Number(0, kMostTolerance, kDefaultTolerance)}};
  return Closed({{"language",
                  {{"type", "string"},
                   {"enum", array(languages.begin(), languages.end())}}},
                 {"tests",
                  {{"type", "array"},
                   {"minItems", 1},
                   {"maxItems", kMaxTests},
                   {"items", CodeTestSchema()}}},
                 {"compare", Closed(compare)},
                 {"score", Choice(kScores)},
                 {"limits", RunLimitsSchema()}},
                {"language", "tests"});
}

}  // namespace rewards
