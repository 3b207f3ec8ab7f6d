#include "trainer/serve/session.h"

#include <boost/beast/http/write.hpp>
#include <boost/json/array.hpp>
#include <random>
#include <sstream>
#include <utility>
#include <vector>

#include "trainer/serve/head_check.h"
#include "trainer/serve/reward_exchange.h"
#include "verifier/protocol/json_text.h"

namespace trainer::serve {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
namespace json = boost::json;

std::uint64_t RandomNumber() {
  thread_local std::mt19937_64 random(std::random_device{}());
  return random() >> 1U;
}

std::string NewId() {
  std::ostringstream text;
  text << std::hex << RandomNumber();
  return text.str();
}

// `text` as a chunk of HTTP/1.1.
std::string Chunk(const std::string& text) {
  if (text.empty()) return text;
  std::ostringstream out;
  out << std::hex << text.size() << "\r\n" << text << "\r\n";
  return out.str();
}

// What a stream of `job` may say by now; `done`: all of it.
struct News {
  std::string events{};
  std::optional<BackendError> failure{};
};

News NewsOf(Job& job, bool done, CompletionAnswer& answer) {
  News news;
  for (const auto& [index, token] : job.TakeTokens()) {
    news.events += answer.OnToken(index, token);
  }
  if (!done) return news;
  std::vector<Generated> all;
  for (std::size_t i = 0; i < job.texts.size(); ++i) {
    if (!job.texts[i]) {
      news.failure = job.texts[i].error();
      return news;
    }
    all.push_back(*job.texts[i]);
    news.events += answer.OnEnd(i, all.back());
  }
  news.events += answer.Last(all);
  return news;
}

}  // namespace

asio::awaitable<void> Session::Run() {
  while (!connection_->over() && !last_) co_await ServeOne();
  co_await connection_->End(in_doubt_);
}

asio::awaitable<void> Session::TurnAway() {
  last_ = true;
  Answer answer = ErrorAnswer(
      Overloaded(OverLimit("one more connection", "connections",
                           service_.options.connections, "connections")));
  co_await Send(std::move(answer));
  co_await connection_->End(true);
}

asio::awaitable<void> Session::ServeOne() {
  openai_ = head_only_ = in_doubt_ = false;
  version_ = 11;
  if (service_.draining) connection_->set_over();
  if (!connection_->over()) co_await connection_->AwaitRequest();
  if (connection_->over()) co_return;
  Connection::Parser parser;
  HeldBytes held(service_);
  const auto head_error = co_await connection_->ReadHead(parser);
  Refusal refusal;
  std::optional<Route> route;
  if (head_error) {
    openai_ = IsOpenAi(parser.get().target());
    refusal = AfterReadError(head_error, "head");
  } else {
    auto found = TakeHead(parser, held);
    if (found) route = *std::move(found);
    if (!route) refusal = found.error();
  }
  if (route) {
    const auto body_error = co_await connection_->ReadBody(parser);
    if (body_error) refusal = AfterReadError(body_error, "body");
  }
  if (connection_->over()) co_return;
  std::optional<Answer> answer;
  if (refusal) {
    answer = ErrorAnswer(*refusal);
  } else {
    answer = co_await Respond(*route, parser.get().body());
  }
  if (answer && !connection_->over()) co_await Send(*std::move(answer));
}

ApiResult<Route> Session::TakeHead(Connection::Parser& parser,
                                   HeldBytes& held) {
  const auto& head = parser.get().base();
  const std::string target(head.target());
  openai_ = IsOpenAi(target);
  head_only_ = head.method() == http::verb::head;
  version_ = head.version();
  last_ = !parser.keep_alive() || version_ < 11 || service_.draining;
  ApiResult<Route> route = FindRoute(head.method(), target);
  if (auto wrong = CheckHead(head)) route = *std::move(wrong);
  const std::size_t size = parser.content_length().value_or(0);
  if (route && !held.Take(size)) {
    route = Overloaded(OverLimit("the sum of all bodies", "held_bytes",
                                 service_.options.held_bytes, "bytes"));
  }
  // What was announced and is not read would be taken for the next request.
  if (!route && !parser.is_done()) last_ = in_doubt_ = true;
  return route;
}

Session::Refusal Session::AfterReadError(const Connection::ErrorCode& error,
                                         std::string_view what) {
  last_ = in_doubt_ = true;
  const std::string name(what);
  if (error == http::error::header_limit) {
    return ApiError(431, OverLimit("the head", "header_bytes",
                                   service_.options.header_bytes, "bytes"));
  }
  if (error == http::error::body_limit) {
    return ApiError(413, OverLimit("the body", "body_bytes",
                                   service_.options.body_bytes, "bytes"));
  }
  if (connection_->timed_out()) {
    return ApiError(408, "the " + name + " came too slowly");
  }
  if (error == http::error::partial_message) {
    return ApiError(400, "the request ends in the middle of its " + name);
  }
  if (error.category() == make_error_code(http::error::bad_field).category()) {
    return ApiError(400, "the " + name + " is not HTTP: " + error.message());
  }
  connection_->set_over();
  return std::nullopt;
}

Session::Answer Session::ErrorAnswer(const ApiError& error) const {
  Answer answer;
  answer.status = error.status;
  answer.type = openai_ ? "application/json" : "application/problem+json";
  answer.body = openai_ ? OpenAiErrorText(error) : ProblemText(error);
  answer.allow = error.allow;
  answer.retry_after_s = error.retry_after_s;
  return answer;
}

