// Connection: one HTTP/1.1 connection to a service, opened when needed and kept
// alive. Not thread-safe: all calls on the executor it was made with (a
// strand), one Exchange at a time.

#ifndef VERIFIER_CLIENT_CONNECTION_H_
#define VERIFIER_CLIENT_CONNECTION_H_

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "verifier/client/client_error.h"
#include "verifier/client/client_options.h"
#include "verifier/client/endpoint.h"

namespace verifier::client {

using TimePoint = std::chrono::steady_clock::time_point;

struct HttpRequest {
  bool post = false;     // else GET
  std::string target{};  // e.g. "/v1/score"
  std::string accept{};  // media types
  std::string body{};    // JSON; empty for GET
};

struct HttpReply {
  unsigned status = 0;
  std::string content_type{};
  std::string retry_after{};  // the header's value, empty where absent
  std::string body{};
  bool complete = false;  // false: the connection broke in the midst of `body`
};

class Connection {
 public:
  // `endpoint` and `options` must outlive the connection.
  Connection(const boost::asio::any_io_executor& executor,
             const Endpoint& endpoint, const ClientOptions& options);

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Sends `request` (borrowed until the end) and reads the reply, until
  // `deadline`. A kept connection that the service closed meanwhile is opened
  // again, once. Errors: kUnreachable (no connection, or lost before a whole
  // header), kDeadline, kBadResponse (not HTTP, or over response_bytes).
  //
  // A name that is not an address is looked up by the system's resolver, which
  // may overrun the deadline.
  [[nodiscard]] boost::asio::awaitable<ClientResult<HttpReply>> Exchange(
      const HttpRequest& request, TimePoint deadline);

  // Ends an Exchange in progress with kUnreachable; there must be no other.
  void Abort();

 private:
  // None: done. `lost`: the connection broke before any byte of a reply.
  struct Failure {
    ClientError error{};
    bool lost = false;
  };

  boost::asio::awaitable<std::optional<ClientError>> Open(TimePoint deadline);
  boost::asio::awaitable<std::optional<Failure>> SendAndReceive(
      const HttpRequest& request, TimePoint deadline, HttpReply& reply);
  boost::asio::awaitable<std::optional<Failure>> Receive(HttpReply& reply);
  [[nodiscard]] bool IsFresh();
  void Close();

  const Endpoint& endpoint_;
  const ClientOptions& options_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  bool open_ = false;
  bool aborted_ = false;
};

}  // namespace verifier::client

#endif  // VERIFIER_CLIENT_CONNECTION_H_
