// ExecuteRequest: POST /v1/execute, read and checked against Limits. Plain
// values; any thread.
//
// What only the sandbox can know (languages, names of files, the ranges of
// "limits") is checked later, by verifier/engine.

#ifndef VERIFIER_PROTOCOL_EXECUTE_REQUEST_H_
#define VERIFIER_PROTOCOL_EXECUTE_REQUEST_H_

#include <boost/json/object.hpp>
#include <boost/system/result.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/protocol/field.h"
#include "verifier/protocol/limits.h"
#include "verifier/protocol/request_error.h"

namespace verifier::protocol {

// A file by its bytes.
struct NamedBytes {
  std::string name{};
  std::string content{};
};

// One program to run. Exactly one of `code` and `files` is set.
struct ExecuteRequest {
  std::string language{};
  std::optional<std::string> code{};
  std::vector<NamedBytes> files{};
  std::string input{};  // "stdin"
  std::vector<std::string> args{};
  boost::json::object limits{};  // as a `code` check's
  std::vector<std::string> want_files{};
};

// What a body looks like.
[[nodiscard]] const ObjectType& ExecuteRequestType();

// Reads {"language", "code" | "files": [{"name", "content" | "base64"}],
// "stdin", "args", "limits", "want_files"}. Over a limit: 413, else 400.
[[nodiscard]] boost::system::result<ExecuteRequest, RequestError>
ParseExecuteRequest(std::string_view body, const Limits& limits = {});

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_EXECUTE_REQUEST_H_
