// TroubleReport: what went wrong lately, in one line, now and then. An attack
// makes counters grow, not logs. Used by one thread at a time.

#ifndef VERIFIER_SERVER_TROUBLE_REPORT_H_
#define VERIFIER_SERVER_TROUBLE_REPORT_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "verifier/server/stats.h"

namespace verifier::server {

class TroubleReport {
 public:
  // Borrows `stats`. `on_line` gets the lines; may be empty.
  TroubleReport(const Stats& stats,
                std::function<void(const std::string&)> on_line);

  // Says what changed since the last line; at most one line in ten seconds.
  void Tick();

 private:
  struct Count {
    const char* name;
    const Stats::Counter* counter;
    std::uint64_t said;
  };

  std::function<void(const std::string&)> on_line_;
  std::vector<Count> counts_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_TROUBLE_REPORT_H_
