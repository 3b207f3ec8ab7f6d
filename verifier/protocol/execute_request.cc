#include "verifier/protocol/execute_request.h"

#include <array>
#include <boost/json/array.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "verifier/protocol/base64.h"
#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr FieldLimit kProgramBytes{
    "program_bytes",
    [](const Limits& l) { return std::uint64_t{l.program_bytes}; }, "bytes"};

constexpr Field kName{
    .name = "name", .required = true, .help = "1 to 255 bytes, no slash."};
constexpr Field kContent{.name = "content", .help = "Text."};
constexpr Field kBase64{.name = "base64",
                        .help = "Any bytes, in place of content.",
                        .must_be = "base64 (RFC 4648)"};
constexpr std::array kFileFields = {kName, kContent, kBase64};
constexpr ObjectType kFile{
    .name = "ExecuteFile",
    .help = "Lies in the working directory when the program starts.",
    .fields = kFileFields,
    .allowed = "a file is {\"name\", \"content\" or \"base64\"}"};
constexpr Field kOneFile{.type = FieldType::kObject, .object = &kFile};

constexpr Field kLanguage{.name = "language", .required = true};
constexpr Field kCode{.name = "code",
                      .help = "The program, one file.",
                      .subject = "the code",
                      .limit = kProgramBytes};
constexpr Field kFiles{
    .name = "files",
    .type = FieldType::kArray,
    .help =
        "The program and what it reads, in place of code. main.py is run; "
        "every .cc, .cpp and .cxx is compiled.",
    .must_be = "an array of at least one file",
    .subject = "the program",
    .limit = {"program_files",
              [](const Limits& l) { return std::uint64_t{l.program_files}; },
              "files"},
    .least = 1,
    .entries = &kOneFile};
constexpr Field kStdin{
    .name = "stdin",
    .help = "Standard input.",
    .subject = "the standard input",
    .limit = {"stdin_bytes",
              [](const Limits& l) { return std::uint64_t{l.stdin_bytes}; },
              "bytes"}};
constexpr Field kArg{.help = "Without NUL."};
constexpr Field kArgs{
    .name = "args",
    .type = FieldType::kArray,
    .help = "The program's arguments.",
    .must_be = "an array of strings",
    .subject = "the program",
    .limit = {"args", [](const Limits& l) { return std::uint64_t{l.args}; },
              "arguments"},
    .entries = &kArg};
constexpr Field kLimits{.name = "limits",
                        .type = FieldType::kObject,
                        .help = "What the run may use."};
constexpr Field kWanted{.help = "A file's name."};
constexpr Field kWantFiles{
    .name = "want_files",
    .type = FieldType::kArray,
    .help = "Files of the working directory that come back.",
    .must_be = "an array of strings",
    .subject = "the request",
    .limit = {"want_files",
              [](const Limits& l) { return std::uint64_t{l.want_files}; },
              "wanted files"},
    .entries = &kWanted};
constexpr std::array kRequestFields = {kLanguage, kCode,   kFiles,    kStdin,
                                       kArgs,     kLimits, kWantFiles};
constexpr ObjectType kRequest{
    .name = "ExecuteRequest",
    .help = "One program. Exactly one of code and files is there.",
    .fields = kRequestFields,
    .allowed =
        "the body is {\"language\", \"code\" or \"files\", \"stdin\", "
        "\"args\", \"limits\", \"want_files\"}"};

// Sums that are held against a limit of their own.
constexpr Field kAllFiles{
    .name = "files", .subject = "the program", .limit = kProgramBytes};
constexpr Field kAllArgs{
    .name = "args",
    .subject = "the arguments together",
    .limit = {"arg_bytes",
              [](const Limits& l) { return std::uint64_t{l.arg_bytes}; },
              "bytes"}};

std::string Place(const Field& field, std::size_t index) {
  return PointerToken(field.name) + "/" + std::to_string(index);
}

