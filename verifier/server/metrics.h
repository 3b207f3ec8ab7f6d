// Metrics: what GET /metrics answers. Thread-safe: no state.
//
// Every series is there from the first scrape, at 0, and every label comes from
// a list that is bounded: under 2,000 series whatever is asked.

#ifndef VERIFIER_SERVER_METRICS_H_
#define VERIFIER_SERVER_METRICS_H_

#include <string>

namespace verifier::server {

struct Service;

inline constexpr const char* kMetricsType = "text/plain; version=0.0.4";

// Never waits for the engine's work: some hundreds of microseconds.
[[nodiscard]] std::string MetricsText(const Service& service);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_METRICS_H_
