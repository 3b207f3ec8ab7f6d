#include "trainer/serve/server.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "trainer/serve/connection.h"
#include "trainer/serve/service.h"
#include "trainer/serve/session.h"

namespace trainer::serve {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using ErrorCode = boost::system::error_code;

constexpr auto kToken = asio::as_tuple(asio::use_awaitable);
constexpr unsigned kIoThreads = 2;

// After an accept that failed for want of something of ours.
constexpr std::chrono::milliseconds kPause{50};

// Connections that are being turned away, at most; over it they are just
// closed.
constexpr std::size_t kTurnedAway = 64;

// After drain_timeout, how long the last answers may take to be written.
constexpr std::chrono::milliseconds kLastAnswers{1'000};
constexpr std::chrono::milliseconds kDrainLook{10};

}  // namespace

class Server::Impl {
 public:
  Impl(Backends backends, const ServeOptions& options)
      : backends_(std::move(backends)),
        service_(backends_, options),
        context_(static_cast<int>(kIoThreads)),
        acceptor_(asio::make_strand(context_)),
        pause_(acceptor_.get_executor()) {}

  ~Impl() {
    service_.models.Join();  // before what its jobs wake
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  ErrorCode Start() {
    ErrorCode error;
    const auto address =
        asio::ip::make_address(service_.options.address, error);
    const tcp::endpoint endpoint(address, service_.options.port);
    if (!error) acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) {
      acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) return error;
    endpoint_ = acceptor_.local_endpoint();
    asio::co_spawn(acceptor_.get_executor(), Accept(), asio::detached);
    for (unsigned i = 0; i < kIoThreads; ++i) {
      threads_.emplace_back([this] { RunLoop(); });
    }
    return {};
  }

  tcp::endpoint endpoint() const { return endpoint_; }

  bool Drain() {
    service_.draining = true;
    asio::post(acceptor_.get_executor(), [this] {
      ErrorCode ignored;
      acceptor_.close(ignored);
      pause_.cancel();
    });
    const auto& options = service_.options;
    if (WaitForConnections(options.drain_timeout)) return true;
    service_.models.Stop();
    if (!WaitForConnections(kLastAnswers)) {
      const std::lock_guard lock(mutex_);
      for (const auto& one : connections_) one->Close();
    }
    return false;
  }

 private:
  using Connections = std::list<std::shared_ptr<Connection>>;

  // Whether all connections ended within `time`.
  bool WaitForConnections(std::chrono::milliseconds time) {
    const auto end = Clock::now() + time;
    while (true) {
      {
        const std::lock_guard lock(mutex_);
        if (connections_.empty()) return true;
        for (const auto& one : connections_) one->Drain();
      }
      if (Clock::now() >= end) return false;
      std::this_thread::sleep_for(kDrainLook);
    }
  }

  void RunLoop() {
    while (true) {
      try {
        context_.run();
        return;
      } catch (const std::exception&) {  // must not end the service
      }
    }
  }

  asio::awaitable<void> Accept() {
    while (!service_.draining) {
      auto [error, socket] =
          co_await acceptor_.async_accept(asio::make_strand(context_), kToken);
      if (error == asio::error::operation_aborted) co_return;
      if (!error) {
        Admit(std::move(socket));
        continue;
      }
      pause_.expires_after(kPause);
      co_await pause_.async_wait(kToken);
    }
  }

  void Admit(tcp::socket socket) {
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto strand = socket.get_executor();
    const auto connection =
        std::make_shared<Connection>(std::move(socket), service_.options);
    const std::lock_guard lock(mutex_);
    const bool room =
        connections_.size() - turned_away_ < service_.options.connections;
    if (!room && turned_away_ >= kTurnedAway) return;  // closes it
    if (!room) ++turned_away_;
    const auto handle = connections_.insert(connections_.end(), connection);
    asio::co_spawn(strand, Serve(connection, room),
                   [this, handle, room](const std::exception_ptr&) {
                     const std::lock_guard done(mutex_);
                     connections_.erase(handle);
                     if (!room) --turned_away_;
                   });
  }

  asio::awaitable<void> Serve(std::shared_ptr<Connection> connection,
                              bool room) {
    Session session(std::move(connection), service_);
    if (room) {
      co_await session.Run();
    } else {
      co_await session.TurnAway();
    }
  }

  Backends backends_;
  Service service_;
  asio::io_context context_;
  tcp::acceptor acceptor_;  // on its own strand
  asio::steady_timer pause_;
  tcp::endpoint endpoint_;
  std::mutex mutex_;
  Connections connections_;
  std::size_t turned_away_ = 0;  // of them
  std::vector<std::thread> threads_;
};

Server::Server(Backends backends, const ServeOptions& options)
    : impl_(std::make_unique<Impl>(std::move(backends), options)) {}

Server::~Server() = default;

ErrorCode Server::Start() { return impl_->Start(); }

tcp::endpoint Server::endpoint() const { return impl_->endpoint(); }

bool Server::Drain() { return impl_->Drain(); }

}  // namespace trainer::serve
