#include "trainer/serve/connection.h"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/read.hpp>
#include <cerrno>
#include <utility>

namespace trainer::serve {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// Bytes of one read.
constexpr std::size_t kReadBytes = std::size_t{16} << 10;

// How often a waiting connection looks whether its peer is still there.
constexpr ServeOptions::Milliseconds kPeerLook{100};

// How long what comes after the last answer is read and dropped.
constexpr ServeOptions::Milliseconds kLinger{2'000};

bool PeerIsGone(int descriptor) {
  char byte = 0;
  const auto got =
      recv(descriptor, &byte, sizeof(byte), MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket,
                       const ServeOptions& options)
    : socket_(std::move(socket)),
      options_(options),
      watch_(socket_.get_executor()),
      news_(socket_.get_executor()) {}

void Connection::Arm(ServeOptions::Milliseconds time) {
  timed_out_ = false;
  watch_.expires_after(time);
  watch_.async_wait([self = shared_from_this(),
                     number = ++watch_number_](const ErrorCode& error) {
    if (error || number != self->watch_number_) return;
    ErrorCode ignored;
    self->timed_out_ = true;
    self->socket_.cancel(ignored);
  });
}

void Connection::Disarm() {
  ++watch_number_;
  watch_.cancel();
}

asio::awaitable<void> Connection::AwaitRequest() {
  if (buffer_.size() > 0) co_return;
  idle_ = true;
  Arm(options_.idle_timeout);
  const auto [error, read] =
      co_await socket_.async_read_some(buffer_.prepare(kReadBytes), kToken);
  Disarm();
  idle_ = false;
  buffer_.commit(read);
  if (error) over_ = true;
}

asio::awaitable<Connection::ErrorCode> Connection::ReadHead(Parser& parser) {
  parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes));
  parser.body_limit(options_.body_bytes);
  Arm(options_.header_timeout);
  const auto [error, read] =
      co_await http::async_read_header(socket_, buffer_, parser, kToken);
  Disarm();
  // Beast looks at its limit only where it waits for more bytes.
  if (!error && read > options_.header_bytes) {
    co_return http::error::header_limit;
  }
  co_return error;
}

asio::awaitable<Connection::ErrorCode> Connection::ReadBody(Parser& parser) {
  if (parser.is_done()) co_return ErrorCode();
  if (parser.get()[http::field::expect] == "100-continue" &&
      buffer_.size() == 0) {
    co_await Write("HTTP/1.1 100 Continue\r\n\r\n");
    if (over_) co_return asio::error::connection_reset;
  }
  Arm(options_.transfer_timeout);
  const auto [error, read] =
      co_await http::async_read(socket_, buffer_, parser, kToken);
  Disarm();
  co_return error;
}

asio::awaitable<void> Connection::Write(std::string text) {
  for (std::size_t done = 0; done < text.size() && !over_;) {
    Arm(options_.transfer_timeout);
    const auto [error, written] = co_await socket_.async_write_some(
        asio::buffer(text.data() + done, text.size() - done), kToken);
    Disarm();
    done += written;
    if (error) over_ = true;
  }
}

asio::awaitable<void> Connection::AwaitNews() {
  news_.expires_after(kPeerLook);
  co_await news_.async_wait(kToken);
  if (!over_ && PeerIsGone(socket_.native_handle())) over_ = true;
}

void Connection::Notify() {
  asio::post(socket_.get_executor(),
             [self = shared_from_this()] { self->news_.cancel(); });
}

asio::awaitable<void> Connection::End(bool peer_may_send) {
  ErrorCode error;
  if (!over_ && peer_may_send) {
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    buffer_.clear();
    Arm(kLinger);
    while (!error) {
      const auto [failed, read] =
          co_await socket_.async_read_some(buffer_.prepare(kReadBytes), kToken);
      error = failed;
    }
    Disarm();
  }
  over_ = true;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, error);
  socket_.close(error);
}

void Connection::Drain() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    ErrorCode ignored;
    if (self->idle_) self->socket_.cancel(ignored);
  });
}

void Connection::Close() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    ErrorCode ignored;
    self->over_ = true;
    self->socket_.close(ignored);
    self->news_.cancel();
  });
}

}  // namespace trainer::serve
