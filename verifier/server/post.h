// Post: what a request with a body asks the engine for, and how its results
// become the answer. Thread-safe: no state, no I/O.

#ifndef VERIFIER_SERVER_POST_H_
#define VERIFIER_SERVER_POST_H_

#include <boost/system/result.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/engine/engine.h"
#include "verifier/protocol/limits.h"
#include "verifier/server/routes.h"
#include "verifier/server/score_job.h"

namespace verifier::server {

struct Post {
  std::vector<protocol::Item> items{};
  engine::Task task{};  // where it is set, in place of items
  // The body of the answer, from the results in the items' order.
  std::function<std::string(const std::vector<protocol::ScoreResult>&)>
      answer{};
  bool streams = false;  // the results may be sent one by one
  bool large = false;    // the answer may be long, however short the request

  // Hands it to `engine`, see ScoreJob::Start.
  [[nodiscard]] std::optional<ScoreJob> Start(
      engine::Engine& engine, std::function<void()> on_done,
      std::shared_ptr<const engine::Registry> registry);
};

// Reads `body`, sent to `route`, which has a body (HasBody).
[[nodiscard]] boost::system::result<Post, protocol::RequestError> ReadPost(
    Route route, std::string_view body, const engine::Registry& registry,
    const engine::Engine& engine, const protocol::Limits& limits);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_POST_H_
