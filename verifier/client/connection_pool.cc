#include "verifier/client/connection_pool.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace verifier::client {

namespace asio = boost::asio;

ConnectionPool::ConnectionPool(const asio::any_io_executor& executor,
                               const Endpoint& endpoint,
                               const ClientOptions& options)
    : executor_(executor), endpoint_(endpoint), options_(options) {}

ConnectionPool::Lease ConnectionPool::Lend(
    std::unique_ptr<Connection> connection) {
  lent_.insert(connection.get());
  return Lease(this, std::move(connection));
}

asio::awaitable<ConnectionPool::Lease> ConnectionPool::Acquire(
    TimePoint deadline) {
  if (stopped_) co_return Lease();
  if (!idle_.empty()) {
    std::unique_ptr<Connection> connection = std::move(idle_.back());
    idle_.pop_back();
    co_return Lend(std::move(connection));
  }
  const std::size_t most = std::max<std::size_t>(1, options_.connections);
  if (waiters_.empty() && lent_.size() < most) {
    co_return Lend(
        std::make_unique<Connection>(executor_, endpoint_, options_));
  }
  const auto waiter = std::make_shared<Waiter>(executor_);
  waiters_.push_back(waiter);
  waiter->timer.expires_at(deadline);
  co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (waiter->connection) co_return Lease(this, std::move(waiter->connection));
  std::erase(waiters_, waiter);
  co_return Lease();
}

void ConnectionPool::GiveBack(std::unique_ptr<Connection> connection) {
  if (!waiters_.empty() && !stopped_) {
    // Stays lent: from hand to hand.
    const std::shared_ptr<Waiter> next = std::move(waiters_.front());
    waiters_.pop_front();
    next->connection = std::move(connection);
    next->timer.cancel();
    return;
  }
  lent_.erase(connection.get());
  if (!stopped_) idle_.push_back(std::move(connection));
}

void ConnectionPool::Stop() {
  stopped_ = true;
  idle_.clear();
  for (Connection* connection : lent_) connection->Abort();
  for (const auto& waiter : waiters_) waiter->timer.cancel();
}

}  // namespace verifier::client
