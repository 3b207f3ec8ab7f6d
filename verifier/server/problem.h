// Problem: why a request was refused, as RFC 9457 problem details. Plain
// values; any thread.

#ifndef VERIFIER_SERVER_PROBLEM_H_
#define VERIFIER_SERVER_PROBLEM_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "verifier/protocol/request_error.h"
#include "verifier/server/problem_type.h"

namespace verifier::server {

struct Problem {
  Problem() = default;
  // Of the usual type of `status_in`.
  Problem(int status_in, std::string detail_in)
      : status(status_in),
        type(&UsualProblemType(status_in)),
        detail(std::move(detail_in)) {}
  // A body that was read and cannot be used.
  explicit Problem(const protocol::RequestError& error);

  int status = 500;  // HTTP status, 4xx or 5xx
  const ProblemType* type = &UsualProblemType(500);
  std::string detail{};   // one sentence; never the peer's own text
  std::string pointer{};  // JSON pointer into the body; used with has_pointer
  bool has_pointer = false;     // the body is at fault, at `pointer`
  std::string_view instance{};  // the path asked for, of ours; empty: none
  std::string_view allow{};     // of a 405: the methods that the path has
  int retry_after_s = 0;        // of a 503: seconds; 0: no such field
};

// The problem as application/problem+json: type, title, status, detail,
// instance and, where the body is at fault, errors: [{pointer, detail}]. There
// the pointer is a URI fragment (RFC 6901, section 6): "#/items/3".
[[nodiscard]] std::string ProblemText(const Problem& problem);

// Its description, for /openapi.json.
[[nodiscard]] const protocol::ObjectType& ProblemObject();

// "… is over limit.NAME = VALUE UNIT".
[[nodiscard]] std::string OverLimit(const std::string& what,
                                    const std::string& name, std::size_t value,
                                    const std::string& unit);

// A 503 of type `slug` with Retry-After from 1 to 3 s, so that refused clients
// spread.
[[nodiscard]] Problem Overloaded(std::string_view slug, std::string detail);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_PROBLEM_H_
