// Routes: what a path and a method mean, and the answers that need no body.
// Thread-safe: no state.
//
// Routes() is the one list: requests are matched with it, /metrics labels with
// it, and /openapi.json is made from it.

#ifndef VERIFIER_SERVER_ROUTES_H_
#define VERIFIER_SERVER_ROUTES_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "verifier/server/framing.h"
#include "verifier/server/problem.h"

namespace verifier::server {

struct Service;

enum class Route {
  kScore,
  kEqual,
  kExecute,
  kCheckers,
  kLive,
  kReady,
  kMetrics,
  kOpenApi,
  kDocs,
  kProblem,
};

struct RouteInfo {
  Route route{};
  // Exact; a last {slug} stands for any one name.
  std::string_view path{};
  std::string_view operation{};  // its name in /openapi.json
  std::string_view summary{};    // for people
};

[[nodiscard]] std::span<const RouteInfo> Routes() noexcept;

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
  std::string_view allow{};  // the Allow field; empty: none
  int retry_after_s = 0;     // the Retry-After field; 0: none
};

// Finds the route of `head` into `route`, which stays null where the path is
// none of ours. Returns the reason to refuse:
//   404  no such path (paths are exact: no decoding, no dots)
//   405  the path has other methods, see Problem::allow
//   415  a body that is not plain application/json
[[nodiscard]] std::optional<Problem> FindRoute(const RequestHead& head,
                                               const RouteInfo*& route);

// The answer of a route without a body.
[[nodiscard]] Answer AnswerGet(Route route, std::string_view target,
                               const Service& service);

// The answer that says `problem`.
[[nodiscard]] Answer ToAnswer(const Problem& problem);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_ROUTES_H_
