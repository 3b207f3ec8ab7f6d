// Service: what the sessions of one server share. Thread-safe.

#ifndef TRAINER_SERVE_SERVICE_H_
#define TRAINER_SERVE_SERVICE_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "trainer/serve/backend.h"
#include "trainer/serve/model_thread.h"
#include "trainer/serve/serve_options.h"

namespace trainer::serve {

struct Service {
  Service(Backends& backends_in, const ServeOptions& options_in)
      : options(options_in),
        backends(backends_in),
        models(backends_in, options_in.queue, options_in.batch) {}

  // Seconds since 1970.
  [[nodiscard]] static std::int64_t Now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  const ServeOptions options;
  const Backends& backends;
  ModelThread models;
  const std::int64_t started = Now();
  std::atomic<std::size_t> held = 0;  // bytes of bodies
  std::atomic<bool> draining = false;
};

// Bytes of `held` that are given back at the end of a request.
class HeldBytes {
 public:
  explicit HeldBytes(Service& service) : service_(service) {}
  ~HeldBytes() { service_.held -= taken_; }
  HeldBytes(const HeldBytes&) = delete;
  HeldBytes& operator=(const HeldBytes&) = delete;

  // False where there is no room. Once.
  [[nodiscard]] bool Take(std::size_t bytes) {
    taken_ = bytes;
    return (service_.held += bytes) <= service_.options.held_bytes;
  }

 private:
  Service& service_;
  std::size_t taken_ = 0;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_SERVICE_H_
