#include "rewards/code_compare_params.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "rewards/param_schema.h"

namespace rewards {
namespace {

using boost::json::object;

// In the order of code::CompareMode.
constexpr std::array<std::string_view, 5> kModes = {"tokens", "exact", "lines",
                                                    "float", "unordered"};

constexpr double kMostTolerance = 1;
constexpr double kDefaultTolerance = 1e-6;

}  // namespace

ParamResult<code::CompareRule> CodeCompare(const object& compare) {
  if (auto error = UnknownKey(compare, {"mode", "rel", "abs"})) return *error;
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
  const auto found = std::find(kModes.begin(), kModes.end(), *mode);
  return code::CompareRule{
      static_cast<code::CompareMode>(found - kModes.begin()), *rel, *abs};
}

object CodeCompareSchema() {
  const object tolerance = NumberSchema(0, kMostTolerance, kDefaultTolerance);
  return ClosedSchema(
      {{"mode", ChoiceSchema(kModes)}, {"rel", tolerance}, {"abs", tolerance}});
}

}  // namespace rewards
