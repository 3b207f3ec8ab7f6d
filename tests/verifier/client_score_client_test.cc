// Tests verifier/client/score_client.h against services that behave.

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <utility>
#include <vector>

#include "tests/verifier/client_calls.h"
#include "tests/verifier/client_fake_server.h"
#include "verifier/client/score_client.h"
#include "verifier/protocol/json_text.h"

namespace verifier::client {
namespace {

using namespace std::chrono_literals;
using protocol::Item;
using protocol::Status;
using testing::Client;
using testing::ExpectAllCorrect;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using testing::MathItems;
using testing::Respond;
using testing::RespondHonestly;

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
