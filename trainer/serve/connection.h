// Connection: one socket with its deadlines. Runs on the strand of its socket;
// Notify, Drain and Close may be called from any thread.

#ifndef TRAINER_SERVE_CONNECTION_H_
#define TRAINER_SERVE_CONNECTION_H_

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "trainer/serve/serve_options.h"

namespace trainer::serve {

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  template <typename T>
  using Awaitable = boost::asio::awaitable<T>;
  using Parser =
      boost::beast::http::request_parser<boost::beast::http::string_body>;
  using ErrorCode = boost::system::error_code;

  // Borrows `options`. Requires: the executor of `socket` is a strand.
  Connection(boost::asio::ip::tcp::socket socket, const ServeOptions& options);

  // The peer is gone, or the connection was closed: nothing more can be said.
  [[nodiscard]] bool over() const { return over_; }
  void set_over() { over_ = true; }

  // Waits for the first byte of a request, for idle_timeout; over() where none
  // comes.
  [[nodiscard]] Awaitable<void> AwaitRequest();

  // Read the head, and the rest of the request, within their limits and times.
  // An error that is not one of HTTP, nor timed_out(), is the peer's leaving.
  [[nodiscard]] Awaitable<ErrorCode> ReadHead(Parser& parser);
  [[nodiscard]] Awaitable<ErrorCode> ReadBody(Parser& parser);
  [[nodiscard]] bool timed_out() const { return timed_out_; }

  // Writes all of `text`; each write within transfer_timeout, else over().
  [[nodiscard]] Awaitable<void> Write(std::string text);

  // Waits for Notify, and no longer than a look at the peer takes; over() where
  // it closed its sending side.
  [[nodiscard]] Awaitable<void> AwaitNews();
  void Notify();

  // After the last answer: where the peer may still be sending, reads and drops
  // that for a while, so that it gets to read the answer. Then closes.
  [[nodiscard]] Awaitable<void> End(bool peer_may_send);

  // Ends it where it waits for a request; now, in any case.
  void Drain();
  void Close();

 private:
  // From now on, after `time`, what is under way on the socket is cancelled.
  void Arm(ServeOptions::Milliseconds time);
  void Disarm();

  boost::asio::ip::tcp::socket socket_;
  const ServeOptions& options_;
  boost::beast::flat_buffer buffer_;
  boost::asio::steady_timer watch_;  // see Arm
  boost::asio::steady_timer news_;   // cancelled by Notify
  std::uint64_t watch_number_ = 0;
  bool timed_out_ = false;
  bool idle_ = false;  // between requests
  bool over_ = false;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_CONNECTION_H_
