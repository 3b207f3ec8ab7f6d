// ServeTest: a server in process, over backends of serve_backends.h: raw bytes
// in, raw bytes out.

#ifndef TESTS_TRAINER_SERVE_FIXTURE_H_
#define TESTS_TRAINER_SERVE_FIXTURE_H_

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <utility>

#include "tests/trainer/serve_backends.h"
#include "trainer/serve/server.h"

namespace trainer::serve {

inline std::string Post(const std::string& path, const std::string& body,
                        bool close = true) {
  return "POST " + path +
         " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + (close ? "\r\nConnection: close" : "") +
         "\r\n\r\n" + body;
}

inline std::string Get(const std::string& target,
                       const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + more +
         "Connection: close\r\n\r\n";
}

inline std::string Reward(const std::string& response) {
  return R"({"id":"7","prompt":"p","response":")" + response + "\"}";
}

inline std::string BodyOf(const std::string& answer) {
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

  boost::asio::ip::tcp::socket Connect() {
    boost::asio::ip::tcp::socket peer(context_);
    peer.connect(server_->endpoint());
    return peer;
  }

  boost::asio::ip::tcp::socket Send(const std::string& request) {
    boost::asio::ip::tcp::socket peer = Connect();
    boost::asio::write(peer, boost::asio::buffer(request));
    return peer;
  }

  // Everything that comes until the server closes.
  static std::string ReadAll(boost::asio::ip::tcp::socket& peer) {
    std::string text;
    boost::system::error_code error;
    boost::asio::read(peer, boost::asio::dynamic_buffer(text), error);
    return text;
  }

  static std::string ReadUntil(boost::asio::ip::tcp::socket& peer,
                               const std::string& end) {
    std::string text;
    boost::system::error_code error;
    boost::asio::read_until(peer, boost::asio::dynamic_buffer(text), end,
                            error);
    return text;
  }

  std::string Ask(const std::string& request) {
    boost::asio::ip::tcp::socket peer = Send(request);
    return ReadAll(peer);
  }

  std::string Complete(const std::string& more) {
    return Ask(Post("/v1/completions", R"({"model":"echo",)" + more + "}"));
  }

  ServeOptions options_;
  testing::NumberReward* reward_ = nullptr;
  testing::Echo* echo_ = nullptr;
  boost::asio::io_context context_;
  std::unique_ptr<Server> server_;
};

}  // namespace trainer::serve

#endif  // TESTS_TRAINER_SERVE_FIXTURE_H_
