#include "rewards/code_params.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/code/call_host.h"
#include "rewards/code_compare_params.h"
#include "rewards/code_test_params.h"
#include "rewards/param_schema.h"
#include "rewards/program_files_param.h"
#include "rewards/run_limits.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::array<std::string_view, 2> kScores = {"all", "fraction"};
// What happens after a test that is not passed.
constexpr std::array<std::string_view, 2> kStops = {"first_failure", "never"};

// Where the program is put, and what the item puts beside it.
struct Sources {
  std::string entry{};  // empty: Language::main
  std::vector<sandbox::ProgramFile> files{};
};

ParamResult<Sources> SourcesOf(const object& params,
                               const sandbox::Language& language) {
  Sources sources;
  const boost::json::value* listed = params.if_contains("files");
  if (listed == nullptr && !params.contains("entry")) return sources;
  auto entry = StringParam(params, "entry", language.main);
  if (!entry) return entry.error();
  sources.entry = *std::move(entry);
  if (!sandbox::IsSource(language, {.name = sources.entry})) {
    return ParamError("/entry",
                      "must be named like a file of " + language.name());
  }
  const std::vector<std::string_view> taken = code::CallFiles(language);
  if (std::find(taken.begin(), taken.end(), sources.entry) != taken.end()) {
    return ParamError("/entry", kNameIsTaken);
  }
  if (listed != nullptr) {
    auto files = ProgramFilesOf(*listed, taken);
    if (!files) return Below("/files", files.error());
    sources.files = *std::move(files);
  }
  sandbox::Language placed = language;
  placed.main = sources.entry;
  std::vector<sandbox::ProgramFile> all = sources.files;
  all.push_back({.name = sources.entry});
  std::string problem = sandbox::SourceProblem(placed, all);
  if (!problem.empty()) {
    return ParamError(listed == nullptr ? "/entry" : "/files",
                      std::move(problem));
  }
  return sources;
}

}  // namespace

ParamResult<code::Task> CodeTask(const object& params) {
  if (auto error = UnknownKey(
          params, {"language", "tests", "compare", "score", "stop", "limits",
                   "measures", "allow_in_process", "files", "entry"})) {
    return *error;
  }
  const auto language =
      ChoiceParam(params, "language", sandbox::LanguageNames());
  if (!language) return language.error();
  const sandbox::Language* const found = sandbox::FindLanguage(*language);
  if (found == nullptr) return ParamError("/language", "is there no more");
  const auto score = ChoiceParam(params, "score", kScores, "all");
  if (!score) return score.error();
  const auto stop = ChoiceParam(params, "stop", kStops,
                                *score == "all" ? kStops[0] : kStops[1]);
  if (!stop) return stop.error();
  const auto measures = BoolParam(params, "measures", false);
  if (!measures) return measures.error();
  const auto compare_object = ObjectParam(params, "compare");
  if (!compare_object) return compare_object.error();
  auto compare = CodeCompare(*compare_object);
  if (!compare) return Below(Pointer("compare"), compare.error());
  const auto limits_object = ObjectParam(params, "limits");
  if (!limits_object) return limits_object.error();
  const auto limits = RunLimitsOf(*limits_object);
  if (!limits) return Below(Pointer("limits"), limits.error());
  const auto in_process = BoolParam(params, "allow_in_process", false);
  if (!in_process) return in_process.error();
  auto sources = SourcesOf(params, *found);
  if (!sources) return sources.error();
  auto tests = CodeTests(params, *found, compare->checker.has_value());
  if (!tests) return tests.error();
  auto visible = VisibleTests(params);
  if (!visible) return visible.error();
  return code::Task{.tests = *std::move(tests),
                    .visible = *std::move(visible),
                    .compare = compare->rule,
                    .checker = std::move(compare->checker),
                    .language = found,
                    .entry = std::move(sources->entry),
                    .files = std::move(sources->files),
                    .limits = *limits,
                    .in_process = *in_process,
                    .until_failure = *stop == "first_failure",
                    .graded = *score == "fraction",
                    .measures = *measures};
}

object CodeSchema() {
  const auto languages = sandbox::LanguageNames();
  return ClosedSchema(
      {{"language",
        {{"type", "string"},
         {"enum", array(languages.begin(), languages.end())}}},
       {"tests",
        {{"type", "array"},
         {"minItems", 1},
         {"maxItems", kMaxTests},
         {"items", CodeTestSchema()}}},
       {"compare", CodeCompareSchema()},
       {"score", ChoiceSchema(kScores)},
       {"stop",
        {{"type", "string"}, {"enum", array(kStops.begin(), kStops.end())}}},
       {"limits", RunLimitsSchema()},
       {"measures", {{"type", "boolean"}, {"default", false}}},
       {"allow_in_process", {{"type", "boolean"}, {"default", false}}},
       {"files", ProgramFilesSchema()},
       {"entry", {{"type", "string"}}}},
      {"language", "tests"});
}

}  // namespace rewards
