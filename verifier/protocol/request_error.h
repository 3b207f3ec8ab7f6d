// RequestError: why a whole request was refused. A plain value; any thread.

#ifndef VERIFIER_PROTOCOL_REQUEST_ERROR_H_
#define VERIFIER_PROTOCOL_REQUEST_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <string>
#include <utility>

#include "verifier/protocol/field_reader.h"
#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {

struct RequestError {
  RequestError() = default;
  RequestError(int status_in, std::string pointer_in, std::string detail_in)
      : status(status_in),
        pointer(std::move(pointer_in)),
        detail(std::move(detail_in)) {}

  int status = 400;     // HTTP status: 400 or 413
  std::string pointer;  // JSON pointer from the body
  std::string detail;
};

[[noreturn]] void throw_exception_from_error(const RequestError& error,
                                             const boost::source_location&);

// What ParseStrictJson found in a body.
[[nodiscard]] RequestError NotJson(const JsonError& error);

// What a reader of the body's fields found: 413 over a limit, else 400.
// Requires: an error.
[[nodiscard]] RequestError Refusal(const FieldReader& fields);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_REQUEST_ERROR_H_
