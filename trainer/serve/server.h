// Server: models over HTTP/1.1, on threads of its own: a few that move bytes,
// and one that calls the models. Thread-safe but for Start. It never prints.

#ifndef TRAINER_SERVE_SERVER_H_
#define TRAINER_SERVE_SERVER_H_

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <memory>

#include "trainer/serve/backend.h"
#include "trainer/serve/serve_options.h"

namespace trainer::serve {

class Server {
 public:
  Server(Backends backends, const ServeOptions& options);

  // Ends at once: connections are cut, a call to a model ends at its next
  // token. Blocks for that.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, listens and serves. Returns the error, e.g. address in use; call it
  // once.
  [[nodiscard]] boost::system::error_code Start();

  // Where it serves. Requires: Start succeeded.
  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const;

  // Takes no connection and no further request; blocks until those in flight
  // are answered, up to drain_timeout, after which they get a 503. Returns
  // whether all were answered.
  bool Drain();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_SERVER_H_
