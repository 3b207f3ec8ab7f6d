// The description of what execute_result.cc writes.

#include <array>

#include "verifier/protocol/execute_result.h"

namespace verifier::protocol {
namespace {

constexpr std::array<std::string_view, 9> kVerdicts = {
    "OK", "RE", "TLE", "ILE", "OLE", "SV", "CE", "CTLE", "IE"};
constexpr std::array<std::string_view, 1> kEncodings = {"base64"};

constexpr Field kEncoding{.name = "encoding",
                          .help = "Where the bytes are not UTF-8.",
                          .choices = kEncodings};

constexpr std::array kProcessFields = {
    Field{.name = "exit_code",
          .type = FieldType::kWhole,
          .required = true,
          .nullable = true},
    Field{.name = "signal",
          .type = FieldType::kWhole,
          .required = true,
          .nullable = true},
    Field{.name = "cpu_ms",
          .type = FieldType::kNumber,
          .required = true,
          .least = 0},
    Field{.name = "wall_ms",
          .type = FieldType::kNumber,
          .required = true,
          .least = 0},
    Field{.name = "memory_kb",
          .type = FieldType::kWhole,
          .required = true,
          .least = 0},
    Field{.name = "stdout", .required = true},
    Field{.name = "stderr", .required = true},
    Field{.name = "truncated", .type = FieldType::kBoolean, .required = true},
    kEncoding};
constexpr ObjectType kProcess{.name = "ProcessResult",
                              .fields = kProcessFields};

constexpr std::array kFileFields = {
    Field{.name = "name", .required = true}, Field{.name = "content"},
    Field{.name = "error", .help = "Why there is no content."}, kEncoding};
constexpr ObjectType kFile{.name = "ReturnedFile", .fields = kFileFields};
constexpr Field kOneFile{.type = FieldType::kObject, .object = &kFile};

constexpr std::array kFields = {
    Field{.name = "verdict",
          .required = true,
          .help = "IE: we failed, and nothing is said of the program.",
          .choices = kVerdicts},
    Field{.name = "failure", .help = "Of IE: what failed."},
    Field{.name = "compile",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .object = &kProcess},
    Field{.name = "run",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .object = &kProcess},
    Field{.name = "files",
          .type = FieldType::kArray,
          .required = true,
          .help = "One for each of want_files.",
          .entries = &kOneFile},
    Field{.name = "enforced",
          .type = FieldType::kObject,
          .required = true,
          .nullable = true,
          .help = "What held the program; null: there is no jail."}};
constexpr ObjectType kResponse{.name = "ExecuteResponse", .fields = kFields};

}  // namespace

const ObjectType& ExecuteResponseType() { return kResponse; }

}  // namespace verifier::protocol
