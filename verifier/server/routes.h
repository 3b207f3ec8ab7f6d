// Routes: what a path and a method mean, and the answers that need no body.
// Thread-safe: no state.

#ifndef VERIFIER_SERVER_ROUTES_H_
#define VERIFIER_SERVER_ROUTES_H_

#include <optional>
#include <string>
#include <string_view>

#include "verifier/server/framing.h"
#include "verifier/server/problem.h"
#include "verifier/server/service.h"

namespace verifier::server {

enum class Route { kScore, kEqual, kExecute, kCheckers, kLive, kReady };

// True where the route is POST with a JSON body; else it is GET.
[[nodiscard]] constexpr bool HasBody(Route route) {
  return route == Route::kScore || route == Route::kEqual ||
         route == Route::kExecute;
}

// What is sent back.
struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body{};
  std::string allow{};    // the Allow field; empty: none
  int retry_after_s = 0;  // the Retry-After field; 0: none
};

// Finds the route of `head` into `route`. Returns the reason to refuse:
//   404  no such path (paths are exact: no decoding, no dots)
//   405  the path has other methods, see Problem::allow
//   415  a body that is not plain application/json
[[nodiscard]] std::optional<Problem> FindRoute(const RequestHead& head,
                                               Route& route);

// The answer of a route without a body.
[[nodiscard]] Answer AnswerGet(Route route, std::string_view target,
                               const Service& service);

// The answer that says `problem`.
[[nodiscard]] Answer ToAnswer(const Problem& problem);

// A 503 with Retry-After from 1 to 3 s, so that refused clients spread.
[[nodiscard]] Problem Overloaded(std::string detail);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_ROUTES_H_
