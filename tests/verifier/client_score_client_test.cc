// Tests verifier/client/score_client.h against services that behave, break and
// lie.

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/client_fake_server.h"
#include "verifier/client/score_client.h"
#include "verifier/protocol/json_text.h"

namespace verifier::client {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using protocol::Item;
using protocol::Status;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using testing::MathItems;
using testing::Respond;
using testing::RespondHonestly;

ClientOptions QuickRetries() {
  ClientOptions options;
  options.backoff = 1ms;
  options.backoff_most = 5ms;
  return options;
}

// A client on two threads of its own, for tests that wait.
class Client {
 public:
  explicit Client(const std::string& url,
                  const ClientOptions& options = QuickRetries())
      : client_(pool_.get_executor(), *ParseEndpoint(url), options) {}

  ~Client() { pool_.join(); }

  std::future<ScoreReply> Start(std::vector<Item> items,
                                std::optional<TimePoint> deadline = {}) {
    return asio::co_spawn(pool_, client_.Score(std::move(items), deadline),
                          asio::use_future);
  }

  ScoreReply Score(std::vector<Item> items,
                   std::optional<TimePoint> deadline = {}) {
    return Start(std::move(items), deadline).get();
  }

  template <typename T>
  T Wait(asio::awaitable<T> work) {
    return asio::co_spawn(pool_, std::move(work), asio::use_future).get();
  }

  ScoreClient& operator*() { return client_; }

 private:
  asio::thread_pool pool_{2};
  ScoreClient client_;
};

// Every item of `reply` is not judged, for `code`, and bears no number.
void ExpectAllFailed(const ScoreReply& reply, std::size_t count,
                     ClientErrorCode code) {
  ASSERT_EQ(reply.results.size(), count);
  ASSERT_EQ(reply.failures.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(reply.failures[i].index, i);
    EXPECT_EQ(ClientErrorName(reply.failures[i].error.code),
              ClientErrorName(code))
        << reply.failures[i].error.detail;
    EXPECT_EQ(reply.results[i].status, Status::kNotJudged);
    EXPECT_FALSE(reply.results[i].reward);
    ASSERT_EQ(reply.results[i].checks.size(), 1u);
    EXPECT_FALSE(reply.results[i].checks[0].score);
    EXPECT_EQ(reply.results[i].checks[0].detail.count("reason"), 1u);
  }
}

void ExpectAllCorrect(const ScoreReply& reply, std::size_t count) {
  ASSERT_EQ(reply.results.size(), count);
  EXPECT_TRUE(reply.failures.empty())
      << (reply.failures.empty() ? "" : reply.failures[0].error.detail);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(reply.results[i].id, "item/" + std::to_string(i));
    EXPECT_EQ(reply.results[i].reward, 1.0);
  }
}

TEST(ScoreClientTest, AnswersInTheItemsOrderOverManyBatches) {
  FakeServer server(RespondHonestly);
  ClientOptions options;
  options.batch_items = 7;
  Client client(server.url(), options);
  ExpectAllCorrect(client.Score(MathItems(100)), 100);
  EXPECT_EQ(server.requests(), 15);
  EXPECT_LE(server.connections(), 8);
}

TEST(ScoreClientTest, KeepsOneConnectionForCallsInARow) {
  FakeServer server(RespondHonestly);
  Client client(server.url());
  for (int i = 0; i < 20; ++i) ExpectAllCorrect(client.Score(MathItems(1)), 1);
  EXPECT_EQ(server.requests(), 20);
  EXPECT_EQ(server.connections(), 1);
}

