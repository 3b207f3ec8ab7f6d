// Stats: what happened at the door since the start. Thread-safe: counters only.

#ifndef VERIFIER_SERVER_STATS_H_
#define VERIFIER_SERVER_STATS_H_

#include <atomic>
#include <cstdint>

namespace verifier::server {

struct Stats {
  using Counter = std::atomic<std::uint64_t>;

  Counter accepted = 0;       // connections
  Counter accept_errors = 0;  // of accept(): out of descriptors and the like
  Counter turned_away = 0;    // connections closed at once: no room
  Counter evicted = 0;        // unfinished or idle ones closed to make room
  Counter answered = 0;       // responses of status 2xx
  Counter refused = 0;        // responses of status 4xx
  Counter overloaded = 0;     // responses of status 5xx
  Counter left = 0;           // peers that left while their items were scored
  Counter exceptions = 0;     // that reached a guard; each ends one connection

  // The configuration: read anew and taken, or refused and kept as it was.
  Counter config_reloads = 0;
  Counter config_reloads_refused = 0;
  std::atomic<bool> config_last_reload_ok = true;  // true before the first
  std::atomic<std::int64_t> config_loaded_at = 0;  // Unix time, in seconds
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_STATS_H_
