// What the server answers, by route.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include "tests/trainer/serve_fixture.h"

namespace trainer::serve {
namespace {

namespace asio = boost::asio;
using boost::asio::ip::tcp;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(ServeTest, ProbesAndModels) {
  StartServer();
  EXPECT_THAT(Ask(Get("/livez")), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Ask(Get("/readyz")), HasSubstr(R"({"status":"ready"})"));
  const std::string models = BodyOf(Ask(Get("/v1/models")));
  EXPECT_THAT(models, HasSubstr(R"("id":"echo","object":"model")"));
  EXPECT_THAT(models, HasSubstr(R"("kind":"reward")"));
  const std::string head =
      Ask("HEAD /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Length: 15\r\n"));
  EXPECT_EQ(BodyOf(head), "");
}

TEST_F(ServeTest, RewardsAndWhatIsNone) {
  StartServer();
  const auto ask = [&](const std::string& response) {
    return Ask(Post("/v1/reward/help", Reward(response)));
  };
  EXPECT_EQ(BodyOf(ask("0")),
            R"({"id":"7","score":0.5,"detail":{"logit":0.0}})");
  for (const char* broken : {"nan", "inf", "throw", "few"}) {
    const std::string answer = ask(broken);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500")) << broken;
    EXPECT_THAT(answer, HasSubstr("application/problem+json")) << broken;
    EXPECT_THAT(answer, Not(HasSubstr("score"))) << broken;
  }
  const std::string absent = ask("absent");
  EXPECT_THAT(absent, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(absent, HasSubstr("Retry-After: 1\r\n"));
  EXPECT_THAT(ask("refused"), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(BodyOf(ask("long")), HasSubstr(R"("score":0.0)"));
  EXPECT_THAT(Ask(Post("/v1/reward/nobody", Reward("1"))),
              StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Ask(Post("/v1/reward/help", "{}")),
              HasSubstr(R"("errors":[{"pointer":"/response")"));
}

TEST_F(ServeTest, WhatWaitsTravelsTogether) {
  options_.batch = 3;
  StartServer();
  reward_->gate.Close();
  tcp::socket first = Send(Post("/v1/reward/help", Reward("1")));
  reward_->gate.AwaitVisitor();
  std::vector<tcp::socket> peers;
  for (int i = 0; i < 4; ++i) {
    peers.push_back(Send(Post("/v1/reward/help", Reward(std::to_string(i)))));
  }
  std::this_thread::sleep_for(milliseconds(100));  // until they wait
  reward_->gate.Open();
  EXPECT_THAT(BodyOf(ReadAll(first)), HasSubstr(R"("logit":1.0)"));
  for (int i = 0; i < 4; ++i) {
    EXPECT_THAT(BodyOf(ReadAll(peers[static_cast<std::size_t>(i)])),
                HasSubstr(R"("logit":)" + std::to_string(i) + ".0"));
  }
  EXPECT_EQ(reward_->largest, 3U);
  EXPECT_EQ(reward_->calls, 3);
}

TEST_F(ServeTest, CompletionsInOpenAiShape) {
  StartServer();
  const std::string answer = BodyOf(
      Complete(R"("prompt":["abcd","xbz"],"n":2,"stop":"b","max_tokens":3)"));
  EXPECT_THAT(answer, HasSubstr(R"("object":"text_completion")"));
  EXPECT_THAT(answer, HasSubstr(R"("model":"echo","choices":[{"index":0,)"
                                R"("text":"a","logprobs":null,)"
                                R"("finish_reason":"stop"})"));
  EXPECT_THAT(answer, HasSubstr(R"({"index":3,"text":"x")"));
  EXPECT_THAT(answer,
              HasSubstr(R"("usage":{"prompt_tokens":7,"completion_tokens":8,)"
                        R"("total_tokens":15})"));
  const std::string cut = BodyOf(
      Complete(R"("prompt":"abc","max_tokens":2,"seed":3,"logprobs":0)"));
  EXPECT_THAT(cut, HasSubstr(R"("finish_reason":"length")"));
  EXPECT_THAT(cut, HasSubstr(R"("tokens":["a","b"])"));
  EXPECT_THAT(cut, HasSubstr(R"("text_offset":[0,1])"));
  const auto logprobs = [](const std::string& text) {
    const std::size_t begin = text.find("token_logprobs");
    return text.substr(begin, text.find(']', begin) - begin);
  };
  EXPECT_EQ(
      logprobs(cut),
      logprobs(BodyOf(Complete(R"("prompt":"abc","max_tokens":2,"seed":3,)"
                               R"("logprobs":0)"))));
}

TEST_F(ServeTest, Chat) {
  StartServer();
  const std::string answer = BodyOf(Ask(
      Post("/v1/chat/completions",
           R"({"model":"echo","messages":[{"role":"user","content":"hi"}]})")));
  EXPECT_THAT(answer, HasSubstr(R"("object":"chat.completion")"));
  EXPECT_THAT(answer, HasSubstr(R"("message":{"role":"assistant",)"
                                R"("content":"User: hi. Assistant:"})"));
}

TEST_F(ServeTest, StreamsEventsAsTheyCome) {
  StartServer();
  echo_->gate.Close();
  tcp::socket peer =
      Send(Post("/v1/completions",
                R"({"model":"echo","prompt":"abX","stop":"X","stream":true,)"
                R"("stream_options":{"include_usage":true}})",
                false));
  echo_->gate.AwaitVisitor();
  echo_->gate.Open();
  const std::string answer = ReadUntil(peer, "0\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(answer, HasSubstr(R"("text":"a")"));
  EXPECT_THAT(answer, HasSubstr(R"("finish_reason":"stop")"));
  EXPECT_THAT(answer, HasSubstr(R"("choices":[],"usage":{"prompt_tokens":3)"));
  EXPECT_THAT(answer, HasSubstr("data: [DONE]\n\n\r\n0\r\n\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("\"text\":\"X")));
  // The connection goes on.
  asio::write(peer, asio::buffer(Get("/livez")));
  EXPECT_THAT(ReadAll(peer), HasSubstr(R"({"status":"ok"})"));
}

TEST_F(ServeTest, StreamsAChatAndToHttp10) {
  StartServer();
  const std::string body =
      R"({"model":"echo","messages":[{"role":"user","content":"a"}],)"
      R"("max_tokens":2,"stream":true})";
  const std::string answer =
      Ask("POST /v1/chat/completions HTTP/1.0\r\nContent-Type: "
          "application/json\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_THAT(answer,
              HasSubstr(R"("delta":{"role":"assistant","content":"U"})"));
  EXPECT_THAT(answer, HasSubstr(R"("delta":{"content":"s"})"));
  EXPECT_THAT(answer, HasSubstr(R"("delta":{},"logprobs":null,)"
                                R"("finish_reason":"length")"));
  EXPECT_TRUE(answer.ends_with("data: [DONE]\n\n"));
}

TEST_F(ServeTest, ErrorsOfCompletionsHaveOpenAisShape) {
  StartServer();
  EXPECT_THAT(Complete(R"("prompt":"a","n":0)"),
              HasSubstr(R"("type":"invalid_request_error","param":"n")"));
  const std::string unknown =
      Ask(Post("/v1/completions", R"({"model":"no","prompt":"a"})"));
  EXPECT_THAT(unknown, StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(unknown, HasSubstr(R"("code":"model_not_found")"));
  for (const char* stream : {"true", "false"}) {
    const std::string absent =
        Complete(R"("prompt":"absent","stream":)" + std::string(stream));
    EXPECT_THAT(absent, StartsWith("HTTP/1.1 503")) << stream;
    EXPECT_THAT(absent, HasSubstr("Retry-After")) << stream;
  }
}

TEST_F(ServeTest, APeerThatLeavesIsGivenUp) {
  StartServer();
  echo_->gate.Close();
  {
    tcp::socket peer = Send(
        Post("/v1/completions", R"({"model":"echo","prompt":"abcdefgh"})"));
    echo_->gate.AwaitVisitor();
  }
  std::this_thread::sleep_for(milliseconds(400));  // it looks each 100 ms
  echo_->gate.Open();
  EXPECT_THAT(Complete(R"("prompt":"z")"), HasSubstr(R"("text":"z")"));
  EXPECT_LE(echo_->tokens, 2);
}

TEST_F(ServeTest, TheAddressMustBeFree) {
  StartServer();
  ServeOptions taken = options_;
  taken.port = server_->endpoint().port();
  Server other(Backends{}, taken);
  EXPECT_EQ(other.Start(), boost::asio::error::address_in_use);
}

}  // namespace
}  // namespace trainer::serve
