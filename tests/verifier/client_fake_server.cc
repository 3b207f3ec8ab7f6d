#include "tests/verifier/client_fake_server.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace verifier::client::testing {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {
constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);
}  // namespace

FakeServer::FakeServer(Script script)
    : script_(std::move(script)),
      acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
  asio::co_spawn(io_, Accept(), asio::detached);
  thread_ = std::thread([this] { io_.run(); });
}

FakeServer::~FakeServer() {
  io_.stop();
  thread_.join();
}

std::string FakeServer::url() const {
  return "http://127.0.0.1:" +
         std::to_string(acceptor_.local_endpoint().port());
}

asio::awaitable<void> FakeServer::Accept() {
  while (true) {
    auto [error, socket] = co_await acceptor_.async_accept(kTuple);
    if (error) co_return;
    asio::co_spawn(io_, Serve(std::move(socket), ++connections_),
                   asio::detached);
  }
}

asio::awaitable<void> FakeServer::Serve(tcp::socket socket, int connection) {
  boost::beast::flat_buffer buffer;
  while (true) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(std::uint64_t{1} << 30);
    auto [error, size] =
        co_await http::async_read(socket, buffer, parser, kTuple);
    static_cast<void>(size);
    if (error) co_return;
    FakeRequest request;
    request.target = std::string(parser.get().target());
    request.body = std::move(parser.get().body());
    request.number = ++requests_;
    request.connection = connection;
    auto items = protocol::ParseScoreRequest(request.body);
    if (items) request.items = std::move(*items);
    most_open_ = std::max<int>(most_open_, ++open_);
    const FakeReply reply = script_(request);
    if (reply.hang || reply.delay.count() > 0) {
      asio::steady_timer timer(io_);
      timer.expires_after(reply.hang ? std::chrono::hours(1) : reply.delay);
      co_await timer.async_wait(kTuple);
    }
    --open_;
    co_await asio::async_write(socket, asio::buffer(reply.bytes), kTuple);
    if (reply.close) co_return;
  }
}

FakeReply Respond(int status, std::string_view body, std::string_view type,
                  std::string_view headers) {
  FakeReply reply;
  reply.bytes = "HTTP/1.1 " + std::to_string(status) + " Status\r\n" +
                "Content-Type: " + std::string(type) + "\r\n" +
                "Content-Length: " + std::to_string(body.size()) + "\r\n" +
                std::string(headers) + "\r\n" + std::string(body);
  return reply;
}

protocol::ScoreResult Honest(const protocol::Item& item) {
  protocol::ScoreResult result;
  result.id = item.id;
  for (const protocol::CheckSpec& spec : item.checks) {
    protocol::CheckResult check;
    check.checker = spec.checker;
    check.outcome = "correct";
    check.score = 1.0;
    check.weight = spec.weight.value_or(protocol::kDefaultWeight);
    result.checks.push_back(std::move(check));
  }
  result.reward = protocol::Reward(result.checks);
  result.status = protocol::Status::kOk;
  return result;
}

FakeReply RespondHonestly(const FakeRequest& request) {
  std::vector<protocol::ScoreResult> results;
  for (const protocol::Item& item : request.items) {
    results.push_back(Honest(item));
  }
  return Respond(200, protocol::ScoreResponseText(results));
}

FakeReply ReadyAnd(const FakeRequest& request,
                   const FakeServer::Script& score) {
  return request.target == "/readyz" ? Respond(200, "") : score(request);
}

std::vector<protocol::Item> MathItems(std::size_t count) {
  std::vector<protocol::Item> items(count);
  for (std::size_t i = 0; i < count; ++i) {
    items[i].id = "item/" + std::to_string(i);
    items[i].response = "\\boxed{" + std::to_string(i) + "}";
    protocol::CheckSpec check;
    check.checker = "math";
    check.params["gold"] = std::to_string(i);
    items[i].checks.push_back(std::move(check));
  }
  return items;
}

std::string UnreachableUrl() {
  asio::io_context io;
  const tcp::acceptor acceptor(
      io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  return "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
}

}  // namespace verifier::client::testing
