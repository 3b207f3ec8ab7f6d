// HttpConnection: one HTTP/1.1 connection to a server, opened when needed and
// kept alive. One thread at a time.

#ifndef REWARDS_HTTP_HTTP_CONNECTION_H_
#define REWARDS_HTTP_HTTP_CONNECTION_H_

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "rewards/http/target.h"

namespace rewards::http {

using Clock = std::chrono::steady_clock;

struct HttpLimits {
  std::chrono::milliseconds connect_timeout{1'000};
  std::size_t response_bytes = std::size_t{1} << 20;
};

// What came of one request.
struct HttpReply {
  enum class Kind {
    kAnswered,     // 200, and `body` holds all of it
    kUnreachable,  // the server never had the request
    kTurnedAway,   // 429: it wants fewer requests, whatever they say
    kFailed,       // it had the request, and gave no good answer
    kTimedOut,     // the same, and its time was over
  };
  Kind kind = Kind::kUnreachable;
  std::string body{};
  std::string reason{};  // where there is no answer: "closed the connection"
};

class HttpConnection {
 public:
  // `target` and `limits` must outlive it.
  HttpConnection(const Target& target, const HttpLimits& limits);
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  // Posts `body`, JSON, and reads the answer, until `deadline`. No redirect is
  // followed. A kept connection that was closed meanwhile is opened again,
  // once. `bearer`: a token to send along, or empty. Blocks; looking up a name
  // that is no address may overrun the deadline.
  [[nodiscard]] HttpReply Post(std::string_view body, const std::string& bearer,
                               Clock::time_point deadline);

  // Connects where it is not connected. Returns why it cannot, or empty. As
  // Post.
  [[nodiscard]] std::string Connect(Clock::time_point deadline);

  [[nodiscard]] bool open() const noexcept { return open_; }

 private:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;
  using Fields = boost::beast::http::fields;

  template <typename Result>
  Result Run(boost::asio::awaitable<Result> work);

  boost::asio::awaitable<HttpReply> Exchange(const Request& request,
                                             Clock::time_point deadline);
  boost::asio::awaitable<std::string> Open(Clock::time_point deadline);
  boost::asio::awaitable<HttpReply> SendAndReceive(const Request& request,
                                                   Clock::time_point deadline,
                                                   bool& lost);
  boost::asio::awaitable<HttpReply> Receive(bool& lost);
  [[nodiscard]] bool IsFresh();
  void Close();

  const Target& target_;
  const HttpLimits& limits_;
  boost::asio::io_context context_{1};
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  bool open_ = false;
};

}  // namespace rewards::http

#endif  // REWARDS_HTTP_HTTP_CONNECTION_H_
