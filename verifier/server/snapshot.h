// Snapshot: what one request is served by, from its first byte to its answer,
// whatever is reloaded meanwhile. Immutable; any thread.

#ifndef VERIFIER_SERVER_SNAPSHOT_H_
#define VERIFIER_SERVER_SNAPSHOT_H_

#include <memory>
#include <mutex>
#include <utility>

#include "verifier/engine/engine.h"
#include "verifier/server/server_options.h"

namespace verifier::server {

struct Snapshot {
  ServerOptions options{};
  std::shared_ptr<const engine::Registry> registry{};
};

// The snapshot of now. Thread-safe.
class CurrentSnapshot {
 public:
  explicit CurrentSnapshot(Snapshot snapshot) { Set(std::move(snapshot)); }

  [[nodiscard]] std::shared_ptr<const Snapshot> Get() const {
    const std::lock_guard lock(mutex_);
    return now_;
  }

  // Requests that began keep theirs, which lives until the last of them ends.
  void Set(Snapshot snapshot) {
    auto next = std::make_shared<const Snapshot>(std::move(snapshot));
    const std::lock_guard lock(mutex_);
    now_.swap(next);  // the old one goes after the lock
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> now_;  // guarded
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SNAPSHOT_H_
