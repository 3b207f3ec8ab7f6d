#include "verifier/server/openapi.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <span>
#include <string>
#include <utility>

#include "verifier/protocol/schema.h"
#include "verifier/server/build_info.h"
#include "verifier/server/openapi_schemas.h"
#include "verifier/server/service.h"

namespace verifier::server {
namespace {

namespace json = boost::json;
using protocol::SchemaReference;

// What is sent to a route with a body, and what comes back: examples that the
// tests send.
struct Bodies {
  Route route{};
  std::string_view request{};
  std::string_view response{};
  std::string_view example{};
  std::string_view answer{};  // but for times
};

constexpr std::array kBodies = {
    Bodies{Route::kScore, "ScoreRequest", "ScoreResponse",
           R"({"items": [{"id": "q17/3",
               "response": "<think>6 times 7</think> So it is \\boxed{42}.",
               "checks": [{"checker": "math", "gold": "42"},
                          {"checker": "format", "weight": 0.5}]}]})",
           R"({"results": [{"id": "q17/3", "status": "ok", "reward": 1.5,
               "queue_us": 40, "exec_us": 210, "checks": [
                {"checker": "math", "outcome": "correct", "score": 1.0,
                 "weight": 1.0, "evidence": "proved",
                 "detail": {"reason": "equal numbers", "extracted": "42"},
                 "elapsed_us": 31},
                {"checker": "format", "outcome": "correct", "score": 1.0,
                 "weight": 0.5, "detail": {"reason": "ok", "template": "r1"},
                 "elapsed_us": 4}]}]})"},
    Bodies{Route::kEqual, "EqualRequest", "EqualResponse",
           R"({"pairs": [["1/2", "0.5"], ["1", "2"]]})",
           R"({"results": [
               {"equal": true, "evidence": "proved",
                "reason": "the same normal form"},
               {"equal": false, "evidence": "refuted",
                "reason": "different numbers"}]})"},
    Bodies{Route::kExecute, "ExecuteRequest", "ExecuteResponse",
           R"json({"language": "python", "code": "print(int(input()) * 2)",
               "stdin": "21\n", "limits": {"cpu_s": 2}})json",
           R"({"verdict": "OK", "compile": null,
               "run": {"exit_code": 0, "signal": null, "cpu_ms": 12.1,
                "wall_ms": 14.8, "memory_kb": 9500, "stdout": "42\n",
                "stderr": "", "truncated": false},
               "files": [], "enforced": {"level": "L2"}})"},
};

// Statuses that any request may be answered with, whatever it asks for.
constexpr std::array kAlways = {400, 408, 411, 413, 414,
                                417, 431, 500, 503, 505};

std::string ResponseName(int status) {
  return "Problem" + std::to_string(status);
}

json::object TextBody() {
  return {{"text/plain", {{"schema", {{"type", "string"}}}}}};
}

json::object JsonBody(std::string_view schema) {
  return {{"application/json", {{"schema", SchemaReference(schema)}}}};
}

json::object Header(std::string_view help, std::string_view type) {
  return {
      {"description", help}, {"required", true}, {"schema", {{"type", type}}}};
}

json::object Response(std::string_view help, json::object content) {
  return {{"description", help},
          {"headers",
           {{"X-Request-Id", {{"$ref", "#/components/headers/RequestId"}}}}},
          {"content", std::move(content)}};
}

// The problems of one status, as a component.
json::object ProblemResponse(int status) {
  std::string help;
  for (const ProblemType& type : ProblemTypes()) {
    if (type.status != status) continue;
    help += (help.empty() ? "" : "; ") + std::string(type.slug) + ": " +
            std::string(type.title);
  }
  json::object response = Response(
      help,
      {{"application/problem+json", {{"schema", SchemaReference("Problem")}}}});
  if (status == 503) {
    response["headers"].as_object()["Retry-After"] =
        Header("Seconds to wait before asking again.", "integer");
  }
  return response;
}

void AddProblems(std::span<const int> statuses, json::object& responses) {
  for (const int status : statuses) {
    responses[std::to_string(status)] = {
        {"$ref", "#/components/responses/" + ResponseName(status)}};
  }
}

