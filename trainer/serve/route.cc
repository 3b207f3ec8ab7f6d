#include "trainer/serve/route.h"

#include <array>

namespace trainer::serve {
namespace {

using boost::beast::http::verb;

constexpr std::string_view kRewardPath = "/v1/reward/";

struct Path {
  std::string_view path;
  RouteKind kind;
  bool post;
};
constexpr std::array kPaths = {
    Path{"/livez", RouteKind::kLive, false},
    Path{"/readyz", RouteKind::kReady, false},
    Path{"/v1/models", RouteKind::kModels, false},
    Path{"/v1/completions", RouteKind::kCompletion, true},
    Path{"/v1/chat/completions", RouteKind::kChat, true},
};

ApiResult<Route> Allowed(Route route, bool post, verb method) {
  const bool allowed =
      post ? method == verb::post : method == verb::get || method == verb::head;
  if (allowed) return route;
  ApiError error(405, "the path has another method");
  error.allow = post ? "POST" : "GET, HEAD";
  return error;
}

std::string_view PathOf(std::string_view target) {
  return target.substr(0, target.find('?'));
}

}  // namespace

ApiResult<Route> FindRoute(verb method, std::string_view target) {
  const std::string_view path = PathOf(target);
  for (const Path& one : kPaths) {
    if (path == one.path) return Allowed({one.kind, {}}, one.post, method);
  }
  if (path.starts_with(kRewardPath) && path.size() > kRewardPath.size()) {
    Route route{RouteKind::kReward,
                std::string(path.substr(kRewardPath.size()))};
    return Allowed(std::move(route), true, method);
  }
  return ApiError(404,
                  "there is no such path: the paths are /livez, /readyz, "
                  "/v1/models, /v1/reward/NAME, /v1/completions and "
                  "/v1/chat/completions");
}

bool IsOpenAi(std::string_view target) {
  const std::string_view path = PathOf(target);
  return path == "/v1/completions" || path == "/v1/chat/completions";
}

}  // namespace trainer::serve
