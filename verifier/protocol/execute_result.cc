#include "verifier/protocol/execute_result.h"

#include <array>
#include <boost/json/array.hpp>
#include <string_view>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/json_text.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr const char* kBase64 = "base64";

constexpr std::array<std::string_view, 1> kEncodings = {kBase64};
constexpr Field kEncoding{.name = "encoding",
                          .help = "Where the bytes are no UTF-8.",
                          .choices = kEncodings};
constexpr std::array kProcessFields = {
    Field{.name = "exit_code",
          .type = FieldType::kWhole,
          .required = true,
          .nullable = true,
          .help = "null: it did not exit."},
    Field{.name = "signal",
          .type = FieldType::kWhole,
          .required = true,
          .nullable = true,
          .help = "null: it did not die of one of its own."},
    Field{.name = "cpu_ms", .type = FieldType::kNumber, .required = true},
    Field{.name = "wall_ms", .type = FieldType::kNumber, .required = true},
    Field{.name = "memory_kb", .type = FieldType::kWhole, .required = true},
    Field{.name = "stdout", .required = true},
    Field{.name = "stderr", .required = true},
    Field{.name = "truncated",
          .type = FieldType::kBoolean,
          .required = true,
          .help = "A stream was cut at its limit."},
    Field{.name = "cached",
          .type = FieldType::kBoolean,
          .help = "Only of compile: it ran earlier, or for another, for equal "
                  "sources, and these are its figures."},
    kEncoding};
constexpr ObjectType kProcess{
    .name = "ProcessResult",
    .help = "encoding says that both streams are base64.",
    .fields = kProcessFields};
constexpr std::array kFileFields = {
    Field{.name = "name", .required = true}, Field{.name = "content"},
    Field{.name = "error", .help = "Why there is no content."}, kEncoding};
constexpr ObjectType kFile{.name = "WantedFile", .fields = kFileFields};
constexpr Field kOneFile{.type = FieldType::kObject, .object = &kFile};

constexpr std::array<std::string_view, 10> kVerdicts = {
    "OK", "RE", "TLE", "ILE", "OLE", "MLE", "SV", "CE", "CTLE", "IE"};
constexpr std::array kResponseFields = {
    Field{.name = "verdict",
          .required = true,
          .help = "OK: it exited 0. TLE: processor time. ILE: time on the "
                  "clock. MLE: all processes together, at L3. CE, CTLE: of the "
                  "compiler. IE: ours, see failure.",
          .choices = kVerdicts},
    Field{.name = "failure", .help = "Of IE: what failed."},
    Field{.name = "compile",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .help = "null: nothing was compiled.",
          .object = &kProcess},
    Field{.name = "run",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .help = "null: it was not run.",
          .object = &kProcess},
    Field{.name = "files",
          .type = FieldType::kArray,
          .required = true,
          .help = "One for each of want_files, in their order, where it ran.",
          .entries = &kOneFile},
    Field{.name = "enforced",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .help = "What held the run, and its limits; null: no jail."}};
constexpr ObjectType kResponse{.name = "ExecuteResponse",
                               .fields = kResponseFields};

json::value OrNull(const std::optional<int>& number) {
  return number ? json::value(*number) : json::value(nullptr);
}

json::value ToJson(const std::optional<ProcessResult>& process) {
  if (!process) return nullptr;
  const bool text = IsUtf8(process->out) && IsUtf8(process->err);
  json::object object;
  object["exit_code"] = OrNull(process->exit_code);
  object["signal"] = OrNull(process->signal);
  object["cpu_ms"] = process->cpu_ms;
  object["wall_ms"] = process->wall_ms;
  object["memory_kb"] = process->memory_kb;
  object["stdout"] = text ? process->out : ToBase64(process->out);
  object["stderr"] = text ? process->err : ToBase64(process->err);
  object["truncated"] = process->truncated;
  if (process->cached) object["cached"] = *process->cached;
  if (!text) object["encoding"] = kBase64;
  return object;
}

json::object ToJson(const WantedFile& file) {
  json::object object;
  object["name"] = file.name;
  if (!file.problem.empty()) {
    object["error"] = file.problem;
  } else if (IsUtf8(file.content)) {
    object["content"] = file.content;
  } else {
    object["content"] = ToBase64(file.content);
    object["encoding"] = kBase64;
  }
  return object;
}

}  // namespace

const ObjectType& ExecuteResponseType() { return kResponse; }

std::string ExecuteResponseText(const ExecuteResult& result) {
  json::object object;
  object["verdict"] = result.verdict;
  if (!result.failure.empty()) object["failure"] = result.failure;
  object["compile"] = ToJson(result.compile);
  object["run"] = ToJson(result.run);
  json::array& files = object["files"].emplace_array();
  for (const WantedFile& file : result.files) files.push_back(ToJson(file));
  object["enforced"] =
      result.enforced ? json::value(*result.enforced) : json::value(nullptr);
  return JsonText(object);
}

}  // namespace verifier::protocol
