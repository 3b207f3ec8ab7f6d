// Served: an HTTP checker and the server that it asks, which says whatever a
// test wants.

#ifndef TESTS_REWARDS_HTTP_SERVED_H_
#define TESTS_REWARDS_HTTP_SERVED_H_

#include <boost/json.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/http/http_checker.h"
#include "tests/rewards/fake_http_server.h"
#include "tests/rewards/plugin_reader.h"

namespace rewards::http {

inline std::string Id(const boost::json::object& body) {
  return std::string(body.at("id").as_string());
}
inline std::string Response(const boost::json::object& body) {
  return std::string(body.at("response").as_string());
}

// {"id", "score"} for a request.
inline std::string Scored(const boost::json::object& body, double score) {
  return boost::json::serialize(
      boost::json::object{{"id", Id(body)}, {"score", score}});
}

// 1 for "good", else 0.
inline std::string Honest(const boost::json::object& body) {
  return Http(Scored(body, Response(body) == "good" ? 1.0 : 0.0));
}

inline RemoteOptions OptionsFor(const std::string& url) {
  RemoteOptions options;
  options.name = "helpful";
  options.url = url;
  options.deadline = std::chrono::seconds(60);
  options.connect_timeout = std::chrono::seconds(60);
  return options;
}

class Served {
 public:
  explicit Served(FakeHttpServer::Answer answer,
                  const std::function<void(RemoteOptions&)>& change = {})
      : server(std::move(answer)) {
    RemoteOptions options = OptionsFor(server.url());
    if (change) change(options);
    std::string problem;
    checker = MakeHttpChecker(options, plugin::StrictReader(), problem);
    if (checker == nullptr) throw std::runtime_error(problem);
  }

  Verdict Judge(
      std::string_view response,
      std::chrono::milliseconds deadline = std::chrono::seconds(600)) const {
    return (*checker->Prepare(params))
        ->Judge({.prompt = "p", .response = response},
                {.deadline = std::chrono::steady_clock::now() + deadline});
  }

  FakeHttpServer server;
  boost::json::object params{};
  std::unique_ptr<const Checker> checker;
};

inline std::string Reason(const Verdict& verdict) {
  const boost::json::value* reason = verdict.detail.if_contains("reason");
  return reason == nullptr ? "" : std::string(reason->as_string());
}

}  // namespace rewards::http

#endif  // TESTS_REWARDS_HTTP_SERVED_H_
