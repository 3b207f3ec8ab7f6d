#include "verifier/server/routes.h"

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <utility>

#include "verifier/engine/describe.h"
#include "verifier/protocol/json_text.h"
#include "verifier/server/docs_page.h"
#include "verifier/server/metrics.h"
#include "verifier/server/openapi.h"
#include "verifier/server/service.h"

namespace verifier::server {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::array kRoutes = {
    RouteInfo{Route::kScore, "/v1/score", "score",
              "Scores responses: one result an item, in their order. Scoring "
              "is pure: any request may be retried."},
    RouteInfo{Route::kEqual, "/v1/equal", "equal",
              "Holds answers against each other, for majority votes."},
    RouteInfo{
        Route::kExecute, "/v1/execute", "execute",
        "Runs one program in the jail: files in and out, verdict and usage, "
        "and what was enforced."},
    RouteInfo{Route::kCheckers, "/v1/checkers", "checkers",
              "Lists the checkers with the JSON Schema of their parameters."},
    RouteInfo{Route::kLive, "/livez", "livez", "Says that the process lives."},
    RouteInfo{Route::kLive, "/healthz", "healthz", "The same as /livez."},
    RouteInfo{Route::kReady, "/readyz", "readyz",
              "Says whether requests should be sent here; 503 while it drains. "
              "?verbose says more."},
    RouteInfo{Route::kMetrics, "/metrics", "metrics",
              "Counters in the text format of Prometheus."},
    RouteInfo{Route::kOpenApi, "/openapi.json", "openapi", "This description."},
    RouteInfo{Route::kDocs, "/docs", "docs", "The same, for people."},
    RouteInfo{Route::kProblem, "/problems/{slug}", "problem",
              "Explains one type of problem in plain text."},
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

// The type that `path` asks about, or null.
const ProblemType* ProblemOf(std::string_view path) {
  if (!path.starts_with(kProblemPath)) return nullptr;
  return FindProblemType(path.substr(kProblemPath.size()));
}

std::string Paths() {
  std::string text;
  for (const RouteInfo& one : kRoutes) {
    text += (text.empty() ? "" : ", ") + std::string(one.path);
  }
  return text;
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

std::span<const RouteInfo> Routes() noexcept { return kRoutes; }

std::optional<Problem> FindRoute(const RequestHead& head,
                                 const RouteInfo*& route) {
  const auto target = head.fields.target();
  const std::string_view path = UpTo({target.data(), target.size()}, "?");
  const auto* const found =
      std::find_if(kRoutes.begin(), kRoutes.end(), [path](const RouteInfo& r) {
        return r.route == Route::kProblem ? ProblemOf(path) != nullptr
                                          : r.path == path;
      });
  if (found == kRoutes.end()) {
    return Problem(404, "no such path; this service has " + Paths());
  }
  route = found;
  const http::verb method = head.fields.method();
  if (HasBody(found->route)) {
    if (method == http::verb::post) return CheckMediaType(head.fields);
  } else if (method == http::verb::get || method == http::verb::head) {
    return std::nullopt;
  }
  Problem problem(405, "this path has other methods: see Allow");
  problem.allow = HasBody(found->route) ? "POST" : "GET, HEAD";
  return problem;
}

Answer AnswerGet(Route route, std::string_view target, const Service& service) {
  Answer answer;
  switch (route) {
    case Route::kReady:
      return Ready(target, service);
    case Route::kMetrics:
      answer.content_type = kMetricsType;
      answer.body = MetricsText(service);
      return answer;
    case Route::kOpenApi:
      answer.body = protocol::JsonText(OpenApi(service));
      return answer;
    case Route::kDocs:
      answer.content_type = "text/html; charset=utf-8";
      answer.body = DocsPage(OpenApi(service));
      return answer;
    case Route::kCheckers:
      answer.body = protocol::JsonText(
          engine::DescribeCheckers(*service.snapshot.Get()->registry));
      return answer;
    case Route::kProblem:
      if (const ProblemType* type = ProblemOf(UpTo(target, "?"))) {
        return Text(200, ProblemTypeText(*type));
      }
      break;
    case Route::kScore:
    case Route::kEqual:
    case Route::kExecute:
    case Route::kLive:
      break;
  }
  return Text(200, "ok\n");
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

}  // namespace verifier::server
