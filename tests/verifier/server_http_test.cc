// The server in process, so that sanitizers see it whole. What only a process
// shows (pid, descriptors, signals) is in tests/e2e.

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/verifier/test_checkers.h"
#include "verifier/server/server.h"

namespace verifier::server {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using testing::Gate;

std::string Item(const std::string& id, const std::string& response,
                 const std::string& check) {
  return R"({"id":")" + id + R"(","response":")" + response +
         R"(","checks":[)" + check + "]}";
}

std::string Equals(const std::string& gold) {
  return R"({"checker":"equals","gold":")" + gold + R"("})";
}

std::string Post(const std::string& items, bool close = true) {
  const std::string body = R"({"items":[)" + items + "]}";
  return "POST /v1/score HTTP/1.1\r\nHost: a\r\n"
         "Content-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + (close ? "\r\nConnection: close" : "") +
         "\r\n\r\n" + body;
}

std::string Get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
}

class ServerTest : public ::testing::Test {
 protected:
  void StartServer(
      std::shared_ptr<const rewards::Registry> registry = nullptr) {
    options_.port = 0;
    options_.engine.workers = 2;
    options_.engine.slots = 1;
    if (registry == nullptr) registry = testing::TestRegistry(gate_);
    server_ = std::make_unique<Server>(std::move(registry), options_, nullptr);
    ASSERT_FALSE(server_->Start());
  }

  tcp::socket Connect() {
    tcp::socket peer(context_);
    peer.connect(server_->endpoint());
    return peer;
  }

  // Everything that comes until the server closes.
  static std::string ReadAll(tcp::socket& peer) {
    std::string text;
    boost::system::error_code error;
    asio::read(peer, asio::dynamic_buffer(text), error);
    return text;
  }

  std::string Ask(const std::string& request) {
    tcp::socket peer = Connect();
    asio::write(peer, asio::buffer(request));
    return ReadAll(peer);
  }

  static void WaitUntil(const std::function<bool()>& condition) {
    while (!condition()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  void ExpectHonest() {
    const std::string answer =
        Ask(Post(Item("right", "42", Equals("42")) + "," +
                 Item("wrong", "41", Equals("42"))));
    EXPECT_NE(answer.find(R"("id":"right","status":"ok","reward":1.0)"),
              std::string::npos)
        << answer;
    EXPECT_NE(answer.find(R"("id":"wrong","status":"ok","reward":0.0)"),
              std::string::npos)
        << answer;
  }

  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  ServerOptions options_;
  asio::io_context context_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, ServesSmallAndLargeRequestsInOrder) {
  options_.large_body_bytes = 10'000;
  StartServer();
  ExpectHonest();
  std::string items;
  for (int i = 0; i < 1'000; ++i) {
    items += (i == 0 ? "" : ",") +
             Item("q" + std::to_string(i), i % 3 == 0 ? "1" : "2", Equals("1"));
  }
  const std::string answer = Ask(Post(items));
  std::size_t at = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::string wanted = R"("id":"q)" + std::to_string(i) +
                               R"(","status":"ok","reward":)" +
                               (i % 3 == 0 ? "1.0" : "0.0");
    const std::size_t found = answer.find(wanted, at);
    ASSERT_NE(found, std::string::npos) << wanted;
    at = found;
  }
}

std::string PostTo(const std::string& path, const std::string& body) {
  return "POST " + path +
         " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
         "Content-Type: application/json\r\n"
         "Accept: application/x-ndjson\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST_F(ServerTest, HoldsAnswersAgainstEachOther) {
  StartServer(
      std::make_shared<const rewards::Registry>(rewards::BuiltInRegistry()));
  const std::string answer = Ask(
      PostTo("/v1/equal", R"({"pairs":[["1/2","0.5"],["1","2"],["1","?"]]})"));
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 200 ") << answer;
  const std::string results = answer.substr(answer.find("\r\n\r\n") + 4);
  EXPECT_EQ(results.find(R"({"results":[{"equal":true,"evidence":"proved")"),
            0U)
      << results;
  EXPECT_NE(results.find(R"({"equal":false,"evidence":"refuted")"),
            std::string::npos);
  EXPECT_NE(results.find(R"({"equal":null,"evidence":"unreadable")"),
            std::string::npos);

  const std::string bad =
      Ask(PostTo("/v1/equal", R"({"pairs":[],"policy":{"nonsense":true}})"));
  EXPECT_EQ(bad.substr(0, 13), "HTTP/1.1 400 ") << bad;
  EXPECT_NE(bad.find("/policy/nonsense"), std::string::npos) << bad;
  EXPECT_EQ(Ask(Get("/v1/equal")).substr(0, 13), "HTTP/1.1 405 ");
}

TEST_F(ServerTest, ExceptionsOutOfTheEventLoopEndNothing) {
  StartServer();
  for (int i = 0; i < 100; ++i) {
    asio::post(server_->executor(),
               [] { throw std::length_error("field value too large"); });
    asio::post(server_->executor(), [] { throw 42; });
  }
  WaitUntil([this] { return server_->stats().exceptions == 200; });
  ExpectHonest();
}

