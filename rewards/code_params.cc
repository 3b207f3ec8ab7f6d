#include "rewards/code_params.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/code_checker.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using sandbox::RunLimits;

constexpr std::array<std::string_view, 2> kScores = {"all", "fraction"};
// In the order of code::CompareMode.
constexpr std::array<std::string_view, 5> kModes = {"tokens", "exact", "lines",
                                                    "float", "unordered"};

// Of the contract, but not of this version.
constexpr std::array<std::string_view, 3> kLaterParams = {"files", "entry",
                                                          "allow_in_process"};
constexpr std::array<std::string_view, 7> kLaterTests = {
    "call", "args", "returns", "assert", "setup", "harness", "entry_point"};

constexpr double kLeastSeconds = 0.01;
constexpr double kMostCpuSeconds = 600;
constexpr double kMostWallSeconds = 1200;
constexpr double kDefaultCpuSeconds = 5;
// The default of "wall_s": enough for a busy machine.
constexpr double kDefaultWallSeconds = 10;
constexpr double kWallPerCpu = 2;
constexpr std::int64_t kLeastMemoryMb = 64;
constexpr std::int64_t kMostMemoryMb = 65536;
constexpr std::int64_t kDefaultMemoryMb = 512;
constexpr std::int64_t kMostOutputKb = 262144;
constexpr std::int64_t kDefaultOutputKb = 8192;
constexpr std::int64_t kMostProcesses = 256;
constexpr double kMostTolerance = 1;
constexpr double kDefaultTolerance = 1e-6;

std::chrono::microseconds Microseconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double>(seconds));
}

ParamError Below(std::string_view pointer, const ParamError& error) {
  return {std::string(pointer) + error.pointer, error.detail};
}

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

ParamResult<RunLimits> LimitsOf(const object& limits) {
  if (auto error = UnknownKey(
          limits, {"cpu_s", "wall_s", "memory_mb", "output_kb", "processes"})) {
    return *error;
  }
  const auto cpu = NumberParam(limits, "cpu_s", kLeastSeconds, kMostCpuSeconds,
                               kDefaultCpuSeconds);
  if (!cpu) return cpu.error();
  const auto wall =
      NumberParam(limits, "wall_s", kLeastSeconds, kMostWallSeconds,
                  std::max(kDefaultWallSeconds, kWallPerCpu * *cpu));
  if (!wall) return wall.error();
  const auto memory = IntParam(limits, "memory_mb", kLeastMemoryMb,
                               kMostMemoryMb, kDefaultMemoryMb);
  if (!memory) return memory.error();
  const auto output =
      IntParam(limits, "output_kb", 1, kMostOutputKb, kDefaultOutputKb);
  if (!output) return output.error();
  const auto processes = IntParam(limits, "processes", 1, kMostProcesses, 1);
  if (!processes) return processes.error();
  RunLimits result;
  result.cpu = Microseconds(*cpu);
  result.wall = Microseconds(*wall);
  result.memory_bytes = *memory * sandbox::kMiB;
  result.output_bytes = *output * sandbox::kKiB;
  result.processes = static_cast<int>(*processes);
  return result;
}

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

ParamResult<code::Test> TestOf(const boost::json::value& value) {
  const object* test = value.if_object();
  if (test == nullptr) return ParamError("", "must be an object");
  if (auto error = Later(*test, kLaterTests,
                         "runs tests of \"stdin\" and \"stdout\" alone")) {
    return *error;
  }
  if (auto error = UnknownKey(*test, {"stdin", "stdout"})) return *error;
  auto input = TextOf(*test, "stdin", "");
  if (!input) return input.error();
  auto expected = TextOf(*test, "stdout", std::nullopt);
  if (!expected) return expected.error();
  return code::Test{*std::move(input), *std::move(expected)};
}

ParamResult<std::vector<code::Test>> TestsParam(const object& params) {
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
  if (std::all_of(tests.begin(), tests.end(), [](const code::Test& test) {
        return code::IsBlank(test.expected);
      })) {
    return ParamError(Pointer(kKey),
                      "a program that prints nothing would pass all of them");
  }
  return tests;
}

object Number(double low, double high, double fallback) {
  return {{"type", "number"},
          {"minimum", low},
          {"maximum", high},
          {"default", fallback}};
}

object Whole(std::int64_t low, std::int64_t high, std::int64_t fallback) {
  return {{"type", "integer"},
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
  if (auto error = Later(params, kLaterParams,
                         "runs one Python file on standard input")) {
    return *error;
  }
  if (auto error = UnknownKey(
          params, {"language", "tests", "compare", "score", "limits"})) {
    return *error;
  }
  constexpr std::array<std::string_view, 1> kLanguages = {"python"};
  const auto language = ChoiceParam(params, "language", kLanguages);
  if (!language) return language.error();
  const auto score = ChoiceParam(params, "score", kScores, "all");
  if (!score) return score.error();
  const auto compare = CompareParam(params);
  if (!compare) return compare.error();
  const auto limits_object = ObjectParam(params, "limits");
  if (!limits_object) return limits_object.error();
  const auto limits = LimitsOf(*limits_object);
  if (!limits) return Below(Pointer("limits"), limits.error());
  auto tests = TestsParam(params);
  if (!tests) return tests.error();
  return code::Task{.tests = *std::move(tests),
                    .compare = *compare,
                    .limits = *limits,
                    .until_failure = *score == "all"};
}

object CodeSchema() {
  const object text = {{"type", "string"}, {"maxLength", kMaxTestBytes}};
  const object limits = {
      {"cpu_s", Number(kLeastSeconds, kMostCpuSeconds, kDefaultCpuSeconds)},
      {"wall_s", Number(kLeastSeconds, kMostWallSeconds, kDefaultWallSeconds)},
      {"memory_mb", Whole(kLeastMemoryMb, kMostMemoryMb, kDefaultMemoryMb)},
      {"output_kb", Whole(1, kMostOutputKb, kDefaultOutputKb)},
      {"processes", Whole(1, kMostProcesses, 1)}};
  const object compare = {
      {"mode", Choice(kModes)},
      {"rel", Number(0, kMostTolerance, kDefaultTolerance)},
      {"abs", Number(0, kMostTolerance, kDefaultTolerance)}};
  return Closed(
      {{"language", {{"type", "string"}, {"enum", array{"python"}}}},
       {"tests",
        {{"type", "array"},
         {"minItems", 1},
         {"maxItems", kMaxTests},
         {"items", Closed({{"stdin", text}, {"stdout", text}}, {"stdout"})}}},
       {"compare", Closed(compare)},
       {"score", Choice(kScores)},
       {"limits", Closed(limits)}},
      {"language", "tests"});
}

}  // namespace rewards
