// ScoreClient: scores items at an assayd, asynchronously, and believes nothing
// that does not fit what was asked.
//
//   ScoreClient client(io.get_executor(),
//   *ParseEndpoint("http://127.0.0.1:80"),
//                      ClientOptions{});
//   ScoreReply reply = co_await client.Score(std::move(items));
//   for (const protocol::ScoreResult& result : reply.results) ...
//
// Threads: every method may be called from any thread, also while others are in
// progress; the work happens on a strand of the executor given, so that any
// number of threads may run it. Nothing blocks and nothing throws, but
// std::bad_alloc.
//
// Ownership: items go in by value, results come out by value. A call keeps what
// it needs: the client may be destroyed while calls run; they end soon, with
// kStopped. The execution context must outlive them.
//
// Deadlines: each call has one, absolute; when it passes, the call completes
// with what it has. Cancelling the awaitable has no effect.
//
// Many small calls are cheap: each costs one request on one of `connections`
// kept-alive connections, and waits its turn, first come, first served.

#ifndef VERIFIER_CLIENT_SCORE_CLIENT_H_
#define VERIFIER_CLIENT_SCORE_CLIENT_H_

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "verifier/client/client_error.h"
#include "verifier/client/client_options.h"
#include "verifier/client/connection.h"
#include "verifier/client/endpoint.h"
#include "verifier/client/read_replies.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::client {

// An item that the service did not judge, or was not believed about.
struct ItemFailure {
  std::size_t index = 0;  // of the item in the call
  ClientError error{};
};

struct ScoreReply {
  // One an item, in the items' order. An item of `failures` has status
  // not_judged, no reward, and the reason in the detail of each check.
  std::vector<protocol::ScoreResult> results{};

  // By index. Empty: every result is the service's own.
  std::vector<ItemFailure> failures{};
};

class ScoreClient {
 public:
  using OnReply = std::function<void(ScoreReply)>;

  ScoreClient(const boost::asio::any_io_executor& executor, Endpoint endpoint,
              const ClientOptions& options);

  // Ends what is in progress. Does not wait.
  ~ScoreClient();

  ScoreClient(const ScoreClient&) = delete;
  ScoreClient& operator=(const ScoreClient&) = delete;

  // Scores `items`, any number, in requests of at most batch_items, several at
  // once. Only items without an answer are asked again: after a broken
  // connection, 408, 429, 503 (Retry-After is obeyed) and other 5xx, within
  // `attempts`, the retry tokens and the deadline. A request refused with 400
  // or 413 is halved until what refuses it stands alone.
  //
  // Never sent: an item with `error` set (its result is `invalid`), and one
  // with `too_long` set (every check is `unreadable`).
  [[nodiscard]] boost::asio::awaitable<ScoreReply> Score(
      std::vector<protocol::Item> items,
      std::optional<TimePoint> deadline = std::nullopt);

  // The same; `on_reply` is called once, on the executor's threads. Must not
  // throw.
  void Score(std::vector<protocol::Item> items,
             std::optional<TimePoint> deadline, OnReply on_reply);

  // GET /v1/checkers: what the service can judge, as it says it. One attempt.
  [[nodiscard]] boost::asio::awaitable<ClientResult<boost::json::value>>
  Checkers(std::optional<TimePoint> deadline = std::nullopt);

  // POST /v1/equal: whether the answers of each pair are equal, in the order of
  // the pairs. At most half the service's limit.items. One attempt.
  [[nodiscard]] boost::asio::awaitable<ClientResult<Equalities>> Equal(
      const std::vector<AnswerPair>& pairs,
      std::optional<TimePoint> deadline = std::nullopt);

  // GET /readyz: true where the service takes work, false where it is up and
  // does not (503). kRefused where it is no assayd. One attempt.
  [[nodiscard]] boost::asio::awaitable<ClientResult<bool>> Ready(
      std::optional<TimePoint> deadline = std::nullopt);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_SCORE_CLIENT_H_
