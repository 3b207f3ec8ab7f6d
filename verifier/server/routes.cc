#include "verifier/server/routes.h"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <random>
#include <utility>

#include "verifier/engine/describe.h"
#include "verifier/protocol/json_text.h"

namespace verifier::server {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

struct PathRoute {
  std::string_view path;
  Route route;
};

constexpr std::array kPaths = {
    PathRoute{"/v1/score", Route::kScore},
    PathRoute{"/v1/equal", Route::kEqual},
    PathRoute{"/v1/execute", Route::kExecute},
    PathRoute{"/v1/checkers", Route::kCheckers},
    PathRoute{"/livez", Route::kLive},
    PathRoute{"/healthz", Route::kLive},
    PathRoute{"/readyz", Route::kReady},
};

// `text` up to the first of `ends`.
std::string_view UpTo(std::string_view text, std::string_view ends) {
  return text.substr(0, text.find_first_of(ends));
}

std::optional<Problem> CheckMediaType(const http::fields& fields) {
  const auto type = fields[http::field::content_type];
  if (!beast::iequals(UpTo({type.data(), type.size()}, "; \t"),
                      "application/json") ||
      fields.count(http::field::content_type) != 1) {
    return Problem(415, "Content-Type must be application/json");
  }
  const auto encoding = fields[http::field::content_encoding];
  if (!encoding.empty() && !beast::iequals(encoding, "identity")) {
    return Problem(415, "no Content-Encoding is accepted: send plain JSON");
  }
  return std::nullopt;
}

Answer Text(int status, std::string body) {
  Answer answer;
  answer.status = status;
  answer.content_type = "text/plain; charset=utf-8";
  answer.body = std::move(body);
  return answer;
}

Answer Ready(std::string_view target, const Service& service) {
  const bool draining = service.draining;
  const bool verbose = target.ends_with("?verbose");
  std::string body = draining ? "draining\n" : "ok\n";
  if (verbose) {
    const engine::EngineStats stats = service.engine.stats();
    body =
        std::string(draining ? "[-]draining" : "[+]accepting") +
        "\n[+]engine waiting=" + std::to_string(stats.waiting) +
        " running=" + std::to_string(stats.running) +
        "\n[+]bodies held_bytes=" + std::to_string(service.bodies.held()) +
        "\n[+]connections open=" + std::to_string(service.connections.size()) +
        "\n" + body;
  }
  return Text(draining ? 503 : 200, std::move(body));
}

}  // namespace

std::optional<Problem> FindRoute(const RequestHead& head, Route& route) {
  const auto target = head.fields.target();
  const std::string_view path = UpTo({target.data(), target.size()}, "?");
  const auto* const found =
      std::find_if(kPaths.begin(), kPaths.end(),
                   [path](const PathRoute& one) { return one.path == path; });
  if (found == kPaths.end()) {
    return Problem(404,
                   "no such path; this service has /v1/score, /v1/equal, "
                   "/v1/execute, /v1/checkers, /livez, /readyz and /healthz");
  }
  route = found->route;
  const http::verb method = head.fields.method();
  if (HasBody(route)) {
    if (method == http::verb::post) return CheckMediaType(head.fields);
  } else if (method == http::verb::get || method == http::verb::head) {
    return std::nullopt;
  }
  Problem problem(405, "this path has other methods: see Allow");
  problem.allow = HasBody(route) ? "POST" : "GET, HEAD";
  return problem;
}

Answer AnswerGet(Route route, std::string_view target, const Service& service) {
  if (route == Route::kLive) return Text(200, "ok\n");
  if (route == Route::kReady) return Ready(target, service);
  Answer answer;
  answer.body =
      protocol::JsonText(engine::DescribeCheckers(service.engine.registry()));
  return answer;
}

Answer ToAnswer(const Problem& problem) {
  Answer answer;
  answer.status = problem.status;
  answer.content_type = "application/problem+json";
  answer.body = ProblemText(problem);
  answer.allow = problem.allow;
  answer.retry_after_s = problem.retry_after_s;
  return answer;
}

Problem Overloaded(std::string detail) {
  thread_local std::minstd_rand random(std::random_device{}());
  Problem problem(503, std::move(detail));
  problem.retry_after_s = std::uniform_int_distribution<int>(1, 3)(random);
  return problem;
}

}  // namespace verifier::server
