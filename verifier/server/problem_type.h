// ProblemType: the kinds of refusals, as RFC 9457 names them. `type` in a
// problem is /problems/SLUG, which this service answers with the help. Plain
// constants; any thread.

#ifndef VERIFIER_SERVER_PROBLEM_TYPE_H_
#define VERIFIER_SERVER_PROBLEM_TYPE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace verifier::server {

struct ProblemType {
  std::string_view slug{};  // stable: clients may compare it
  int status = 500;
  std::string_view title{};
  std::string_view help{};  // what to do about it
};

inline constexpr std::string_view kProblemPath = "/problems/";

// Every type there is. A status has one or several; the first is its usual one.
[[nodiscard]] std::span<const ProblemType> ProblemTypes() noexcept;

// The type of `slug`, or null.
[[nodiscard]] const ProblemType* FindProblemType(
    std::string_view slug) noexcept;

// The usual type of `status`, or that of 500.
[[nodiscard]] const ProblemType& UsualProblemType(int status) noexcept;

// The place of `type` in ProblemTypes().
[[nodiscard]] std::size_t IndexOf(const ProblemType& type) noexcept;

// What GET /problems/SLUG answers: plain text, a few lines.
[[nodiscard]] std::string ProblemTypeText(const ProblemType& type);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_PROBLEM_TYPE_H_
