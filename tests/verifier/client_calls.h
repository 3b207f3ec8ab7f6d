// Client: a ScoreClient for tests that wait, and what its replies are to be.

#ifndef TESTS_VERIFIER_CLIENT_CALLS_H_
#define TESTS_VERIFIER_CLIENT_CALLS_H_

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <cstddef>
#include <future>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/client/score_client.h"

namespace verifier::client::testing {

inline ClientOptions QuickRetries() {
  ClientOptions options;
  options.backoff = std::chrono::milliseconds(1);
  options.backoff_most = std::chrono::milliseconds(5);
  return options;
}

// A client on two threads of its own, for tests that wait.
class Client {
 public:
  explicit Client(const std::string& url,
                  const ClientOptions& options = QuickRetries())
      : client_(pool_.get_executor(), *ParseEndpoint(url), options) {}

  ~Client() { pool_.join(); }

  std::future<ScoreReply> Start(std::vector<protocol::Item> items,
                                std::optional<TimePoint> deadline = {}) {
    return boost::asio::co_spawn(pool_,
                                 client_.Score(std::move(items), deadline),
                                 boost::asio::use_future);
  }

  ScoreReply Score(std::vector<protocol::Item> items,
                   std::optional<TimePoint> deadline = {}) {
    return Start(std::move(items), deadline).get();
  }

  template <typename T>
  T Wait(boost::asio::awaitable<T> work) {
    return boost::asio::co_spawn(pool_, std::move(work),
                                 boost::asio::use_future)
        .get();
  }

  ScoreClient& operator*() { return client_; }

 private:
  boost::asio::thread_pool pool_{2};
  ScoreClient client_;
};

// Every item of `reply` is not judged, for `code`, and bears no number.
inline void ExpectAllFailed(const ScoreReply& reply, std::size_t count,
                            ClientErrorCode code) {
  ASSERT_EQ(reply.results.size(), count);
  ASSERT_EQ(reply.failures.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(reply.failures[i].index, i);
    EXPECT_EQ(ClientErrorName(reply.failures[i].error.code),
              ClientErrorName(code))
        << reply.failures[i].error.detail;
    EXPECT_EQ(reply.results[i].status, protocol::Status::kNotJudged);
    EXPECT_FALSE(reply.results[i].reward);
    ASSERT_EQ(reply.results[i].checks.size(), 1u);
    EXPECT_FALSE(reply.results[i].checks[0].score);
    EXPECT_EQ(reply.results[i].checks[0].detail.count("reason"), 1u);
  }
}

inline void ExpectAllCorrect(const ScoreReply& reply, std::size_t count) {
  ASSERT_EQ(reply.results.size(), count);
  EXPECT_TRUE(reply.failures.empty())
      << (reply.failures.empty() ? "" : reply.failures[0].error.detail);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(reply.results[i].id, "item/" + std::to_string(i));
    EXPECT_EQ(reply.results[i].reward, 1.0);
  }
}

}  // namespace verifier::client::testing

#endif  // TESTS_VERIFIER_CLIENT_CALLS_H_