TEST(ScoreClientTest, HasSeveralRequestsInFlightAndNoMoreThanConnections) {
  FakeServer server([](const FakeRequest& request) {
    FakeReply reply = RespondHonestly(request);
    reply.delay = 50ms;
    return reply;
  });
  ClientOptions options;
  options.connections = 3;
  Client client(server.url(), options);
  std::vector<std::future<ScoreReply>> calls;
  for (int i = 0; i < 12; ++i) calls.push_back(client.Start(MathItems(1)));
  for (auto& call : calls) ExpectAllCorrect(call.get(), 1);
  EXPECT_EQ(server.most_open(), 3);
  EXPECT_EQ(server.connections(), 3);
}

TEST(ScoreClientTest, ManySmallCallsFromManyThreads) {
  FakeServer server(RespondHonestly);
  Client client(server.url());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&client] {
      for (int i = 0; i < 50; ++i) {
        ExpectAllCorrect(client.Score(MathItems(1)), 1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(server.requests(), 200);
}

TEST(ScoreClientTest, CallbackFormCompletesOnce) {
  FakeServer server(RespondHonestly);
  Client client(server.url());
  std::promise<ScoreReply> promise;
  (*client).Score(MathItems(3), std::nullopt, [&promise](ScoreReply reply) {
    promise.set_value(std::move(reply));
  });
  ExpectAllCorrect(promise.get_future().get(), 3);
}

TEST(ScoreClientTest, NoItemsIsAnAnswerWithoutARequest) {
  FakeServer server(RespondHonestly);
  Client client(server.url());
  EXPECT_TRUE(client.Score({}).results.empty());
  EXPECT_EQ(server.requests(), 0);
}

TEST(ScoreClientTest, WhatCannotBeSentIsAnsweredHere) {
  FakeServer server(RespondHonestly);
  Client client(server.url());
  std::vector<Item> items = MathItems(3);
  items[0].error.emplace("/checks", "required");
  items[1].too_long = "the response is too long";
  const ScoreReply reply = client.Score(items);
  EXPECT_TRUE(reply.failures.empty());
  EXPECT_EQ(reply.results[0].status, Status::kInvalid);
  EXPECT_EQ(reply.results[0].error->pointer, "/checks");
  EXPECT_FALSE(reply.results[0].reward);
  EXPECT_EQ(reply.results[1].status, Status::kOk);
  EXPECT_EQ(reply.results[1].reward, 0.0);
  EXPECT_EQ(reply.results[1].checks[0].outcome, "unreadable");
  EXPECT_EQ(reply.results[2].reward, 1.0);
}

// --- what breaks ------------------------------------------------------------

TEST(ScoreClientTest, AsksAgainOnlyForItemsWithoutAnAnswer) {
  std::vector<std::vector<std::string>> asked;  // on the server's thread
  FakeServer server([&asked](const FakeRequest& request) {
    std::vector<std::string>& ids = asked.emplace_back();
    for (const Item& item : request.items) ids.push_back(*item.id);
    if (request.number > 1) return RespondHonestly(request);
    // Half of the stream, then the connection closes.
    std::string lines;
    for (std::size_t i = 0; i < request.items.size() / 2; ++i) {
      lines += protocol::JsonText(
                   protocol::ToJson(testing::Honest(request.items[i]))) +
               "\n";
    }
    FakeReply reply;
    reply.bytes =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
        "Content-Length: 1000000\r\n\r\n" +
        lines;
    reply.close = true;
    return reply;
  });
  {
    Client client(server.url());
    ExpectAllCorrect(client.Score(MathItems(6)), 6);
  }
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].size(), 6u);
  EXPECT_EQ(asked[1], (std::vector<std::string>{"item/3", "item/4", "item/5"}));
}

TEST(ScoreClientTest, AConnectionThatBreaksIsAskedAgain) {
  FakeServer server([](const FakeRequest& request) {
    FakeReply reply = RespondHonestly(request);
    if (request.number < 3) {
      reply.bytes.resize(request.number == 1 ? 0 : reply.bytes.size() - 1);
      reply.close = true;
    }
    return reply;
  });
  Client client(server.url());
  ExpectAllCorrect(client.Score(MathItems(2)), 2);
  EXPECT_EQ(server.requests(), 3);
}

