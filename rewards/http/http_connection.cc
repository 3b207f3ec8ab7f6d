#include "rewards/http/http_connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>
#include <exception>
#include <tuple>
#include <utility>
#include <vector>

namespace rewards::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Kind = HttpReply::Kind;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t kBufferBytes = std::size_t{128} << 10;
constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr std::uint32_t kHeaderBytes = 16 << 10;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

HttpReply Failed(std::string reason) {
  return {Kind::kFailed, {}, std::move(reason)};
}

// Gives the parser what has arrived. Beast throws for a field that is too
// large in the trailer of a chunked message; it must not get past here.
error_code Feed(Parser& parser, beast::flat_buffer& buffer) {
  error_code error;
  try {
    while (buffer.size() > 0 && !parser.is_done()) {
      buffer.consume(parser.put(buffer.data(), error));
      if (error == beast::http::error::need_more) return {};
      if (error) return error;
    }
  } catch (const std::exception&) {
    error = beast::http::error::bad_field;
  }
  return error;
}

std::string StatusReason(unsigned status) {
  const std::string text = "answered with the status " + std::to_string(status);
  const bool redirect = status >= 300 && status < 400;
  return redirect ? text + ", a redirect, and none is followed" : text;
}

HttpReply FromMessage(Parser& parser) {
  auto& message = parser.get();
  const unsigned status = message.result_int();
  if (status == 200) return {Kind::kAnswered, std::move(message.body()), {}};
  HttpReply reply = Failed(StatusReason(status));
  if (status == 429) reply.kind = Kind::kTurnedAway;
  return reply;
}

}  // namespace

HttpConnection::HttpConnection(const Target& target, const HttpLimits& limits)
    : target_(target),
      limits_(limits),
      stream_(context_),
      buffer_(kBufferBytes) {}

void HttpConnection::Close() {
  open_ = false;
  stream_.close();
  buffer_.clear();
}

// False where the server closed the kept connection, or said something that
// nobody asked: the next answer could be taken for another's.
bool HttpConnection::IsFresh() {
  char byte = 0;
  const ssize_t got =
      recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

// Returns why there is no connection, or empty.
asio::awaitable<std::string> HttpConnection::Open(Clock::time_point deadline) {
  asio::ip::tcp::resolver resolver(context_);
  auto [no_name, found] =
      co_await resolver.async_resolve(target_.host, target_.port, kTuple);
  if (no_name) co_return "is not found: " + no_name.message();
  std::vector<asio::ip::tcp::endpoint> endpoints;
  for (const auto& one : found) {
    if (!MayBeAt(target_, one.endpoint().address())) {
      co_return "is at " + one.endpoint().address().to_string() +
          ", where it may not be";
    }
    endpoints.push_back(one.endpoint());
  }
  buffer_.clear();
  stream_.expires_at(
      std::min(Clock::now() + limits_.connect_timeout, deadline));
  auto [error, peer] = co_await stream_.async_connect(endpoints, kTuple);
  static_cast<void>(peer);
  if (error == beast::error::timeout) {
    co_return "took no connection within its connect_timeout";
  }
  if (error) co_return "took no connection: " + error.message();
  error_code ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  open_ = true;
  co_return "";
}

// `lost`: the connection broke before any byte of an answer.
asio::awaitable<HttpReply> HttpConnection::Receive(bool& lost) {
  Parser parser;
  parser.eager(true);
  parser.header_limit(kHeaderBytes);
  parser.body_limit(limits_.response_bytes);
  bool any = false;
  while (true) {
    error_code error = Feed(parser, buffer_);
    if (!error && parser.is_done()) break;
    if (error == beast::http::error::body_limit) {
      co_return Failed("answered with more than max_response_bytes, " +
                       std::to_string(limits_.response_bytes) + " bytes");
    }
    if (error) co_return Failed("answered no HTTP: " + error.message());
    if (buffer_.size() == kBufferBytes) {
      co_return Failed("answered with a field of HTTP that is too long");
    }
    auto space =
        buffer_.prepare(std::min(kReadBytes, kBufferBytes - buffer_.size()));
    std::size_t got = 0;
    std::tie(error, got) = co_await stream_.async_read_some(space, kTuple);
    buffer_.commit(got);
    any = any || got > 0;
    if (!error) continue;
    if (error == beast::error::timeout) {
      co_return HttpReply{Kind::kTimedOut, {}, "gave no answer in time"};
    }
    if (error == asio::error::eof && parser.got_some()) parser.put_eof(error);
    if (!error && parser.is_done()) break;
    lost = !any;
    co_return Failed("closed the connection with an item in its hands");
  }
  HttpReply reply = FromMessage(parser);
  open_ = parser.keep_alive() && buffer_.size() == 0;
  co_return reply;
}

asio::awaitable<HttpReply> HttpConnection::SendAndReceive(
    const Request& request, Clock::time_point deadline, bool& lost) {
  stream_.expires_at(deadline);
  auto [error, sent] =
      co_await beast::http::async_write(stream_, request, kTuple);
  static_cast<void>(sent);
  open_ = false;
  HttpReply reply{Kind::kTimedOut, {}, "did not take the item in time"};
  // A server may answer (413) and close before it has read all: read on.
  if (error != beast::error::timeout) reply = co_await Receive(lost);
  if (open_) {
    stream_.expires_never();
  } else {
    Close();
  }
  co_return reply;
}

asio::awaitable<HttpReply> HttpConnection::Exchange(
    const Request& request, Clock::time_point deadline) {
  bool kept = open_ && IsFresh();
  if (!kept) Close();
  while (true) {
    if (!kept) {
      std::string problem = co_await Open(deadline);
      if (!problem.empty()) {
        Close();
        co_return HttpReply{Kind::kUnreachable, {}, std::move(problem)};
      }
    }
    bool lost = false;
    HttpReply reply = co_await SendAndReceive(request, deadline, lost);
    // Closed between two items as likely as over this one: asked once more.
    if (!kept || !lost) co_return reply;
    kept = false;
  }
}

// Does `work` on this thread.
template <typename Result>
Result HttpConnection::Run(asio::awaitable<Result> work) {
  Result result;
  std::exception_ptr failure;
  context_.restart();
  asio::co_spawn(context_, std::move(work),
                 [&](std::exception_ptr thrown, Result got) {
                   failure = std::move(thrown);
                   result = std::move(got);
                 });
  context_.run();
  if (failure) {
    Close();
    std::rethrow_exception(failure);
  }
  return result;
}

HttpReply HttpConnection::Post(std::string_view body, const std::string& bearer,
                               Clock::time_point deadline) {
  namespace field = beast::http;
  Request request(field::verb::post, target_.path, 11);
  request.set(field::field::host, target_.authority);
  request.set(field::field::user_agent, "assay");
  request.set(field::field::accept, "application/json");
  request.set(field::field::content_type, "application/json");
  if (!bearer.empty()) {
    request.set(field::field::authorization, "Bearer " + bearer);
  }
  request.body() = body;
  request.prepare_payload();
  return Run(Exchange(request, deadline));
}

std::string HttpConnection::Connect(Clock::time_point deadline) {
  return open_ ? "" : Run(Open(deadline));
}

}  // namespace rewards::http
