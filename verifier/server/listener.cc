#include "verifier/server/listener.h"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>
#include <chrono>
#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "verifier/server/request_id.h"
#include "verifier/server/response.h"
#include "verifier/server/session.h"

namespace verifier::server {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// After an accept() that failed for want of something of ours. Trying again at
// once burns a core; giving up leaves the service deaf for ever.
constexpr std::chrono::milliseconds kPause{50};

// What a connection gets that there is no room for.
std::string NoRoom(std::size_t most_connections) {
  Problem problem = Overloaded("connections-full",
                               "every connection is being worked for: " +
                                   OverLimit("one more", "connections",
                                             most_connections, "connections"));
  const auto response =
      ToResponse(ToAnswer(problem), RequestId({}), false, false);
  std::ostringstream text;
  text << response;
  return text.str();
}

// True where the connection, not this host, is what failed.
bool IsThePeers(const ErrorCode& error) {
  static constexpr std::array kPeers = {ECONNABORTED, EPROTO, EINTR, ECONNRESET,
                                        ETIMEDOUT};
  return std::find(kPeers.begin(), kPeers.end(), error.value()) != kPeers.end();
}

}  // namespace

Listener::Listener(asio::io_context& context, Service& service,
                   std::size_t connections)
    : context_(context),
      service_(service),
      most_connections_(connections),
      acceptor_(asio::make_strand(context)),
      pause_(acceptor_.get_executor()) {}

ErrorCode Listener::Open(const tcp::endpoint& endpoint) {
  ErrorCode error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error)
    acceptor_.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

tcp::endpoint Listener::endpoint() const { return acceptor_.local_endpoint(); }

void Listener::Start() {
  asio::co_spawn(acceptor_.get_executor(), Accept(), asio::detached);
}

void Listener::Close() {
  asio::post(acceptor_.get_executor(), [this] {
    ErrorCode ignored;
    closed_ = true;
    acceptor_.close(ignored);
    pause_.cancel();
  });
}

asio::awaitable<void> Listener::Accept() {
  while (!closed_) {
    try {
      co_await AcceptOne();
    } catch (const std::exception&) {
      ++service_.stats.exceptions;
    }
  }
}

asio::awaitable<void> Listener::AcceptOne() {
  auto [error, socket] =
      co_await acceptor_.async_accept(asio::make_strand(context_), kToken);
  if (closed_) co_return;
  if (!error) {
    Admit(std::move(socket));
    co_return;
  }
  ++service_.stats.accept_errors;
  if (IsThePeers(error)) co_return;
  if (service_.connections.EvictOldest()) ++service_.stats.evicted;
  pause_.expires_after(kPause);
  co_await pause_.async_wait(kToken);
}

void Listener::Admit(tcp::socket socket) {
  Service& service = service_;
  ++service.stats.accepted;
  ErrorCode ignored;
  if (service.connections.size() >= most_connections_) {
    if (!service.connections.EvictOldest()) {
      ++service.stats.turned_away;
      socket.non_blocking(true, ignored);
      service.http.Refuse(*FindProblemType("connections-full"));
      socket.write_some(asio::buffer(NoRoom(most_connections_)), ignored);
      return;
    }
    ++service.stats.evicted;
  }
  socket.set_option(tcp::no_delay(true), ignored);
  const auto strand = socket.get_executor();
  const auto session = std::make_shared<Session>(std::move(socket), service);
  const auto handle = service.connections.Add(session);
  asio::co_spawn(strand, session->Run(),
                 [session, handle, &service](const std::exception_ptr& thrown) {
                   if (thrown) ++service.stats.exceptions;
                   service.connections.Remove(handle);
                 });
}

}  // namespace verifier::server