TEST(ScoreClientTest, AKeptConnectionThatTheServiceClosedCostsNoAttempt) {
  FakeServer server([](const FakeRequest& request) {
    FakeReply reply = RespondHonestly(request);
    reply.close = true;  // without saying so
    return reply;
  });
  ClientOptions options = QuickRetries();
  options.attempts = 1;
  Client client(server.url(), options);
  for (int i = 0; i < 10; ++i) ExpectAllCorrect(client.Score(MathItems(1)), 1);
}

TEST(ScoreClientTest, BytesNobodyAskedForAreNotTheNextAnswer) {
  FakeServer server([](const FakeRequest& request) {
    FakeReply reply = RespondHonestly(request);
    if (request.number == 1) reply.bytes += Respond(500, "").bytes;
    return reply;
  });
  ClientOptions options = QuickRetries();
  options.attempts = 1;
  Client client(server.url(), options);
  ExpectAllCorrect(client.Score(MathItems(1)), 1);
  ExpectAllCorrect(client.Score(MathItems(1)), 1);
  EXPECT_EQ(server.connections(), 2);
}

struct StatusCase {
  int status;
  int requests;  // with 3 attempts
  ClientErrorCode code;
};

TEST(ScoreClientTest, RetriesWhatMayPassAndNothingElse) {
  const StatusCase cases[] = {
      {408, 3, ClientErrorCode::kOverloaded},
      {429, 3, ClientErrorCode::kOverloaded},
      {503, 3, ClientErrorCode::kOverloaded},
      {500, 3, ClientErrorCode::kServerFailed},
      {502, 3, ClientErrorCode::kServerFailed},
      {400, 1, ClientErrorCode::kRefused},
      {401, 1, ClientErrorCode::kRefused},
      {404, 1, ClientErrorCode::kRefused},
      {413, 1, ClientErrorCode::kRefused},
      {204, 1, ClientErrorCode::kBadResponse},
      {302, 1, ClientErrorCode::kBadResponse},
  };
  for (const StatusCase& c : cases) {
    SCOPED_TRACE(c.status);
    FakeServer server(
        [&c](const FakeRequest&) { return Respond(c.status, ""); });
    ClientOptions options = QuickRetries();
    options.attempts = 3;
    Client client(server.url(), options);
    ExpectAllFailed(client.Score(MathItems(1)), 1, c.code);
    EXPECT_EQ(server.requests(), c.requests);
  }
}

TEST(ScoreClientTest, WaitsAsLongAsRetryAfterSays) {
  FakeServer server([](const FakeRequest& request) {
    if (request.number == 1) {
      return Respond(503, "", "text/plain", "Retry-After: 1\r\n");
    }
    return RespondHonestly(request);
  });
  Client client(server.url());
  const auto start = std::chrono::steady_clock::now();
  ExpectAllCorrect(client.Score(MathItems(1)), 1);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1s);
}

TEST(ScoreClientTest, RetryAfterPastTheDeadlineFailsAtOnce) {
  FakeServer server([](const FakeRequest&) {
    return Respond(503, "", "text/plain", "Retry-After: 3600\r\n");
  });
  Client client(server.url());
  ExpectAllFailed(client.Score(MathItems(1)), 1, ClientErrorCode::kOverloaded);
  EXPECT_EQ(server.requests(), 1);
}

TEST(ScoreClientTest, RetryTokensEndARetryStorm) {
  FakeServer server([](const FakeRequest&) { return Respond(503, ""); });
  ClientOptions options = QuickRetries();
  options.attempts = 4;
  options.retry_tokens = 5.0;
  Client client(server.url(), options);
  for (int i = 0; i < 20; ++i) {
    ExpectAllFailed(client.Score(MathItems(1)), 1,
                    ClientErrorCode::kOverloaded);
  }
  EXPECT_EQ(server.requests(), 25);  // 20 calls and 5 retries
}

