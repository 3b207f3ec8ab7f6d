// Service: what the connections of one server share. Thread-safe.

#ifndef VERIFIER_SERVER_SERVICE_H_
#define VERIFIER_SERVER_SERVICE_H_

#include <atomic>
#include <boost/asio/thread_pool.hpp>

#include "verifier/engine/engine.h"
#include "verifier/server/byte_budget.h"
#include "verifier/server/connections.h"
#include "verifier/server/http_tally.h"
#include "verifier/server/process_figures.h"
#include "verifier/server/server_options.h"
#include "verifier/server/snapshot.h"
#include "verifier/server/stats.h"

namespace verifier::server {

struct Service {
  Service(const ServerOptions& options, engine::Engine& engine_in)
      : snapshot({options, engine_in.registry()}),
        engine(engine_in),
        json_pool(options.json_threads),
        bodies(options.held_bytes) {}

  CurrentSnapshot snapshot;  // what the next request is served by
  engine::Engine& engine;
  boost::asio::thread_pool json_pool;  // for the JSON of large requests
  ByteBudget bodies;
  Connections connections;
  Stats stats;
  HttpTally http;
  const ProcessFigures process;
  std::atomic<bool> draining = false;  // told to stop: /readyz says so
  std::atomic<bool> closing = false;   // no further request on any connection
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SERVICE_H_
