// Problem: why a request was refused, as RFC 9457 problem details. Plain
// values; any thread.

#ifndef VERIFIER_SERVER_PROBLEM_H_
#define VERIFIER_SERVER_PROBLEM_H_

#include <string>
#include <utility>

namespace verifier::server {

struct Problem {
  Problem() = default;
  Problem(int status_in, std::string detail_in)
      : status(status_in), detail(std::move(detail_in)) {}

  int status = 500;       // HTTP status, 4xx or 5xx
  std::string detail{};   // one sentence; never the peer's own text
  std::string pointer{};  // JSON pointer into the body; used with has_pointer
  bool has_pointer = false;  // the body is at fault, at `pointer`
  std::string allow{};       // of a 405: the methods that the path has
  int retry_after_s = 0;     // of a 503: seconds; 0: no such field
};

// The problem as application/problem+json: type, title, status, detail and,
// where the body is at fault, errors: [{pointer, detail}].
[[nodiscard]] std::string ProblemText(const Problem& problem);

// "… is over limit.NAME = VALUE UNIT".
[[nodiscard]] std::string OverLimit(const std::string& what,
                                    const std::string& name, std::size_t value,
                                    const std::string& unit);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_PROBLEM_H_
