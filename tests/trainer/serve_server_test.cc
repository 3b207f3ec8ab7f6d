// The server in process, over backends of tests/trainer/serve_backends.h: raw
// bytes in, raw bytes out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/trainer/serve_backends.h"
#include "trainer/serve/server.h"

namespace trainer::serve {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Post(const std::string& path, const std::string& body,
                 bool close = true) {
  return "POST " + path +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + (close ? "\r\nConnection: close" : "") +
         "\r\n\r\n" + body;
}

std::string Get(const std::string& target, const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + more +
         "Connection: close\r\n\r\n";
}

std::string Reward(const std::string& response) {
  return R"({"id":"7","prompt":"p","response":")" + response + "\"}";
}

std::string BodyOf(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

class ServeTest : public ::testing::Test {
 protected:
  void StartServer() {
    auto reward = std::make_unique<testing::NumberReward>();
    auto echo = std::make_unique<testing::Echo>();
    reward_ = reward.get();
    echo_ = echo.get();
    Backends backends;
    backends.rewards["help"] = std::move(reward);
    backends.texts["echo"] = std::move(echo);
    server_ = std::make_unique<Server>(std::move(backends), options_);
    ASSERT_FALSE(server_->Start());
  }

  void TearDown() override {
    if (server_ == nullptr) return;
    reward_->gate.Open();
    echo_->gate.Open();
  }

  tcp::socket Connect() {
    tcp::socket peer(context_);
    peer.connect(server_->endpoint());
    return peer;
  }

  tcp::socket Send(const std::string& request) {
    tcp::socket peer = Connect();
    asio::write(peer, asio::buffer(request));
    return peer;
  }

  // Everything that comes until the server closes.
  static std::string ReadAll(tcp::socket& peer) {
    std::string text;
    boost::system::error_code error;
    asio::read(peer, asio::dynamic_buffer(text), error);
    return text;
  }

  static std::string ReadUntil(tcp::socket& peer, const std::string& end) {
    std::string text;
    boost::system::error_code error;
    asio::read_until(peer, asio::dynamic_buffer(text), end, error);
    return text;
  }

  std::string Ask(const std::string& request) {
    tcp::socket peer = Send(request);
    return ReadAll(peer);
  }

  std::string Complete(const std::string& more) {
    return Ask(Post("/v1/completions", R"({"model":"echo",)" + more + "}"));
  }

  ServeOptions options_;
  testing::NumberReward* reward_ = nullptr;
  testing::Echo* echo_ = nullptr;
  asio::io_context context_;
  std::unique_ptr<Server> server_;
};

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

struct BadHead {
  const char* name;
  std::string request;
  std::string status;
};
void PrintTo(const BadHead& c, std::ostream* os) { *os << c.name; }

class BadHeads : public ServeTest,
                 public ::testing::WithParamInterface<BadHead> {};

TEST_P(BadHeads, AreRefusedAndTheServerGoesOn) {
  StartServer();
  EXPECT_THAT(Ask(GetParam().request),
              StartsWith("HTTP/1.1 " + GetParam().status));
  EXPECT_THAT(Ask(Get("/livez")), StartsWith("HTTP/1.1 200"));
}

std::string Head(const std::string& fields) {
  return "POST /v1/reward/help HTTP/1.1\r\nConnection: close\r\n" + fields +
         "\r\n";
}
const std::string kJson = "Content-Type: application/json\r\n";
INSTANTIATE_TEST_SUITE_P(
    Serve, BadHeads,
    ::testing::Values(
        BadHead{"NotHttp", "hello\r\n\r\n", "400"},
        BadHead{"NoHost", Head(kJson), "400"},
        BadHead{"TwoHosts", Head("Host: a\r\nHost: b\r\n" + kJson), "400"},
        BadHead{"Chunked",
                Head("Host: a\r\n" + kJson + "Transfer-Encoding: chunked\r\n") +
                    "0\r\n\r\n",
                "411"},
        BadHead{"TwoLengths",
                Head("Host: a\r\n" + kJson +
                     "Content-Length: 2\r\nContent-Length: 3\r\n"),
                "400"},
        BadHead{"ListOfLengths",
                Head("Host: a\r\n" + kJson + "Content-Length: 2, 2\r\n") + "{}",
                "400"},
        BadHead{"Text",
                Head("Host: a\r\nContent-Type: text/plain\r\n"
                     "Content-Length: 2\r\n") +
                    "{}",
                "415"},
        BadHead{"Gzip",
                Head("Host: a\r\n" + kJson +
                     "Content-Encoding: gzip\r\nContent-Length: 2\r\n") +
                    "{}",
                "415"},
        BadHead{"NoBody", Head("Host: a\r\n" + kJson), "400"},
        BadHead{"Method", Get("/v1/reward/help"), "405"},
        BadHead{"Path", Get("/v2"), "404"}),
    [](const auto& test) { return test.param.name; });

TEST_F(ServeTest, HeadAtTheLimitAndOnePast) {
  options_.header_bytes = 200;
  StartServer();
  const std::string empty = Get("/livez", "X: \r\n");
  const std::string pad(options_.header_bytes - empty.size(), 'x');
  EXPECT_THAT(Ask(Get("/livez", "X: " + pad + "\r\n")),
              StartsWith("HTTP/1.1 200"));
  const std::string over = Ask(Get("/livez", "X: " + pad + "x\r\n"));
  EXPECT_THAT(over, StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(over, HasSubstr("limit.header_bytes = 200 bytes"));
}

TEST_F(ServeTest, BodyAtTheLimitAndOnePast) {
  options_.body_bytes = 100;
  StartServer();
  const std::string empty = Reward("");
  const std::string pad(options_.body_bytes - empty.size(), '1');
  EXPECT_THAT(Ask(Post("/v1/reward/help", Reward(pad))),
              StartsWith("HTTP/1.1 200"));
  const std::string over = Ask(Post("/v1/reward/help", Reward(pad + "1")));
  EXPECT_THAT(over, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(over, HasSubstr("limit.body_bytes = 100 bytes"));
}

TEST_F(ServeTest, HeldBytesAtTheLimitAndOnePast) {
  const std::string body = Reward("1");
  options_.held_bytes = 2 * body.size();
  StartServer();
  reward_->gate.Close();
  tcp::socket first = Send(Post("/v1/reward/help", body));
  reward_->gate.AwaitVisitor();
  EXPECT_THAT(Ask(Post("/v1/reward/help", body + " ")),
              AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("limit.held_bytes"),
                    HasSubstr("Retry-After")));
  tcp::socket second = Send(Post("/v1/reward/help", body));
  std::this_thread::sleep_for(milliseconds(50));
  reward_->gate.Open();
  EXPECT_THAT(ReadAll(second), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ReadAll(first), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Ask(Post("/v1/reward/help", body)),  // they are given back
              StartsWith("HTTP/1.1 200"));
}

TEST_F(ServeTest, ConnectionsAtTheLimitAndOnePast) {
  options_.connections = 2;
  StartServer();
  std::vector<tcp::socket> peers;
  for (int i = 0; i < 2; ++i) {
    peers.push_back(Connect());
    asio::write(peers.back(),
                asio::buffer(std::string("GET /livez HTTP/1.1\r\nHost: a\r\n"
                                         "\r\n")));
    EXPECT_THAT(ReadUntil(peers.back(), "}"), StartsWith("HTTP/1.1 200"));
  }
  const std::string over = Ask(Get("/livez"));
  EXPECT_THAT(over, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(over, HasSubstr("limit.connections = 2 connections"));
  peers.pop_back();
  std::string again;
  for (int i = 0; i < 100 && !again.starts_with("HTTP/1.1 200"); ++i) {
    again = Ask(Get("/livez"));
  }
  EXPECT_THAT(again, StartsWith("HTTP/1.1 200"));
}

TEST_F(ServeTest, QueueAtTheLimitAndOnePast) {
  options_.queue = 2;
  StartServer();
  reward_->gate.Close();
  std::vector<tcp::socket> peers;
  peers.push_back(Send(Post("/v1/reward/help", Reward("0"))));
  reward_->gate.AwaitVisitor();  // that one does not wait any more
  for (int i = 0; i < 2; ++i) {
    peers.push_back(Send(Post("/v1/reward/help", Reward("0"))));
    std::this_thread::sleep_for(milliseconds(50));
  }
  const std::string over = Ask(Post("/v1/reward/help", Reward("0")));
  EXPECT_THAT(over, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(over, HasSubstr("limit.queue = 2 requests"));
  reward_->gate.Open();
  for (tcp::socket& peer : peers) {
    EXPECT_THAT(ReadAll(peer), StartsWith("HTTP/1.1 200"));
  }
}

TEST_F(ServeTest, SlowHeadsAndBodiesEnd) {
  options_.header_timeout = milliseconds(200);
  options_.transfer_timeout = milliseconds(200);
  StartServer();
  EXPECT_THAT(Ask("GET /livez HTT"),
              AllOf(StartsWith("HTTP/1.1 408"), HasSubstr("the head")));
  EXPECT_THAT(Ask(Head("Host: a\r\n" + kJson + "Content-Length: 9\r\n") + "{"),
              AllOf(StartsWith("HTTP/1.1 408"), HasSubstr("the body")));
  // Within it, byte by byte, it is served.
  tcp::socket peer = Connect();
  for (const char c : Get("/livez").substr(0, 10)) {
    asio::write(peer, asio::buffer(&c, 1));
    std::this_thread::sleep_for(milliseconds(2));
  }
  asio::write(peer, asio::buffer(Get("/livez").substr(10)));
  EXPECT_THAT(ReadAll(peer), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServeTest, IdleConnectionsAreClosedSilently) {
  options_.idle_timeout = milliseconds(200);
  StartServer();
  tcp::socket peer = Connect();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(ReadAll(peer), "");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(190));
}

TEST_F(ServeTest, DrainAnswersWhatIsInFlight) {
  StartServer();
  reward_->gate.Close();
  tcp::socket idle = Connect();
  tcp::socket busy = Send(Post("/v1/reward/help", Reward("0"), false));
  reward_->gate.AwaitVisitor();
  std::thread opener([&] {
    std::this_thread::sleep_for(milliseconds(150));
    reward_->gate.Open();
  });
  EXPECT_TRUE(server_->Drain());
  opener.join();
  EXPECT_EQ(ReadAll(idle), "");
  EXPECT_THAT(ReadAll(busy), StartsWith("HTTP/1.1 200"));
  tcp::socket late(context_);
  boost::system::error_code error;
  EXPECT_TRUE(late.connect(server_->endpoint(), error));
}

TEST_F(ServeTest, DrainCutsWhatTakesTooLong) {
  options_.drain_timeout = milliseconds(200);
  StartServer();
  echo_->gate.Close();
  tcp::socket busy =
      Send(Post("/v1/completions", R"({"model":"echo","prompt":"abcdefgh"})"));
  echo_->gate.AwaitVisitor();
  tcp::socket waiting = Send(Post("/v1/reward/help", Reward("0")));
  // Nothing shows that it was read, and what was not gets no answer.
  std::this_thread::sleep_for(milliseconds(500));
  std::thread opener([&] {
    std::this_thread::sleep_for(milliseconds(500));
    echo_->gate.Open();
  });
  EXPECT_FALSE(server_->Drain());
  opener.join();
  EXPECT_THAT(ReadAll(busy), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(ReadAll(waiting), StartsWith("HTTP/1.1 503"));
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