// Takes the string at `field`, where there is one. False after an error.
bool TakeText(FieldReader& reader, const Field& field, std::string& text) {
  const json::string* value = reader.Text(field);
  if (value != nullptr) text = std::string(*value);
  return !reader.error();
}

bool TakeTexts(FieldReader& reader, const Field& field,
               std::vector<std::string>& texts) {
  const json::array* array = reader.Array(field);
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    const json::string* text = (*array)[i].if_string();
    if (text == nullptr) {
      return reader.Fail(Place(field, i), "must be a string");
    }
    texts.emplace_back(*text);
  }
  return !reader.error();
}

// Reads one file at `place`; the error, if any.
std::optional<FieldError> TakeFile(const json::value& value,
                                   const Limits& limits,
                                   const std::string& place, NamedBytes& file) {
  const json::object* object = value.if_object();
  if (object == nullptr) return FieldError(place, std::string(kFile.allowed));
  FieldReader reader(*object, limits, place);
  if (!reader.OnlyFieldsOf(kFile) || !TakeText(reader, kName, file.name)) {
    return reader.error();
  }
  const bool encoded = object->contains(kBase64.name);
  if (encoded == object->contains(kContent.name)) {
    reader.Fail(PointerToken(encoded ? kBase64.name : kContent.name),
                "exactly one of \"content\" and \"base64\" is required");
    return reader.error();
  }
  if (!TakeText(reader, encoded ? kBase64 : kContent, file.content)) {
    return reader.error();
  }
  if (!encoded) return std::nullopt;
  auto bytes = FromBase64(file.content);
  if (!bytes) {
    reader.Fail(PointerToken(kBase64.name), "must be " + MustBe(kBase64, {}));
    return reader.error();
  }
  file.content = *std::move(bytes);
  return std::nullopt;
}

bool TakeFiles(FieldReader& reader, const Limits& limits,
               std::vector<NamedBytes>& files) {
  const json::array* array = reader.Array(kFiles);
  std::size_t bytes = 0;
  for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
    NamedBytes& file = files.emplace_back();
    if (auto error = TakeFile((*array)[i], limits, Place(kFiles, i), file)) {
      return reader.Fail(error->pointer, error->detail);
    }
    bytes += file.content.size();
  }
  return !reader.error() && reader.Within(kAllFiles, bytes);
}

bool TakeProgram(const json::object& body, FieldReader& reader,
                 const Limits& limits, ExecuteRequest& request) {
  const bool has_code = body.contains(kCode.name);
  if (has_code == body.contains(kFiles.name)) {
    return reader.Fail(PointerToken(has_code ? kFiles.name : kCode.name),
                       "exactly one of \"code\" and \"files\" is required");
  }
  if (!has_code) return TakeFiles(reader, limits, request.files);
  return TakeText(reader, kCode, request.code.emplace());
}

bool TakeArgs(FieldReader& reader, std::vector<std::string>& args) {
  if (!TakeTexts(reader, kArgs, args)) return false;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < args.size(); ++i) {
    bytes += args[i].size();
    if (args[i].find('\0') == std::string::npos) continue;
    return reader.Fail(Place(kArgs, i), "an argument has no NUL");
  }
  return reader.Within(kAllArgs, bytes);
}

bool TakeLimits(FieldReader& reader, json::object& limits) {
  const json::object* value = reader.Object(kLimits);
  if (value != nullptr) limits = *value;
  return !reader.error();
}

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
  FieldReader reader(*object, limits);
  ExecuteRequest request;
  if (!reader.OnlyFieldsOf(kRequest) ||
      !TakeText(reader, kLanguage, request.language) ||
      !TakeProgram(*object, reader, limits, request) ||
      !TakeText(reader, kStdin, request.input) ||
      !TakeArgs(reader, request.args) || !TakeLimits(reader, request.limits) ||
      !TakeTexts(reader, kWantFiles, request.want_files)) {
    return Refusal(reader);
  }
  return request;
}

}  // namespace verifier::protocol