TEST(ScoreClientTest, NobodyListens) {
  ClientOptions options = QuickRetries();
  options.attempts = 2;
  Client client(testing::UnreachableUrl(), options);
  ExpectAllFailed(client.Score(MathItems(2)), 2, ClientErrorCode::kUnreachable);
  const auto ready = client.Wait((*client).Ready());
  ASSERT_FALSE(ready.has_value());
  EXPECT_EQ(ready.error().code, ClientErrorCode::kUnreachable);
}

TEST(ScoreClientTest, ASilentServiceEndsWithTheDeadline) {
  FakeServer server([](const FakeRequest&) {
    FakeReply reply;
    reply.hang = true;
    return reply;
  });
  ClientOptions options = QuickRetries();
  options.connections = 1;
  options.batch_items = 1;
  Client client(server.url(), options);
  const auto deadline = std::chrono::steady_clock::now() + 100ms;
  // The second batch waits for the only connection.
  ExpectAllFailed(client.Score(MathItems(2), deadline), 2,
                  ClientErrorCode::kDeadline);
  EXPECT_GE(std::chrono::steady_clock::now(), deadline);
}

TEST(ScoreClientTest, DestroyingTheClientEndsItsCalls) {
  FakeServer server([](const FakeRequest&) {
    FakeReply reply;
    reply.hang = true;
    return reply;
  });
  asio::thread_pool pool(1);
  ClientOptions options;
  options.connections = 1;
  std::vector<std::future<ScoreReply>> calls;
  {
    ScoreClient client(pool.get_executor(), *ParseEndpoint(server.url()),
                       options);
    for (int i = 0; i < 3; ++i) {
      calls.push_back(
          asio::co_spawn(pool, client.Score(MathItems(1)), asio::use_future));
    }
    while (server.requests() == 0) std::this_thread::sleep_for(1ms);
  }
  for (auto& call : calls) {
    ExpectAllFailed(call.get(), 1, ClientErrorCode::kStopped);
  }
  pool.join();
}

// --- what is too much -------------------------------------------------------

TEST(ScoreClientTest, HalvesABatchThatIsTooLargeForTheService) {
  FakeServer server([](const FakeRequest& request) {
    return request.items.size() > 10 ? Respond(413, "")
                                     : RespondHonestly(request);
  });
  Client client(server.url());
  ExpectAllCorrect(client.Score(MathItems(35)), 35);
}

TEST(ScoreClientTest, OneItemThatIsRefusedHurtsNoOther) {
  FakeServer server([](const FakeRequest& request) {
    for (const Item& item : request.items) {
      if (item.id == "item/5") return Respond(400, "too deep", "text/plain");
    }
    return RespondHonestly(request);
  });
  Client client(server.url());
  const ScoreReply reply = client.Score(MathItems(16));
  ASSERT_EQ(reply.failures.size(), 1u);
  EXPECT_EQ(reply.failures[0].index, 5u);
  EXPECT_EQ(reply.failures[0].error.code, ClientErrorCode::kRefused);
  EXPECT_NE(reply.failures[0].error.detail.find("too deep"), std::string::npos);
  EXPECT_EQ(reply.results[6].reward, 1.0);
}

TEST(ScoreClientTest, AResponseOverTheLimitIsNotRead) {
  for (const int over : {0, 1}) {
    FakeServer server(
        [](const FakeRequest& request) { return RespondHonestly(request); });
    ClientOptions options = QuickRetries();
    const std::string body =
        protocol::ScoreResponseText({testing::Honest(MathItems(1)[0])});
    options.response_bytes = body.size() - static_cast<std::size_t>(over);
    Client client(server.url(), options);
    const ScoreReply reply = client.Score(MathItems(1));
    if (over == 0) {
      ExpectAllCorrect(reply, 1);
    } else {
      ExpectAllFailed(reply, 1, ClientErrorCode::kBadResponse);
      EXPECT_EQ(server.requests(), 1);
    }
  }
}

