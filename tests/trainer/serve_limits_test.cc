// What the server refuses, and each of its limits.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/write.hpp>
#include <chrono>
#include <ostream>
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
using ::testing::StartsWith;

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

}  // namespace
}  // namespace trainer::serve
