#include "verifier/protocol/execute_request.h"

#include <array>
#include <boost/json/array.hpp>
#include <cstdint>
#include <utility>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr std::uint64_t Size(std::size_t size) { return size; }

constexpr FieldLimit kProgramBytes{
    "program_bytes", [](const Limits& l) { return Size(l.program_bytes); },
    "bytes"};
constexpr std::string_view kFileName = "^[^/\\u0000]+$";

constexpr Field kName{.name = "name",
                      .required = true,
                      .help = "Where it lies in the working directory.",
                      .pattern = kFileName,
                      .most = 255};
constexpr Field kContent{.name = "content", .help = "Its text."};
constexpr Field kBase64{.name = "base64", .help = "Or its bytes (RFC 4648)."};
constexpr std::array kFileFields = {kName, kContent, kBase64};
constexpr ObjectType kFile{
    .name = "ExecuteFile",
    .fields = kFileFields,
    .allowed = "a file is {\"name\", \"content\" or \"base64\"}",
    .either = {"content", "base64"}};
constexpr Field kOneFile{.type = FieldType::kObject, .object = &kFile};

constexpr Field kLanguage{.name = "language", .required = true};
constexpr Field kCode{.name = "code",
                      .help = "The whole program, where it is one file.",
                      .subject = "code",
                      .limit = kProgramBytes};
constexpr Field kFiles{
    .name = "files",
    .type = FieldType::kArray,
    .help = "The program and what it reads; together limit.program_bytes.",
    .must_be = "an array of at least one file",
    .subject = "files",
    .limit = {"program_files",
              [](const Limits& l) { return Size(l.program_files); }, "entries"},
    .least = 1,
    .entries = &kOneFile};
constexpr Field kStdin{
    .name = "stdin",
    .help = "Standard input.",
    .subject = "stdin",
    .limit = {"stdin_bytes",
              [](const Limits& l) { return Size(l.stdin_bytes); }, "bytes"},
    .default_value = "\"\""};
constexpr Field kArg{.pattern = "^[^\\u0000]*$"};
constexpr Field kArgs{
    .name = "args",
    .type = FieldType::kArray,
    .help = "Arguments; together limit.arg_bytes.",
    .must_be = "an array of strings",
    .subject = "args",
    .limit = {"args", [](const Limits& l) { return Size(l.args); }, "entries"},
    .entries = &kArg};
constexpr Field kArgBytes{
    .name = "args",
    .subject = "args",
    .limit = {"arg_bytes", [](const Limits& l) { return Size(l.arg_bytes); },
              "bytes"}};
constexpr Field kLimits{.name = "limits",
                        .type = FieldType::kObject,
                        .help = "As a check of `code` has them."};
constexpr Field kWanted{.pattern = kFileName, .most = 255};
constexpr Field kWantFiles{
    .name = "want_files",
    .type = FieldType::kArray,
    .help = "Names of files that come back; together limit.returned_bytes.",
    .must_be = "an array of strings",
    .subject = "want_files",
    .limit = {"want_files", [](const Limits& l) { return Size(l.want_files); },
              "entries"},
    .entries = &kWanted};
constexpr std::array kFields = {kLanguage, kCode,   kFiles,    kStdin,
                                kArgs,     kLimits, kWantFiles};
constexpr ObjectType kRequest{
    .name = "ExecuteRequest",
    .fields = kFields,
    .allowed =
        "the body is {\"language\", \"code\" or \"files\", "
        "\"stdin\", \"args\", \"limits\", \"want_files\"}",
    .either = {"code", "files"}};

// All of them together; and the text of one that has no base64.
constexpr Field kAllFiles{
    .name = "files", .subject = "files", .limit = kProgramBytes};
constexpr Field kTextOfFile{.name = "content", .required = true};

void Take(const json::string* text, std::string& out) {
  if (text != nullptr) out = std::string(*text);
}

// Reads the fields of one body; the first problem stops it.
class Reader {
 public:
  Reader(const json::object& body, const Limits& limits)
      : body_(body), limits_(limits), fields_(body, limits) {}

