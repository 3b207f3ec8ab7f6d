// ConnectionPool: up to N connections to one service, lent one call at a time,
// first come, first served. Not thread-safe: everything on one strand.

#ifndef VERIFIER_CLIENT_CONNECTION_POOL_H_
#define VERIFIER_CLIENT_CONNECTION_POOL_H_

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "verifier/client/connection.h"

namespace verifier::client {

class ConnectionPool {
 public:
  // A connection on loan; goes back when destroyed. Empty: none came in time.
  class Lease {
   public:
    Lease() = default;
    Lease(ConnectionPool* pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&& other) = delete;
    ~Lease() {
      if (connection_) pool_->GiveBack(std::move(connection_));
    }

    explicit operator bool() const { return connection_ != nullptr; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool* pool_ = nullptr;
    std::unique_ptr<Connection> connection_;
  };

  // `endpoint` and `options` must outlive the pool, the pool all leases.
  ConnectionPool(const boost::asio::any_io_executor& executor,
                 const Endpoint& endpoint, const ClientOptions& options);

  // Waits for a connection until `deadline`. Empty: the deadline passed, or the
  // pool was stopped.
  [[nodiscard]] boost::asio::awaitable<Lease> Acquire(TimePoint deadline);

  // Ends every exchange in progress and every wait. Acquire gives nothing more.
  void Stop();

 private:
  struct Waiter {
    explicit Waiter(const boost::asio::any_io_executor& executor)
        : timer(executor) {}
    boost::asio::steady_timer timer;
    std::unique_ptr<Connection> connection;
  };

  void GiveBack(std::unique_ptr<Connection> connection);
  Lease Lend(std::unique_ptr<Connection> connection);

  boost::asio::any_io_executor executor_;
  const Endpoint& endpoint_;
  const ClientOptions& options_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::set<Connection*> lent_;
  std::deque<std::shared_ptr<Waiter>> waiters_;
  bool stopped_ = false;
};

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_CONNECTION_POOL_H_
