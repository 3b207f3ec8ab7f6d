#include "verifier/client/score_client.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <set>
#include <string>
#include <utility>

#include "verifier/client/batches.h"
#include "verifier/client/connection_pool.h"
#include "verifier/client/read_answers.h"
#include "verifier/client/read_replies.h"
#include "verifier/client/retry.h"

namespace verifier::client {
namespace {

namespace asio = boost::asio;
using protocol::Item;
using protocol::ScoreResult;
using protocol::Status;
using std::chrono::steady_clock;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

// One result for every check of `item`.
ScoreResult SameForAllChecks(const Item& item, const std::string& outcome,
                             std::optional<double> score,
                             const std::string& reason) {
  ScoreResult result;
  result.id = item.id;
  for (const protocol::CheckSpec& spec : item.checks) {
    protocol::CheckResult check;
    check.checker = spec.checker;
    check.outcome = outcome;
    check.score = score;
    check.weight = spec.weight.value_or(protocol::kDefaultWeight);
    check.detail["reason"] = reason;
    result.checks.push_back(std::move(check));
  }
  return result;
}

ScoreResult NotJudged(const Item& item, const ClientError& error) {
  return SameForAllChecks(
      item, "not_judged", std::nullopt,
      std::string(ClientErrorName(error.code)) + ": " + error.detail);
}

// The result of an item that needs no service; none for the others.
std::optional<ScoreResult> WithoutService(const Item& item) {
  if (item.error || !item.id) {
    ScoreResult result;
    result.id = item.id;
    result.status = Status::kInvalid;
    result.error = item.error
                       ? *item.error
                       : protocol::FieldError("/id", "required: a string");
    return result;
  }
  if (item.too_long) {
    ScoreResult result =
        SameForAllChecks(item, "unreadable", 0.0, *item.too_long);
    result.reward = protocol::Reward(result.checks);
    result.status = Status::kOk;
    return result;
  }
  return std::nullopt;
}

bool MayRetry(const ClientError& error) {
  return error.code == ClientErrorCode::kUnreachable ||
         error.code == ClientErrorCode::kOverloaded ||
         error.code == ClientErrorCode::kServerFailed;
}

// One call of Score: its items and what is known of them.
struct Call {
  std::vector<Item> items;
  TimePoint deadline;
  ScoreReply reply{};
};

}  // namespace

// Everything of a client, on its strand; kept alive by the calls in progress.
class ScoreClient::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(const asio::any_io_executor& executor, Endpoint endpoint,
       const ClientOptions& options)
      : strand_(asio::make_strand(executor)),
        endpoint_(std::move(endpoint)),
        options_(options),
        retry_(options),
        pool_(strand_, endpoint_, options_) {}

  const asio::any_io_executor& strand() const { return strand_; }

  [[nodiscard]] TimePoint Deadline(std::optional<TimePoint> deadline) const {
    return deadline.value_or(steady_clock::now() + options_.call_timeout);
  }

  void Stop() {
    stopped_ = true;
    pool_.Stop();
    for (asio::steady_timer* timer : sleeping_) timer->cancel();
  }

  // The whole of a call. `self` keeps the core alive.
  static asio::awaitable<ScoreReply> Score(std::shared_ptr<Core> self,
                                           std::vector<Item> items,
                                           TimePoint deadline) {
    co_await asio::this_coro::reset_cancellation_state(
        asio::disable_cancellation());
    Call call{std::move(items), deadline};
    call.reply.results.resize(call.items.size());
    Indices indices;
    for (std::size_t i = 0; i < call.items.size(); ++i) {
      std::optional<ScoreResult> own = WithoutService(call.items[i]);
      if (own) {
        call.reply.results[i] = std::move(*own);
      } else {
        indices.push_back(i);
      }
    }
    std::vector<Indices> batches =
        SplitIntoBatches(call.items, indices, self->options_);
    if (batches.size() == 1) {
      co_await self->Run(call, std::move(batches[0]));
    } else if (!batches.empty()) {
      co_await self->RunAll(call, std::move(batches));
    }
    std::sort(call.reply.failures.begin(), call.reply.failures.end(),
              [](const ItemFailure& a, const ItemFailure& b) {
                return a.index < b.index;
              });
    co_return std::move(call.reply);
  }

