#include "verifier/protocol/request_error.h"

#include <stdexcept>

namespace verifier::protocol {

void throw_exception_from_error(const RequestError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.pointer + ": " + error.detail);
}

RequestError NotJson(const JsonError& error) {
  return RequestError(
      400, error.pointer,
      error.detail + " (at byte " + std::to_string(error.offset) + ")");
}

RequestError Refusal(const FieldReader& fields) {
  return RequestError(fields.over_limit() ? 413 : 400, fields.error()->pointer,
                      fields.error()->detail);
}

}  // namespace verifier::protocol
