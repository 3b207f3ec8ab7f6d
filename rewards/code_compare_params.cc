#include "rewards/code_compare_params.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "rewards/judge_program_params.h"
#include "rewards/param_schema.h"

namespace rewards {
namespace {

using boost::json::object;

// In the order of code::CompareMode, and then one that none of them is.
constexpr std::array<std::string_view, 6> kModes = {
    "tokens", "exact", "lines", "float", "unordered", "testlib"};

constexpr double kMostTolerance = 1;
constexpr double kDefaultTolerance = 1e-6;

}  // namespace

ParamResult<CodeComparison> CodeCompare(const object& compare) {
  constexpr std::string_view kChecker = "checker";
  if (auto error = UnknownKey(compare, {"mode", "rel", "abs", kChecker})) {
    return *error;
  }
  const auto mode = ChoiceParam(compare, "mode", kModes, kModes.front());
  if (!mode) return mode.error();
  for (const char* key : {"rel", "abs"}) {
    if (*mode == "float" || !compare.contains(key)) continue;
    return ParamError(Pointer(key), "only with \"mode\": \"float\"");
  }
  const auto rel =
      NumberParam(compare, "rel", 0, kMostTolerance, kDefaultTolerance);
  if (!rel) return rel.error();
  const auto abs =
      NumberParam(compare, "abs", 0, kMostTolerance, kDefaultTolerance);
  if (!abs) return abs.error();
  const bool testlib = *mode == "testlib";
  if (testlib != compare.contains(kChecker)) {
    return ParamError(Pointer(kChecker),
                      testlib ? "required with \"mode\": \"testlib\""
                              : "only with \"mode\": \"testlib\"");
  }
  if (testlib) {
    const auto params = ObjectParam(compare, kChecker);
    if (!params) return params.error();
    auto checker = JudgeProgramOf(*params);
    if (!checker) return Below(Pointer(kChecker), checker.error());
    return CodeComparison{.checker = *std::move(checker)};
  }
  const auto found = std::find(kModes.begin(), kModes.end(), *mode);
  return CodeComparison{
      .rule = {static_cast<code::CompareMode>(found - kModes.begin()), *rel,
               *abs}};
}

object CodeCompareSchema() {
  const object tolerance = NumberSchema(0, kMostTolerance, kDefaultTolerance);
  return ClosedSchema({{"mode", ChoiceSchema(kModes)},
                       {"rel", tolerance},
                       {"abs", tolerance},
                       {"checker", JudgeProgramSchema()}});
}

}  // namespace rewards