  // One request that is not asked again.
  static asio::awaitable<ClientResult<HttpReply>> Ask(
      std::shared_ptr<Core> self, HttpRequest request, TimePoint deadline) {
    co_await asio::this_coro::reset_cancellation_state(
        asio::disable_cancellation());
    request.accept = "application/json";
    co_return co_await self->Exchange(request, deadline);
  }

 private:
  // Runs `batches` side by side; the pool limits how many are on the wire.
  asio::awaitable<void> RunAll(Call& call, std::vector<Indices> batches) {
    std::size_t left = batches.size();
    std::exception_ptr failure;
    asio::steady_timer done(strand_, TimePoint::max());
    const auto on_end = [&](const std::exception_ptr& error) {
      if (error) failure = error;
      if (--left == 0) done.cancel();
    };
    for (Indices& batch : batches) {
      asio::co_spawn(strand_, Run(call, std::move(batch)), on_end);
    }
    while (left > 0) co_await done.async_wait(kTuple);
    if (failure) std::rethrow_exception(failure);
  }

  // Asks for the items of `batch` until each has its result.
  asio::awaitable<void> Run(Call& call, Indices batch) {
    std::vector<Indices> todo;
    todo.push_back(std::move(batch));
    while (!todo.empty()) {
      Indices indices = std::move(todo.back());
      todo.pop_back();
      const bool too_much = co_await RunOne(call, indices);
      if (!too_much) continue;
      const auto middle =
          indices.begin() + static_cast<std::ptrdiff_t>(indices.size() / 2);
      todo.emplace_back(middle, indices.end());
      todo.emplace_back(indices.begin(), middle);
    }
  }

  // Asks, again and again, until `left` is empty or what is left has failed.
  // True: the service refuses so much at once; `left` is to be halved.
  asio::awaitable<bool> RunOne(Call& call, Indices& left) {
    for (unsigned failures = 1;; ++failures) {
      HttpRequest request;
      request.post = true;
      request.target = "/v1/score";
      request.accept = left.size() > 1
                           ? "application/x-ndjson, application/json;q=0.9"
                           : "application/json";
      request.body = RequestBody(call.items, left);
      ClientResult<HttpReply> reply = co_await Exchange(request, call.deadline);
      std::optional<std::chrono::seconds> retry_after;
      ClientError error;
      if (!reply) {
        error = reply.error();
      } else if (reply->status == 200) {
        Take(call, left, *reply);
        if (left.empty()) {
          retry_.Earn();
          co_return false;
        }
        error = ClientError(ClientErrorCode::kUnreachable,
                            "the server's answer was cut");
      } else if ((reply->status == 400 || reply->status == 413) &&
                 left.size() > 1) {
        co_return true;
      } else {
        error = FromStatus(*reply);
        retry_after = ParseRetryAfter(reply->retry_after);
      }
      const bool again =
          co_await MayAskAgain(error, failures, retry_after, call.deadline);
      if (!again) {
        FailAll(call, left, error);
        co_return false;
      }
    }
  }

  // Waits before the next attempt. False, at once: there is to be none.
  asio::awaitable<bool> MayAskAgain(
      const ClientError& error, unsigned failures,
      std::optional<std::chrono::seconds> retry_after, TimePoint deadline) {
    if (!MayRetry(error) || failures >= options_.attempts) co_return false;
    const auto until =
        steady_clock::now() + retry_.Delay(failures, retry_after);
    if (until >= deadline || stopped_ || !retry_.TakeToken()) co_return false;
    asio::steady_timer timer(strand_, until);
    sleeping_.insert(&timer);
    co_await timer.async_wait(kTuple);
    sleeping_.erase(&timer);
    co_return !stopped_;
  }

  // One request on one connection.
  asio::awaitable<ClientResult<HttpReply>> Exchange(const HttpRequest& request,
                                                    TimePoint deadline) {
    ConnectionPool::Lease lease = co_await pool_.Acquire(deadline);
    if (!lease && !stopped_) {
      co_return ClientError(ClientErrorCode::kDeadline,
                            "no connection was free before the deadline");
    }
    if (lease) {
      ClientResult<HttpReply> reply =
          co_await lease->Exchange(request, deadline);
      if (!stopped_ || reply.has_value()) co_return reply;
    }
    co_return ClientError(ClientErrorCode::kStopped, "the client was stopped");
  }

