#include "rewards/judge_program_params.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/param_schema.h"
#include "rewards/program_files_param.h"
#include "rewards/run_limits.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using sandbox::ProgramFile;

// In the order of code::JudgeProtocol.
constexpr std::array<std::string_view, 2> kProtocols = {"testlib", "exit"};

constexpr double kLeastPoints = 1e-6;

// Names that its program finds something else under.
constexpr std::array<std::string_view, 3> kTaken = {
    code::kInputFile, code::kOutputFile, code::kAnswerFile};

// Of "code" or "files".
ParamResult<std::vector<ProgramFile>> SourcesOf(
    const object& params, const sandbox::Language& language) {
  const boost::json::value* listed = params.if_contains("files");
  const std::string key = listed == nullptr ? "/code" : "/files";
  std::vector<ProgramFile> files;
  if (listed == nullptr) {
    auto source = StringParam(params, "code");
    if (!source) return source.error();
    if (source->size() > kMaxProgramBytes) {
      return ParamError(key, "must be of at most " +
                                 std::to_string(kMaxProgramBytes) + " bytes");
    }
    files.push_back({.name = language.main, .content = *std::move(source)});
  } else if (params.contains("code")) {
    return ParamError(key, "not beside \"code\"");
  } else {
    auto read = ProgramFilesOf(*listed, kTaken);
    if (!read) return Below(key, read.error());
    files = *std::move(read);
  }
  std::string problem = sandbox::SourceProblem(language, files);
  if (!problem.empty()) return ParamError(key, std::move(problem));
  return files;
}

}  // namespace

ParamResult<code::JudgeProgram> JudgeProgramOf(const object& params) {
  if (auto error = UnknownKey(params, {"language", "code", "files", "protocol",
                                       "points", "limits"})) {
    return *error;
  }
  const auto language =
      ChoiceParam(params, "language", sandbox::LanguageNames());
  if (!language) return language.error();
  const sandbox::Language* const found = sandbox::FindLanguage(*language);
  if (found == nullptr) return ParamError("/language", "is there no more");
  const auto protocol =
      ChoiceParam(params, "protocol", kProtocols, kProtocols.front());
  if (!protocol) return protocol.error();
  const bool testlib = *protocol == "testlib";
  if (!testlib && params.contains("points")) {
    return ParamError("/points", "only with \"protocol\": \"testlib\"");
  }
  const auto points =
      NumberParam(params, "points", kLeastPoints, kMaxJudgePoints, 1);
  if (!points) return points.error();
  const auto limits_object = ObjectParam(params, "limits");
  if (!limits_object) return limits_object.error();
  const auto limits = RunLimitsOf(*limits_object);
  if (!limits) return Below("/limits", limits.error());
  code::JudgeProgram judge{.language = found,
                           .protocol = testlib ? code::JudgeProtocol::kTestlib
                                               : code::JudgeProtocol::kExit,
                           .points = *points,
                           .limits = *limits};
  auto files = SourcesOf(params, *judge.language);
  if (!files) return files.error();
  judge.files = *std::move(files);
  return judge;
}

object JudgeProgramSchema() {
  const auto languages = sandbox::LanguageNames();
  const object text = {{"type", "string"}, {"maxLength", kMaxProgramBytes}};
  return ClosedSchema(
      {{"language",
        {{"type", "string"},
         {"enum", array(languages.begin(), languages.end())}}},
       {"code", text},
       {"files", ProgramFilesSchema()},
       {"protocol", ChoiceSchema(kProtocols)},
       {"points", NumberSchema(kLeastPoints, kMaxJudgePoints, 1)},
       {"limits", RunLimitsSchema()}},
      {"language"});
}

}  // namespace rewards