TEST_F(ServerTest, ExceptionInAHandlerIsA500) {
  StartServer(testing::RegistryWithBrokenSchema());
  const std::string answer = Ask(Get("/v1/checkers"));
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 500 ") << answer;
  EXPECT_EQ(server_->stats().exceptions, 1u);
  ExpectHonest();
}

TEST_F(ServerTest, ListsTheCheckersWithTheirSchemas) {
  StartServer();
  const std::string answer = Ask(Get("/v1/checkers"));
  EXPECT_NE(
      answer.find(R"({"name":"equals","version":"1","summary":)"
                  R"("For tests.","origin":"built_in","score_range":[0,1],)"
                  R"("runs_programs":false,"schema":{"type":"object"}})"),
      std::string::npos)
      << answer;
}

TEST_F(ServerTest, HealthIsAnsweredWhileEveryWorkerIsBusy) {
  StartServer();
  tcp::socket busy = Connect();
  const std::string gate = R"({"checker":"gate"})";
  asio::write(busy, asio::buffer(
                        Post(Item("a", "", gate) + "," + Item("b", "", gate))));
  gate_->AwaitArrivals(2);
  EXPECT_NE(Ask(Get("/livez")).find("200 OK"), std::string::npos);
  EXPECT_NE(Ask(Get("/readyz")).find("200 OK"), std::string::npos);
  gate_->Open();
  EXPECT_NE(ReadAll(busy).find("200 OK"), std::string::npos);
}

TEST_F(ServerTest, NewConnectionsAreServedWhenOldOnesFillTheRoom) {
  options_.connections = 20;
  StartServer();
  std::vector<tcp::socket> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(Connect());
    asio::write(slow.back(), asio::buffer(std::string("GET / HT")));
    if (i % 10 == 0) ExpectHonest();
  }
  ExpectHonest();
  EXPECT_GE(server_->stats().evicted, 80u);
  EXPECT_EQ(server_->stats().turned_away, 0u);
}

TEST_F(ServerTest, ConnectionsThatAreWorkedForAreNotEvicted) {
  options_.connections = 2;
  StartServer();
  const std::string request = Post(Item("a", "", R"({"checker":"gate"})"));
  tcp::socket first = Connect();
  tcp::socket second = Connect();
  asio::write(first, asio::buffer(request));
  asio::write(second, asio::buffer(request));
  gate_->AwaitArrivals(2);
  tcp::socket third = Connect();
  EXPECT_NE(ReadAll(third).find("503"), std::string::npos);
  gate_->Open();
  EXPECT_NE(ReadAll(first).find(R"("reward":1.0)"), std::string::npos);
  EXPECT_NE(ReadAll(second).find(R"("reward":1.0)"), std::string::npos);
}

TEST_F(ServerTest, SlowReaderOfALongAnswerIsCutOff) {
  options_.transfer_timeout = std::chrono::milliseconds(300);
  options_.min_rate = std::size_t{1} << 40;
  StartServer();
  std::string items;
  for (int i = 0; i < 10'000; ++i) {
    items += (i == 0 ? "" : ",") + Item("q" + std::to_string(i), "", "1,2,3");
  }
  std::vector<tcp::socket> peers;
  tcp::socket peer = Connect();
  peer.set_option(asio::socket_base::receive_buffer_size(4'096));
  // Answers that nobody reads, more than any socket buffer takes.
  boost::system::error_code error;
  const std::string request = Post(items, false);
  for (int i = 0; i < 40 && !error; ++i) {
    asio::write(peer, asio::buffer(request), error);
  }
  EXPECT_TRUE(error);  // reset, in the middle of it
  ExpectHonest();
}

TEST_F(ServerTest, StopsWithRequestsInEveryState) {
  StartServer();
  tcp::socket idle = Connect();
  tcp::socket unfinished = Connect();
  asio::write(unfinished, asio::buffer(std::string("GET / HT")));
  tcp::socket body = Connect();
  asio::write(body, asio::buffer(Post("1,2,3").substr(0, 150)));
  tcp::socket scoring = Connect();
  asio::write(scoring,
              asio::buffer(Post(Item("a", "", R"({"checker":"gate"})"))));
  gate_->AwaitArrivals(1);
  std::thread opener([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    gate_->Open();
  });
  server_.reset();
  opener.join();
}

TEST_F(ServerTest, DrainAnswersWhatItTookAndEnds) {
  StartServer();
  tcp::socket idle = Connect();
  tcp::socket scoring = Connect();
  asio::write(scoring, asio::buffer(Post(Item("a", "", R"({"checker":"gate"})"),
                                         false)));
  gate_->AwaitArrivals(1);
  server_->Drain();
  EXPECT_EQ(ReadAll(idle), "");
  EXPECT_FALSE(server_->drained().has_value());
  gate_->Open();
  const std::string answer = ReadAll(scoring);
  EXPECT_NE(answer.find(R"("reward":1.0)"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
  WaitUntil([this] { return server_->drained().has_value(); });
  EXPECT_EQ(*server_->drained(), 0u);
}

}  // namespace
}  // namespace verifier::server
