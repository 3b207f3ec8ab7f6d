// ApiError: why a request has no answer, as RFC 9457 problem details or as
// OpenAI's clients expect it. Plain values; any thread.

#ifndef TRAINER_SERVE_API_ERROR_H_
#define TRAINER_SERVE_API_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "trainer/serve/backend.h"
#include "verifier/protocol/request_error.h"

namespace trainer::serve {

struct ApiError {
  ApiError() = default;
  ApiError(int status_in, std::string detail_in)
      : status(status_in), detail(std::move(detail_in)) {}
  // A body that was read and cannot be used.
  explicit ApiError(const verifier::protocol::RequestError& error)
      : status(error.status), detail(error.detail), pointer(error.pointer) {}
  explicit ApiError(const BackendError& error);

  int status = 500;          // HTTP status, 4xx or 5xx
  std::string detail{};      // one sentence
  std::string pointer{};     // JSON pointer into the body; empty: none
  std::string_view allow{};  // of a 405: the methods that the path has
  int retry_after_s = 0;     // of a 503: seconds; 0: no such field
};

// What result<T, ApiError>::value() does with an error: a defect of the caller.
[[noreturn]] void throw_exception_from_error(const ApiError& error,
                                             const boost::source_location&);

template <typename T>
using ApiResult = boost::system::result<T, ApiError>;

// A 503 with Retry-After: 1.
[[nodiscard]] ApiError Overloaded(std::string detail);

// "WHAT is over limit.NAME = VALUE UNIT".
[[nodiscard]] std::string OverLimit(std::string_view what,
                                    std::string_view name, std::size_t value,
                                    std::string_view unit);

// application/problem+json: type, title, status, detail and, where the body is
// at fault, errors: [{pointer, detail}].
[[nodiscard]] std::string ProblemText(const ApiError& error);

// {"error": {"message", "type", "param", "code"}}.
[[nodiscard]] std::string OpenAiErrorText(const ApiError& error);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_API_ERROR_H_