  // Moves what `reply` answers into the call; `left` keeps the rest.
  static void Take(Call& call, Indices& left, const HttpReply& reply) {
    std::vector<Answer> answers = ReadAnswers(
        call.items, left, {reply.content_type, reply.body, reply.complete});
    Indices unanswered;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (answers[i].result) {
        call.reply.results[left[i]] = std::move(*answers[i].result);
      } else if (!answers[i].lie.empty()) {
        Fail(call, left[i],
             ClientError(ClientErrorCode::kBadResponse, answers[i].lie));
      } else {
        unanswered.push_back(left[i]);
      }
    }
    left = std::move(unanswered);
  }

  static void Fail(Call& call, std::size_t index, const ClientError& error) {
    call.reply.results[index] = NotJudged(call.items[index], error);
    call.reply.failures.push_back({index, error});
  }

  static void FailAll(Call& call, const Indices& left,
                      const ClientError& error) {
    for (const std::size_t index : left) Fail(call, index, error);
  }

  asio::any_io_executor strand_;
  Endpoint endpoint_;
  ClientOptions options_;
  Retry retry_;
  ConnectionPool pool_;
  std::set<asio::steady_timer*> sleeping_;
  bool stopped_ = false;
};

namespace {

// Runs `work` on `strand`; the caller goes on where it was.
template <typename T>
asio::awaitable<T> On(asio::any_io_executor strand, asio::awaitable<T> work) {
  co_return co_await asio::co_spawn(strand, std::move(work),
                                    asio::use_awaitable);
}

template <typename T>
asio::awaitable<ClientResult<T>> Read(
    asio::awaitable<ClientResult<HttpReply>> work,
    std::function<ClientResult<T>(const HttpReply&)> read) {
  ClientResult<HttpReply> reply = co_await std::move(work);
  if (!reply) co_return reply.error();
  co_return read(*reply);
}

}  // namespace

ScoreClient::ScoreClient(const asio::any_io_executor& executor,
                         Endpoint endpoint, const ClientOptions& options)
    : core_(std::make_shared<Core>(executor, std::move(endpoint), options)) {}

ScoreClient::~ScoreClient() {
  asio::post(core_->strand(), [core = core_] { core->Stop(); });
}

asio::awaitable<ScoreReply> ScoreClient::Score(
    std::vector<Item> items, std::optional<TimePoint> deadline) {
  return On(core_->strand(),
            Core::Score(core_, std::move(items), core_->Deadline(deadline)));
}

void ScoreClient::Score(std::vector<Item> items,
                        std::optional<TimePoint> deadline, OnReply on_reply) {
  asio::co_spawn(
      core_->strand(),
      Core::Score(core_, std::move(items), core_->Deadline(deadline)),
      [on_reply = std::move(on_reply)](const std::exception_ptr& error,
                                       ScoreReply reply) {
        if (error) std::rethrow_exception(error);
        on_reply(std::move(reply));
      });
}

asio::awaitable<ClientResult<boost::json::value>> ScoreClient::Checkers(
    std::optional<TimePoint> deadline) {
  return On(core_->strand(), Read<boost::json::value>(
                                 Core::Ask(core_, {.target = "/v1/checkers"},
                                           core_->Deadline(deadline)),
                                 ReadJson));
}

asio::awaitable<ClientResult<Equalities>> ScoreClient::Equal(
    const std::vector<AnswerPair>& pairs, std::optional<TimePoint> deadline) {
  HttpRequest request;
  request.post = true;
  request.target = "/v1/equal";
  request.body = EqualBody(pairs);
  return On(core_->strand(),
            Read<Equalities>(
                Core::Ask(core_, std::move(request), core_->Deadline(deadline)),
                [count = pairs.size()](const HttpReply& reply) {
                  return ReadEqualities(reply, count);
                }));
}

asio::awaitable<ClientResult<bool>> ScoreClient::Ready(
    std::optional<TimePoint> deadline) {
  return On(core_->strand(), Read<bool>(Core::Ask(core_, {.target = "/readyz"},
                                                  core_->Deadline(deadline)),
                                        ReadReady));
}

}  // namespace verifier::client
