#include "verifier/server/post.h"

#include <utility>

#include "verifier/engine/equal.h"
#include "verifier/protocol/equal_request.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::server {
namespace {

using PostResult = boost::system::result<Post, protocol::RequestError>;

PostResult ReadScore(std::string_view body, const protocol::Limits& limits) {
  auto items = protocol::ParseScoreRequest(body, limits);
  if (!items) return items.error();
  return Post{*std::move(items), protocol::ScoreResponseText, true};
}

PostResult ReadEqual(std::string_view body, const rewards::Registry& registry,
                     const protocol::Limits& limits) {
  const auto request = protocol::ParseEqualRequest(body, limits);
  if (!request) return request.error();
  auto items = engine::EqualItems(registry, *request);
  if (!items) return items.error();
  return Post{
      *std::move(items),
      [](const std::vector<protocol::ScoreResult>& results) {
        return protocol::EqualResponseText(engine::EqualResults(results));
      },
      false};
}

}  // namespace

PostResult ReadPost(Route route, std::string_view body,
                    const rewards::Registry& registry,
                    const protocol::Limits& limits) {
  if (route == Route::kEqual) return ReadEqual(body, registry, limits);
  return ReadScore(body, limits);
}

}  // namespace verifier::server
