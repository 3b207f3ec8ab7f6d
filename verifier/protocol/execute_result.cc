#include "verifier/protocol/execute_result.h"

#include <boost/json/array.hpp>
#include <string_view>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/json_text.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr const char* kBase64 = "base64";

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