// --- what is not HTTP, or lies ----------------------------------------------

struct BytesCase {
  const char* name;
  std::string bytes;
};

TEST(ScoreClientTest, BytesThatAreNotHttpAreABadResponse) {
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const BytesCase cases[] = {
      {"not http", "SSH-2.0-OpenSSH\r\n\r\n"},
      {"two lengths",
       head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"},
      {"negative length", head + "Content-Length: -1\r\n\r\n"},
      {"chunk size", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"},
      {"header without end", head + "X: " + std::string(200'000, 'a')},
      {"chunk extension without end",
       head + "Transfer-Encoding: chunked\r\n\r\n1;" +
           std::string(300'000, 'a')},
      {"trailer field of 70,000 bytes",
       head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " +
           std::string(70'000, 'a') + "\r\n\r\n"},
      {"huge length", head + "Content-Length: 99999999999\r\n\r\n{}"},
  };
  for (const BytesCase& c : cases) {
    SCOPED_TRACE(c.name);
    FakeServer server([&c](const FakeRequest&) {
      FakeReply reply;
      reply.bytes = c.bytes;
      return reply;
    });
    Client client(server.url());
    ExpectAllFailed(client.Score(MathItems(1)), 1,
                    ClientErrorCode::kBadResponse);
    EXPECT_EQ(server.requests(), 1);
  }
}

TEST(ScoreClientTest, ALieIsNotAskedAgainAndNamesTheId) {
  FakeServer server([](const FakeRequest& request) {
    std::vector<protocol::ScoreResult> results;
    for (const Item& item : request.items) {
      results.push_back(testing::Honest(item));
    }
    std::swap(results[0], results[1]);
    return Respond(200, protocol::ScoreResponseText(results));
  });
  Client client(server.url());
  const ScoreReply reply = client.Score(MathItems(2));
  ExpectAllFailed(reply, 2, ClientErrorCode::kBadResponse);
  EXPECT_NE(reply.failures[0].error.detail.find("item/0"), std::string::npos);
  EXPECT_EQ(server.requests(), 1);
}

TEST(ScoreClientTest, HtmlWithStatus200IsABadResponse) {
  FakeServer server([](const FakeRequest&) {
    return Respond(200, "<html>welcome</html>", "text/html");
  });
  Client client(server.url());
  ExpectAllFailed(client.Score(MathItems(3)), 3, ClientErrorCode::kBadResponse);
}

// --- the other routes -------------------------------------------------------

TEST(ScoreClientTest, ReadyFollowsTheStatus) {
  const std::pair<int, int> cases[] = {{200, 1}, {503, 0}, {404, -1}};
  for (const auto& [status, want] : cases) {
    FakeServer server([code = status](const FakeRequest& request) {
      EXPECT_EQ(request.target, "/prefix/readyz");
      return Respond(code, "");
    });
    Client client(server.url() + "/prefix");
    const auto ready = client.Wait((*client).Ready());
    EXPECT_EQ(ready.has_value() ? (*ready ? 1 : 0) : -1, want) << status;
  }
}

TEST(ScoreClientTest, CheckersAreReadAsStrictJson) {
  FakeServer server([](const FakeRequest& request) {
    EXPECT_EQ(request.target, "/v1/checkers");
    return Respond(200, request.number == 1 ? "{\"checkers\":[]}" : "{,}");
  });
  Client client(server.url());
  const auto checkers = client.Wait((*client).Checkers());
  ASSERT_TRUE(checkers.has_value());
  EXPECT_TRUE(checkers->as_object().contains("checkers"));
  const auto broken = client.Wait((*client).Checkers());
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().code, ClientErrorCode::kBadResponse);
}

}  // namespace
}  // namespace verifier::client
