#include "verifier/protocol/execute_request.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <initializer_list>
#include <utility>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr std::string_view kShape =
    "the body is {\"language\", \"code\" or \"files\", \"stdin\", \"args\", "
    "\"limits\", \"want_files\"}";
constexpr std::string_view kFileShape =
    "a file is {\"name\", \"content\" or \"base64\"}";

// Reads the fields of one body; the first problem stops it.
class Reader {
 public:
  Reader(const json::object& body, const Limits& limits)
      : body_(body), limits_(limits) {}

  bool Read() {
    return OnlyKeys(body_, "",
                    {"language", "code", "files", "stdin", "args", "limits",
                     "want_files"},
                    kShape) &&
           Text(body_, "", "language", true, request_.language) &&
           ReadProgram() && Text(body_, "", "stdin", false, request_.input) &&
           Within("/stdin", "stdin", request_.input.size(), "stdin_bytes",
                  limits_.stdin_bytes, "bytes") &&
           ReadArgs() && ReadLimits() &&
           Texts("want_files", "want_files", limits_.want_files,
                 request_.want_files);
  }

  [[nodiscard]] ExecuteRequest& request() { return request_; }
  [[nodiscard]] const RequestError& error() const { return error_; }

 private:
  bool Fail(std::string pointer, std::string detail, int status = 400) {
    error_ = RequestError(status, std::move(pointer), std::move(detail));
    return false;
  }

  bool Within(const std::string& pointer, std::string_view what,
              std::size_t got, std::string_view name, std::size_t limit,
              std::string_view unit) {
    if (got <= limit) return true;
    return Fail(pointer,
                std::string(what) + " has " + std::to_string(got) + " " +
                    std::string(unit) + ", over limit." + std::string(name) +
                    " = " + std::to_string(limit),
                413);
  }

  bool OnlyKeys(const json::object& object, const std::string& place,
                std::initializer_list<std::string_view> known,
                std::string_view shape) {
    for (const auto& member : object) {
      const std::string_view key = member.key();
      if (std::find(known.begin(), known.end(), key) == known.end()) {
        return Fail(place + PointerToken(key),
                    "unknown field; " + std::string(shape));
      }
    }
    return true;
  }

  bool Text(const json::object& object, const std::string& place,
            std::string_view key, bool required, std::string& text) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr && !required) return true;
    const std::string pointer = place + "/" + std::string(key);
    if (value == nullptr) return Fail(pointer, "required: a string");
    if (!value->is_string()) return Fail(pointer, "must be a string");
    text = std::string(value->get_string());
    return true;
  }

  // An array of at most `most` strings.
  bool Texts(std::string_view key, std::string_view limit, std::size_t most,
             std::vector<std::string>& texts) {
    const json::value* value = body_.if_contains(key);
    if (value == nullptr) return true;
    const std::string pointer = "/" + std::string(key);
    const json::array* array = value->if_array();
    if (array == nullptr) return Fail(pointer, "must be an array of strings");
    if (!Within(pointer, key, array->size(), limit, most, "entries")) {
      return false;
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
      const json::string* text = (*array)[i].if_string();
      if (text == nullptr) {
        return Fail(pointer + "/" + std::to_string(i), "must be a string");
      }
      texts.emplace_back(*text);
    }
    return true;
  }

  bool ReadProgram() {
    const bool has_code = body_.contains("code");
    if (has_code == body_.contains("files")) {
      return Fail(has_code ? "/files" : "/code",
                  "exactly one of \"code\" and \"files\" is required");
    }
    if (!has_code) return ReadFiles();
    return Text(body_, "", "code", true, request_.code.emplace()) &&
           Within("/code", "code", request_.code->size(), "program_bytes",
                  limits_.program_bytes, "bytes");
  }

  bool ReadFiles() {
    const json::array* files = body_.at("files").if_array();
    if (files == nullptr || files->empty()) {
      return Fail("/files", "must be an array of at least one file");
    }
    if (!Within("/files", "files", files->size(), "program_files",
                limits_.program_files, "entries")) {
      return false;
    }
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < files->size(); ++i) {
      if (!ReadFile((*files)[i], "/files/" + std::to_string(i))) return false;
      bytes += request_.files.back().content.size();
    }
    return Within("/files", "files", bytes, "program_bytes",
                  limits_.program_bytes, "bytes");
  }

  bool ReadFile(const json::value& value, const std::string& pointer) {
    const json::object* object = value.if_object();
    if (object == nullptr) return Fail(pointer, std::string(kFileShape));
    NamedBytes& file = request_.files.emplace_back();
    if (!OnlyKeys(*object, pointer, {"name", "content", "base64"},
                  kFileShape) ||
        !Text(*object, pointer, "name", true, file.name)) {
      return false;
    }
    const bool encoded = object->contains("base64");
    if (encoded && object->contains("content")) {
      return Fail(pointer + "/base64",
                  "only one of \"content\" and \"base64\" is allowed");
    }
    if (!encoded) return Text(*object, pointer, "content", true, file.content);
    std::string text;
    if (!Text(*object, pointer, "base64", true, text)) return false;
    auto bytes = FromBase64(text);
    if (!bytes) return Fail(pointer + "/base64", "must be base64 (RFC 4648)");
    file.content = *std::move(bytes);
    return true;
  }

  bool ReadArgs() {
    if (!Texts("args", "args", limits_.args, request_.args)) return false;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < request_.args.size(); ++i) {
      bytes += request_.args[i].size();
      if (request_.args[i].find('\0') == std::string::npos) continue;
      return Fail("/args/" + std::to_string(i), "an argument has no NUL");
    }
    return Within("/args", "args", bytes, "arg_bytes", limits_.arg_bytes,
                  "bytes");
  }

  bool ReadLimits() {
    const json::value* value = body_.if_contains("limits");
    if (value == nullptr) return true;
    if (!value->is_object()) return Fail("/limits", "must be an object");
    request_.limits = value->get_object();
    return true;
  }

  const json::object& body_;
  const Limits& limits_;
  ExecuteRequest request_;
  RequestError error_;
};

}  // namespace

boost::system::result<ExecuteRequest, RequestError> ParseExecuteRequest(
    std::string_view body, const Limits& limits) {
  const auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values});
  if (!parsed) {
    return RequestError(400, parsed.error().pointer,
                        parsed.error().detail + " (at byte " +
                            std::to_string(parsed.error().offset) + ")");
  }
  const json::object* object = parsed->if_object();
  if (object == nullptr) return RequestError(400, "", std::string(kShape));
  Reader reader(*object, limits);
  if (!reader.Read()) return reader.error();
  return std::move(reader.request());
}

}  // namespace verifier::protocol
