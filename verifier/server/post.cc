#include "verifier/server/post.h"

#include <memory>
#include <utility>

#include "verifier/engine/equal.h"
#include "verifier/engine/execute.h"
#include "verifier/protocol/equal_request.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::server {
namespace {

using PostResult = boost::system::result<Post, protocol::RequestError>;

PostResult ReadScore(std::string_view body, const protocol::Limits& limits) {
  auto items = protocol::ParseScoreRequest(body, limits);
  if (!items) return items.error();
  return Post{.items = *std::move(items),
              .answer = protocol::ScoreResponseText,
              .streams = true};
}

PostResult ReadEqual(std::string_view body, const rewards::Registry& registry,
                     const protocol::Limits& limits) {
  const auto request = protocol::ParseEqualRequest(body, limits);
  if (!request) return request.error();
  auto items = engine::EqualItems(registry, *request);
  if (!items) return items.error();
  return Post{
      .items = *std::move(items),
      .answer = [](const std::vector<protocol::ScoreResult>& results) {
        return protocol::EqualResponseText(engine::EqualResults(results));
      }};
}

PostResult ReadExecute(std::string_view body, const engine::Engine& engine,
                       const protocol::Limits& limits) {
  auto request = protocol::ParseExecuteRequest(body, limits);
  if (!request) return request.error();
  auto execution = engine::PrepareExecution(*std::move(request), limits);
  if (!execution) return execution.error();
  const auto result = std::make_shared<protocol::ExecuteResult>();
  return Post{.task = engine::ExecuteTask(engine.options().runner,
                                          *std::move(execution), result),
              .answer =
                  [result](const std::vector<protocol::ScoreResult>&) {
                    return protocol::ExecuteResponseText(*result);
                  },
              .large = true};
}

}  // namespace

std::optional<ScoreJob> Post::Start(
    engine::Engine& engine, std::function<void()> on_done,
    std::shared_ptr<const engine::Registry> registry) {
  if (task.run) {
    return ScoreJob::StartTask(engine, std::move(task), std::move(on_done));
  }
  return ScoreJob::Start(engine, std::move(items), std::move(on_done),
                         std::move(registry));
}

PostResult ReadPost(Route route, std::string_view body,
                    const engine::Registry& registry,
                    const engine::Engine& engine,
                    const protocol::Limits& limits) {
  if (route == Route::kEqual) {
    return ReadEqual(body, registry, limits);
  }
  if (route == Route::kExecute) return ReadExecute(body, engine, limits);
  return ReadScore(body, limits);
}

}  // namespace verifier::server
