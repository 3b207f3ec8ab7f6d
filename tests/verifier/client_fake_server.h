// FakeServer: an HTTP service on loopback that says whatever a test wants, well
// formed or not. Runs on a thread of its own; the script is called there, one
// request at a time.

#ifndef TESTS_VERIFIER_CLIENT_FAKE_SERVER_H_
#define TESTS_VERIFIER_CLIENT_FAKE_SERVER_H_

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace verifier::client::testing {

struct FakeRequest {
  std::string target;
  std::string body;
  int number = 0;                       // of the request, from 1
  int connection = 0;                   // of its connection, from 1
  std::vector<protocol::Item> items{};  // where the body is a score request
};

struct FakeReply {
  std::string bytes;   // sent as they are
  bool close = false;  // close after them
  std::chrono::milliseconds delay{0};
  bool hang = false;  // say nothing more, and keep the connection
};

class FakeServer {
 public:
  using Script = std::function<FakeReply(const FakeRequest&)>;

  explicit FakeServer(Script script);
  ~FakeServer();

  [[nodiscard]] std::string url() const;
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] int connections() const { return connections_; }
  // Most requests that were open at once.
  [[nodiscard]] int most_open() const { return most_open_; }

 private:
  boost::asio::awaitable<void> Accept();
  boost::asio::awaitable<void> Serve(boost::asio::ip::tcp::socket socket,
                                     int connection);

  Script script_;
  boost::asio::io_context io_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  std::atomic<int> requests_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<int> open_ = 0;
  std::atomic<int> most_open_ = 0;
  std::thread thread_;
};

// A whole response with Content-Length. `headers`: lines that end in CR LF.
FakeReply Respond(int status, std::string_view body,
                  std::string_view type = "application/json",
                  std::string_view headers = "");

// What an honest service says of `item`: every check correct.
protocol::ScoreResult Honest(const protocol::Item& item);

// 200 with Honest results for all items of `request`.
FakeReply RespondHonestly(const FakeRequest& request);

// What `score` says, but that the service is ready where that is asked.
FakeReply ReadyAnd(const FakeRequest& request, const FakeServer::Script& score);

// Items "item/0".. with one math check each.
std::vector<protocol::Item> MathItems(std::size_t count);

// A port of loopback on which nothing listens.
std::string UnreachableUrl();

}  // namespace verifier::client::testing

#endif  // TESTS_VERIFIER_CLIENT_FAKE_SERVER_H_