  bool Read() {
    return fields_.OnlyFieldsOf(kRequest) && ReadLanguage() && ReadProgram() &&
           ReadInput() && ReadArgs() && ReadLimits() &&
           ReadTexts(kWantFiles, request_.want_files);
  }

  [[nodiscard]] ExecuteRequest& request() { return request_; }
  [[nodiscard]] RequestError error() const { return Refusal(fields_); }

 private:
  bool ok() { return !fields_.error(); }

  bool ReadLanguage() {
    Take(fields_.Text(kLanguage), request_.language);
    return ok();
  }

  bool ReadInput() {
    Take(fields_.Text(kStdin), request_.input);
    return ok();
  }

  // An array of strings.
  bool ReadTexts(const Field& field, std::vector<std::string>& texts) {
    const json::array* array = fields_.Array(field);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const json::string* text = (*array)[i].if_string();
      if (text == nullptr) {
        return fields_.Fail(PointerToken(field.name) + "/" + std::to_string(i),
                            "must be " + MustBe(*field.entries, limits_));
      }
      texts.emplace_back(*text);
    }
    return ok();
  }

  bool ReadProgram() {
    const bool has_code = body_.contains(kCode.name);
    if (has_code == body_.contains(kFiles.name)) {
      return fields_.Fail(has_code ? "/files" : "/code",
                          "exactly one of \"code\" and \"files\" is required");
    }
    if (!has_code) return ReadFiles();
    Take(fields_.Text(kCode), request_.code.emplace());
    return ok();
  }

  bool ReadFiles() {
    const json::array* files = fields_.Array(kFiles);
    std::size_t bytes = 0;
    for (std::size_t i = 0; files != nullptr && i < files->size(); ++i) {
      if (!ReadFile((*files)[i], "/files/" + std::to_string(i))) return false;
      bytes += request_.files.back().content.size();
    }
    return ok() && fields_.Within(kAllFiles, bytes);
  }

  bool ReadFile(const json::value& value, const std::string& place) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
      return fields_.Fail(place, std::string(kFile.allowed));
    }
    FieldReader file(*object, limits_, place);
    if (!ReadFile(*object, file)) fields_.error() = std::move(file.error());
    return ok();
  }

  bool ReadFile(const json::object& object, FieldReader& fields) {
    NamedBytes& file = request_.files.emplace_back();
    if (!fields.OnlyFieldsOf(kFile)) return false;
    Take(fields.LongText(kName), file.name);
    if (fields.error()) return false;
    if (!object.contains(kBase64.name)) {
      Take(fields.Text(kTextOfFile), file.content);
      return !fields.error();
    }
    if (object.contains(kContent.name)) {
      return fields.Fail("/base64",
                         "only one of \"content\" and \"base64\" is allowed");
    }
    const json::string* text = fields.Text(kBase64);
    if (text == nullptr) return false;
    auto bytes = FromBase64(*text);
    if (!bytes) return fields.Fail("/base64", "must be base64 (RFC 4648)");
    file.content = *std::move(bytes);
    return true;
  }

  bool ReadArgs() {
    if (!ReadTexts(kArgs, request_.args)) return false;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < request_.args.size(); ++i) {
      bytes += request_.args[i].size();
      if (request_.args[i].find('\0') == std::string::npos) continue;
      return fields_.Fail("/args/" + std::to_string(i),
                          "an argument has no NUL");
    }
    return fields_.Within(kArgBytes, bytes);
  }

  bool ReadLimits() {
    const json::object* limits = fields_.Object(kLimits);
    if (limits != nullptr) request_.limits = *limits;
    return ok();
  }

  const json::object& body_;
  const Limits& limits_;
  FieldReader fields_;
  ExecuteRequest request_;
};

}  // namespace

const ObjectType& ExecuteRequestType() { return kRequest; }

boost::system::result<ExecuteRequest, RequestError> ParseExecuteRequest(
    std::string_view body, const Limits& limits) {
  const auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values});
  if (!parsed) return NotJson(parsed.error());
  const json::object* object = parsed->if_object();
  if (object == nullptr) {
    return RequestError(400, "", std::string(kRequest.allowed));
  }
  Reader reader(*object, limits);
  if (!reader.Read()) return reader.error();
  return std::move(reader.request());
}

}  // namespace verifier::protocol
