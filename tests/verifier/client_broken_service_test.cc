// Tests verifier/client/score_client.h against services that break.

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "tests/verifier/client_calls.h"
#include "tests/verifier/client_fake_server.h"
#include "verifier/client/score_client.h"
#include "verifier/protocol/json_text.h"

namespace verifier::client {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using protocol::Item;
using testing::Client;
using testing::ExpectAllCorrect;
using testing::ExpectAllFailed;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using testing::MathItems;
using testing::QuickRetries;
using testing::Respond;
using testing::RespondHonestly;

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

}  // namespace
}  // namespace verifier::client
