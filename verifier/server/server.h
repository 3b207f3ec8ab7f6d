// Server: the HTTP service over one engine, on threads of its own. Thread-safe
// but for Start.
//
// Neither a request nor an exception ends it: what is thrown out of a handler
// is counted and the event loop goes on. It never prints; `on_event` gets one
// line at most every ten seconds for each kind of trouble, whatever the traffic
// (see stats()).

#ifndef VERIFIER_SERVER_SERVER_H_
#define VERIFIER_SERVER_SERVER_H_

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "verifier/engine/engine.h"
#include "verifier/server/server_options.h"
#include "verifier/server/stats.h"

namespace verifier::server {

class Server {
 public:
  using OnEvent = std::function<void(const std::string& line)>;

  // Starts the engine. `registry` is shared and read only.
  Server(std::shared_ptr<const engine::Registry> registry,
         const ServerOptions& options, OnEvent on_event);

  // Stops at once; waits for checks that run (up to their deadline).
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, listens and serves. Returns the error of binding; call it once.
  [[nodiscard]] boost::system::error_code Start();

  // Where it serves. Requires: Start succeeded.
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const;

  // Requests whose first byte comes from now on are served by `registry` and
  // `options`; those that began before end as they began. Address, port,
  // threads and connections stay as they are. Never blocks.
  void Replace(std::shared_ptr<const engine::Registry> registry,
               const ServerOptions& options);

  // Counts a configuration that was read anew; `taken`: it was good.
  void CountReload(bool taken) noexcept;

  // Begins to end: /readyz says 503 at once; after drain_delay no connection
  // and no further request is accepted. Returns at once.
  void Drain();

  // None while it serves or drains; after the end of the drain the number of
  // connections that had to be cut off at drain_timeout: 0 is a clean end.
  [[nodiscard]] std::optional<std::size_t> drained() const;

  [[nodiscard]] const Stats& stats() const noexcept;

  // Most connections at once: options.connections, or what RLIMIT_NOFILE
  // leaves room for.
  [[nodiscard]] std::size_t most_connections() const noexcept;

  // Of the event loop.
  [[nodiscard]] boost::asio::any_io_executor executor();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SERVER_H_