Session::Answer Session::ModelsAnswer() const {
  json::array data;
  const auto add = [&](const std::string& name, std::string_view kind) {
    data.push_back(json::object{{"id", name},
                                {"object", "model"},
                                {"created", service_.started},
                                {"owned_by", "assay-train"},
                                {"kind", kind}});
  };
  for (const auto& [name, unused] : service_.backends.texts) add(name, "text");
  for (const auto& [name, unused] : service_.backends.rewards) {
    add(name, "reward");
  }
  Answer answer;
  answer.body = verifier::protocol::JsonText(
      json::object{{"object", "list"}, {"data", std::move(data)}});
  return answer;
}

asio::awaitable<std::optional<Session::Answer>> Session::Respond(
    const Route& route, std::string_view body) {
  switch (route.kind) {
    case RouteKind::kLive:
      co_return Answer{.body = R"({"status":"ok"})"};
    case RouteKind::kReady:
      if (service_.draining) {
        co_return ErrorAnswer(Overloaded("the server ends"));
      }
      co_return Answer{.body = R"({"status":"ready"})"};
    case RouteKind::kModels:
      co_return ModelsAnswer();
    case RouteKind::kReward: {
      Answer answer = co_await Reward(route.reward, body);
      co_return answer;
    }
    case RouteKind::kCompletion:
    case RouteKind::kChat:
      break;
  }
  std::optional<Answer> answer =
      co_await Complete(route.kind == RouteKind::kChat, body);
  co_return answer;
}

std::shared_ptr<Job> Session::NewJob() {
  auto job = std::make_shared<Job>();
  job->wake = [weak = std::weak_ptr(connection_)] {
    if (const auto connection = weak.lock()) connection->Notify();
  };
  return job;
}

asio::awaitable<Session::Answer> Session::Reward(const std::string& name,
                                                 std::string_view body) {
  if (!service_.backends.rewards.contains(name)) {
    co_return ErrorAnswer(ApiError(404, "there is no reward model " + name));
  }
  auto ask = ParseRewardAsk(body);
  if (!ask) co_return ErrorAnswer(ask.error());
  const auto job = NewJob();
  job->is_reward = true;
  job->model = name;
  job->pair = std::move(ask->pair);
  if (!service_.models.Submit(job)) {
    co_return ErrorAnswer(Overloaded(OverLimit(
        "one more request", "queue", service_.options.queue, "requests")));
  }
  while (!job->done && !connection_->over()) co_await WaitFor(job);
  if (connection_->over()) co_return Answer{};
  auto text = RewardText(ask->id, job->logit);
  if (!text) co_return ErrorAnswer(text.error());
  Answer answer;
  answer.body = *std::move(text);
  co_return answer;
}

asio::awaitable<std::optional<Session::Answer>> Session::Complete(
    bool chat, std::string_view body) {
  const auto request = ParseCompletion(chat, body, service_.options);
  if (!request) co_return ErrorAnswer(request.error());
  if (!service_.backends.texts.contains(request->model)) {
    ApiError error(404, "there is no such model: see /v1/models");
    error.pointer = "/model";
    co_return ErrorAnswer(error);
  }
  const auto job = NewJob();
  job->model = request->model;
  job->sampling = request->sampling;
  job->prompts = request->Requests(request->seed.value_or(RandomNumber()));
  job->stream = request->stream;
  CompletionAnswer shape(*request, NewId(), Service::Now());
  if (!service_.models.Submit(job)) {
    co_return ErrorAnswer(Overloaded(OverLimit(
        "one more request", "queue", service_.options.queue, "requests")));
  }
  if (request->stream) {
    const Refusal refusal = co_await Stream(job, shape);
    if (!refusal) co_return std::nullopt;
    co_return ErrorAnswer(*refusal);
  }
  while (!job->done && !connection_->over()) co_await WaitFor(job);
  if (connection_->over()) co_return std::nullopt;
  std::vector<Generated> all;
  for (auto& one : job->texts) {
    if (!one) co_return ErrorAnswer(ApiError(one.error()));
    all.push_back(*std::move(one));
  }
  Answer answer;
  answer.body = shape.Whole(all);
  co_return answer;
}

asio::awaitable<Session::Refusal> Session::Stream(
    const std::shared_ptr<Job>& job, CompletionAnswer& answer) {
  const bool chunked = version_ >= 11;
  bool begun = false;
  while (!connection_->over()) {
    const bool done = job->done;  // before the tokens: none is lost
    News news = NewsOf(*job, done, answer);
    if (news.failure && !begun && news.events.empty()) {
      co_return ApiError(*news.failure);
    }
    if (news.failure) {
      news.events += ServerSentEvent(OpenAiErrorText(ApiError(*news.failure)));
    }
    std::string text = chunked ? Chunk(news.events) : news.events;
    if (done && chunked) text += "0\r\n\r\n";
    if (!begun && !text.empty()) text.insert(0, StreamHead(chunked, last_));
    begun = begun || !text.empty();
    co_await connection_->Write(std::move(text));
    if (done) break;
    co_await WaitFor(job);
  }
  if (connection_->over()) job->abandoned = true;
  co_return std::nullopt;
}

asio::awaitable<void> Session::WaitFor(const std::shared_ptr<Job>& job) {
  if (!job->done) co_await connection_->AwaitNews();
  if (connection_->over()) job->abandoned = true;
}

asio::awaitable<void> Session::Send(Answer answer) {
  http::response<http::string_body> response;
  response.version(11);
  response.result(static_cast<unsigned>(answer.status));
  response.keep_alive(!last_);
  response.set(http::field::content_type, answer.type);
  if (!answer.allow.empty()) response.set(http::field::allow, answer.allow);
  if (answer.retry_after_s > 0) {
    response.set(http::field::retry_after,
                 std::to_string(answer.retry_after_s));
  }
  response.content_length(answer.body.size());
  if (!head_only_) response.body() = std::move(answer.body);
  std::ostringstream text;
  text << response;
  co_await connection_->Write(text.str());
}

}  // namespace trainer::serve