json::object Good(const RouteInfo& info) {
  switch (info.route) {
    case Route::kScore: {
      json::object content = JsonBody("ScoreResponse");
      content["application/x-ndjson"] = {
          {"schema",
           {{"type", "string"},
            {"description",
             "Where Accept prefers it: each line a ScoreResult, as it comes; "
             "the last a StreamEnd."}}}};
      return Response("One result an item.", std::move(content));
    }
    case Route::kEqual:
      return Response("One result a pair.", JsonBody("EqualResponse"));
    case Route::kExecute:
      return Response("How it ended.", JsonBody("ExecuteResponse"));
    case Route::kCheckers:
      return Response("The checkers.", JsonBody("CheckerList"));
    case Route::kOpenApi:
      return Response("OpenAPI 3.1.", {{"application/json",
                                        {{"schema", {{"type", "object"}}}}}});
    case Route::kDocs:
      return Response("A page.",
                      {{"text/html", {{"schema", {{"type", "string"}}}}}});
    case Route::kLive:
    case Route::kReady:
    case Route::kMetrics:
    case Route::kProblem:
      break;
  }
  return Response("Text.", TextBody());
}

json::object Parameter(std::string_view name, std::string_view in,
                       std::string_view help, json::object schema) {
  return {{"name", name},
          {"in", in},
          {"description", help},
          {"required", in == "path"},
          {"schema", std::move(schema)}};
}

json::array Parameters(Route route) {
  json::array parameters = {
      Parameter("X-Request-Id", "header",
                "Comes back; without it, or where it holds more than 128 "
                "letters, digits and ._:-, one is made.",
                {{"type", "string"}})};
  if (route == Route::kProblem) {
    json::array slugs;
    for (const ProblemType& type : ProblemTypes()) {
      slugs.emplace_back(type.slug);
    }
    parameters.push_back(Parameter("slug", "path", "The end of its `type`.",
                                   {{"enum", std::move(slugs)}}));
  }
  if (route == Route::kReady) {
    parameters.push_back(
        Parameter("verbose", "query", "Without a value: says more.", {}));
  }
  return parameters;
}

void AddBodies(Route route, json::object& operation) {
  const auto* const bodies =
      std::find_if(kBodies.begin(), kBodies.end(),
                   [route](const Bodies& one) { return one.route == route; });
  if (bodies == kBodies.end()) return;
  json::object content = JsonBody(bodies->request);
  content["application/json"].as_object()["example"] =
      json::parse(bodies->example);
  operation["requestBody"] = {{"required", true},
                              {"content", std::move(content)}};
  operation["responses"]
      .at("200")
      .at("content")
      .at("application/json")
      .as_object()["example"] = json::parse(bodies->answer);
}

json::object Operation(const RouteInfo& info) {
  json::object responses{{"200", Good(info)}};
  AddProblems(kAlways, responses);
  if (HasBody(info.route)) AddProblems(std::array{415}, responses);
  if (info.route == Route::kProblem) AddProblems(std::array{404}, responses);
  if (info.route == Route::kReady) {
    json::object draining = ProblemResponse(503);
    draining["description"] = "It drains; or connections-full.";
    draining["headers"].as_object().erase("Retry-After");
    draining["content"].as_object()["text/plain"] = TextBody().at("text/plain");
    responses["503"] = std::move(draining);
  }
  json::object operation{{"operationId", info.operation},
                         {"summary", info.summary},
                         {"parameters", Parameters(info.route)},
                         {"responses", std::move(responses)}};
  AddBodies(info.route, operation);
  return operation;
}

// The same for HEAD: no answer has a body.
json::object HeadOf(json::object operation) {
  operation["operationId"] =
      std::string(operation["operationId"].as_string()) + "Head";
  json::object& responses = operation["responses"].as_object();
  for (auto& response : responses) {
    response.value() = {{"description", "As GET, without the body."}};
  }
  return operation;
}

json::object Paths() {
  json::object paths;
  for (const RouteInfo& info : Routes()) {
    json::object operation = Operation(info);
    if (HasBody(info.route)) {
      paths[info.path] = {{"post", std::move(operation)}};
    } else {
      paths[info.path] = {{"get", operation}, {"head", HeadOf(operation)}};
    }
  }
  return paths;
}

json::object ProblemResponses() {
  json::object responses;
  for (const ProblemType& type : ProblemTypes()) {
    json::value& one = responses[ResponseName(type.status)];
    if (one.is_null()) one = ProblemResponse(type.status);
  }
  return responses;
}

}  // namespace

json::object OpenApi(const engine::Registry& registry,
                     const protocol::Limits& limits) {
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Assay"},
        {"version", BuildVersion()},
        {"description",
         "Rewards for reinforcement learning on language models. A failure of "
         "the service is never a number."},
        {"license", {{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
      {"paths", Paths()},
      {"components",
       {{"schemas", OpenApiSchemas(registry, limits)},
        {"headers",
         {{"RequestId", Header("The name of this request.", "string")}}},
        {"responses", ProblemResponses()}}}};
}

json::object OpenApi(const Service& service) {
  const auto snapshot = service.snapshot.Get();
  return OpenApi(*snapshot->registry, snapshot->options.limits);
}

}  // namespace verifier::server
