// Route: what a path of the server is for. Thread-safe: no state.

#ifndef TRAINER_SERVE_ROUTE_H_
#define TRAINER_SERVE_ROUTE_H_

#include <boost/beast/http/verb.hpp>
#include <string>
#include <string_view>

#include "trainer/serve/api_error.h"

namespace trainer::serve {

enum class RouteKind { kLive, kReady, kModels, kReward, kCompletion, kChat };

struct Route {
  RouteKind kind = RouteKind::kLive;
  std::string reward{};  // of kReward: the model's name
};

// The route of a request, or a 404 or a 405. What follows a '?' in `target`
// does not count.
[[nodiscard]] ApiResult<Route> FindRoute(boost::beast::http::verb method,
                                         std::string_view target);

// Errors of these paths have OpenAI's shape.
[[nodiscard]] bool IsOpenAi(std::string_view target);

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_ROUTE_H_
