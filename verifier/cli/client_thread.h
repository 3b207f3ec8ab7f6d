// ClientThread: a ScoreClient with a thread of its own, for commands that wait.

#ifndef VERIFIER_CLI_CLIENT_THREAD_H_
#define VERIFIER_CLI_CLIENT_THREAD_H_

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "verifier/client/score_client.h"

namespace verifier::cli {

class ClientThread {
 public:
  explicit ClientThread(const client::Endpoint& endpoint)
      : client_(std::make_unique<client::ScoreClient>(
            io_.get_executor(), endpoint, client::ClientOptions{})),
        thread_([this] { io_.run(); }) {}

  // Calls in progress end soon, as stopped.
  ~ClientThread() {
    client_.reset();
    guard_.reset();
    thread_.join();
  }

  ClientThread(const ClientThread&) = delete;
  ClientThread& operator=(const ClientThread&) = delete;

  [[nodiscard]] client::ScoreClient& client() { return *client_; }

  // Blocks until `work` is done.
  template <typename T>
  T Wait(boost::asio::awaitable<T> work) {
    return boost::asio::co_spawn(io_, std::move(work), boost::asio::use_future)
        .get();
  }

 private:
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type>
      guard_{io_.get_executor()};
  std::unique_ptr<client::ScoreClient> client_;
  std::thread thread_;
};

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_CLIENT_THREAD_H_
