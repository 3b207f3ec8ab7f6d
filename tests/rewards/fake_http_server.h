// FakeHttpServer: a server on loopback that answers what a test says, byte for
// byte: honest, cut, hung, flooding, lying.

#ifndef TESTS_REWARDS_FAKE_HTTP_SERVER_H_
#define TESTS_REWARDS_FAKE_HTTP_SERVER_H_

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace rewards::http {

// A response of HTTP with `body`.
inline std::string Http(const std::string& body,
                        const std::string& status = "200 OK",
                        const std::string& fields = "") {
  return "HTTP/1.1 " + status + "\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

class FakeHttpServer {
 public:
  // The bytes for one request. An empty string closes the connection, kHang
  // says nothing until the other side goes, and what begins with kLast closes
  // after the rest.
  using Answer = std::function<std::string(const std::string& head,
                                           const boost::json::object& body)>;
  static constexpr const char* kHang = "HANG";
  static constexpr const char* kLast = "LAST";

  explicit FakeHttpServer(Answer answer, int port = 0)
      : answer_(std::move(answer)),
        listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(at);
    auto* address = reinterpret_cast<sockaddr*>(&at);
    if (bind(listener_, address, size) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, address, &size) != 0) {
      throw std::runtime_error("no listener");
    }
    port_ = ntohs(at.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }

  ~FakeHttpServer() {
    stop_ = true;
    acceptor_.join();
    for (std::thread& one : peers_) one.join();
    close(listener_);
  }
  FakeHttpServer(const FakeHttpServer&) = delete;
  FakeHttpServer& operator=(const FakeHttpServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/judge?a=b";
  }
  [[nodiscard]] int connections() const { return connections_; }
  [[nodiscard]] int requests() const { return requests_; }

  // Ends every connection that waits for a request.
  void CloseKept() { ++generation_; }

 private:
  void Accept() {
    while (!stop_) {
      if (!Readable(listener_)) continue;
      const int peer = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      ++connections_;
      peers_.emplace_back([this, peer] {
        Serve(peer);
        close(peer);
      });
    }
  }

  static bool Readable(int fd) {
    pollfd one{fd, POLLIN, 0};
    return poll(&one, 1, 10) > 0;
  }

  void Serve(int peer) {
    const int generation = generation_;
    std::string got;
    while (!stop_ && generation == generation_) {
      if (!Readable(peer)) continue;
      char bytes[4096];
      const ssize_t some = recv(peer, bytes, sizeof(bytes), 0);
      if (some <= 0) return;
      got.append(bytes, static_cast<std::size_t>(some));
      const std::size_t head = got.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      const std::size_t at = got.find("Content-Length: ");
      const std::size_t length = std::stoul(got.substr(at + 16));
      if (got.size() < head + 4 + length) continue;
      ++requests_;
      std::string out =
          answer_(got.substr(0, head),
                  boost::json::parse(got.substr(head + 4)).as_object());
      got.clear();
      if (out == kHang) return Hang(peer);
      const bool last = out.starts_with(kLast);
      if (last) out.erase(0, 4);
      for (std::size_t sent = 0; sent < out.size();) {
        const ssize_t more =
            send(peer, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
        if (more <= 0) return;
        sent += static_cast<std::size_t>(more);
      }
      if (out.empty() || last) return;
    }
  }

  void Hang(int peer) const {
    char byte = 0;
    while (!stop_ && !(Readable(peer) && recv(peer, &byte, 1, 0) <= 0)) {
    }
  }

  const Answer answer_;
  const int listener_;
  int port_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<int> generation_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<int> requests_ = 0;
  std::thread acceptor_;
  std::vector<std::thread> peers_;  // of the acceptor, until it is joined
};

}  // namespace rewards::http

#endif  // TESTS_REWARDS_FAKE_HTTP_SERVER_H_
