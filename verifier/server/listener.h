// Listener: accepts connections, keeps them within bounds, and never stops
// accepting because something ran out. Runs on its own strand.

#ifndef VERIFIER_SERVER_LISTENER_H_
#define VERIFIER_SERVER_LISTENER_H_

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>

#include "verifier/server/service.h"

namespace verifier::server {

class Listener {
 public:
  // Borrows both. At most `connections` are open at once.
  Listener(boost::asio::io_context& context, Service& service,
           std::size_t connections);

  // Binds and listens. Returns the error, e.g. address in use.
  [[nodiscard]] boost::system::error_code Open(
      const boost::asio::ip::tcp::endpoint& endpoint);

  // Where it listens. Requires: Open succeeded.
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const;

  // Starts to accept.
  void Start();

  // Stops accepting. Thread-safe; returns at once.
  void Close();

 private:
  boost::asio::awaitable<void> Accept();
  boost::asio::awaitable<void> AcceptOne();
  void Admit(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context& context_;
  Service& service_;
  const std::size_t most_connections_;
  boost::asio::ip::tcp::acceptor acceptor_;  // on the listener's strand
  boost::asio::steady_timer pause_;
  bool closed_ = false;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_LISTENER_H_
