#include "verifier/client/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>
#include <exception>
#include <utility>

namespace verifier::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

using Parser = http::response_parser<http::string_body>;

constexpr std::size_t kBufferBytes = std::size_t{128} << 10;
constexpr std::size_t kReadBytes = std::size_t{64} << 10;
constexpr std::uint32_t kHeaderBytes = 16 << 10;

constexpr auto kTuple = asio::as_tuple(asio::use_awaitable);

ClientError FromSystem(const error_code& error, const std::string& what) {
  if (error == beast::error::timeout) {
    return ClientError(ClientErrorCode::kDeadline, what + " took too long");
  }
  return ClientError(ClientErrorCode::kUnreachable,
                     what + " failed: " + error.message());
}

http::request<http::string_body> ToBeast(const HttpRequest& request,
                                         const Endpoint& endpoint) {
  http::request<http::string_body> message;
  message.method(request.post ? http::verb::post : http::verb::get);
  message.target(endpoint.path + request.target);
  message.version(11);
  message.set(http::field::host, endpoint.authority);
  message.set(http::field::user_agent, "assay-client");
  message.set(http::field::accept, request.accept);
  if (request.post) {
    message.set(http::field::content_type, "application/json");
    message.body() = request.body;
    message.prepare_payload();
  }
  return message;
}

// Gives the parser what has arrived. Beast throws for a field that is too
// large in the trailer of a chunked message; it must not get past here.
error_code Feed(Parser& parser, beast::flat_buffer& buffer) {
  error_code error;
  try {
    while (buffer.size() > 0 && !parser.is_done()) {
      const std::size_t used = parser.put(buffer.data(), error);
      buffer.consume(used);
      if (error == http::error::need_more) return {};
      if (error) return error;
    }
  } catch (const std::exception&) {
    error = http::error::bad_field;
  }
  return error;
}

void TakeReply(Parser& parser, HttpReply& reply) {
  auto& message = parser.get();
  reply.status = message.result_int();
  reply.content_type = std::string(message[http::field::content_type]);
  reply.retry_after = std::string(message[http::field::retry_after]);
  reply.complete = parser.is_done();
  reply.body = std::move(message.body());
}

}  // namespace

Connection::Connection(const asio::any_io_executor& executor,
                       const Endpoint& endpoint, const ClientOptions& options)
    : endpoint_(endpoint),
      options_(options),
      stream_(executor),
      buffer_(kBufferBytes) {}

void Connection::Abort() {
  aborted_ = true;
  Close();
}

void Connection::Close() {
  open_ = false;
  stream_.close();
  buffer_.clear();
}

// False where the service closed the kept connection, or said something that
// nobody asked: the next reply could be taken for another's.
bool Connection::IsFresh() {
  char byte = 0;
  const ssize_t got =
      recv(stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

asio::awaitable<std::optional<ClientError>> Connection::Open(
    TimePoint deadline) {
  const std::string what = "connecting to " + endpoint_.authority;
  asio::ip::tcp::resolver resolver(stream_.get_executor());
  auto [no_name, addresses] =
      co_await resolver.async_resolve(endpoint_.host, endpoint_.port, kTuple);
  if (aborted_) no_name = asio::error::operation_aborted;
  if (no_name) co_return FromSystem(no_name, what);
  buffer_.clear();
  const TimePoint own =
      std::chrono::steady_clock::now() + options_.connect_timeout;
  stream_.expires_at(std::min(own, deadline));
  auto [error, peer] = co_await stream_.async_connect(addresses, kTuple);
  static_cast<void>(peer);
  if (error == beast::error::timeout && own < deadline) {
    // Ours, not the call's: another attempt may do better.
    co_return ClientError(ClientErrorCode::kUnreachable,
                          what + " took too long");
  }
  if (error) co_return FromSystem(error, what);
  error_code ignored;
  stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
  open_ = true;
  co_return std::nullopt;
}

asio::awaitable<std::optional<Connection::Failure>> Connection::Receive(
    HttpReply& reply) {
  Parser parser;
  parser.eager(true);
  parser.header_limit(kHeaderBytes);
  parser.body_limit(options_.response_bytes);
  bool any = buffer_.size() > 0;
  while (true) {
    error_code error = Feed(parser, buffer_);
    if (!error && parser.is_done()) break;
    std::size_t got = 0;
    if (!error && buffer_.size() < kBufferBytes) {
      auto space =
          buffer_.prepare(std::min(kReadBytes, kBufferBytes - buffer_.size()));
      std::tie(error, got) = co_await stream_.async_read_some(space, kTuple);
      buffer_.commit(got);
      any = any || got > 0;
      if (!error) continue;
    } else {
      Close();
      co_return Failure{
          ClientError(ClientErrorCode::kBadResponse,
                      "the server's answer is not HTTP within the limits: " +
                          (error ? error.message() : "a field is too long"))};
    }
    if (error == asio::error::eof && parser.got_some()) parser.put_eof(error);
    if (error == beast::error::timeout || !parser.is_header_done()) {
      Close();
      co_return Failure{FromSystem(error, "reading the server's answer"), !any};
    }
    break;  // a body that was cut, or one that ends with the connection
  }
  TakeReply(parser, reply);
  if (!parser.is_done() || !parser.keep_alive() || buffer_.size() > 0) Close();
  co_return std::nullopt;
}

asio::awaitable<std::optional<Connection::Failure>> Connection::SendAndReceive(
    const HttpRequest& request, TimePoint deadline, HttpReply& reply) {
  stream_.expires_at(deadline);
  const auto message = ToBeast(request, endpoint_);
  auto [error, sent] = co_await http::async_write(stream_, message, kTuple);
  static_cast<void>(sent);
  if (error == beast::error::timeout) {
    Close();
    co_return Failure{FromSystem(error, "sending the request")};
  }
  // A service may answer (413) and close before it has read all: read on.
  std::optional<Failure> failure = co_await Receive(reply);
  if (open_) stream_.expires_never();
  co_return failure;
}

asio::awaitable<ClientResult<HttpReply>> Connection::Exchange(
    const HttpRequest& request, TimePoint deadline) {
  bool kept = open_ && IsFresh();
  if (!kept) Close();
  while (true) {
    if (!kept) {
      std::optional<ClientError> error = co_await Open(deadline);
      if (error) co_return std::move(*error);
    }
    HttpReply reply;
    std::optional<Failure> failure =
        co_await SendAndReceive(request, deadline, reply);
    if (!failure) co_return std::move(reply);
    if (!kept || !failure->lost) co_return std::move(failure->error);
    Close();
    kept = false;
  }
}

}  // namespace verifier::client
