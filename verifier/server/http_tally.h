// HttpTally: what the door answered, counted by route and status. Thread-safe:
// counting takes no lock. Every name in it comes from a list of ours.

#ifndef VERIFIER_SERVER_HTTP_TALLY_H_
#define VERIFIER_SERVER_HTTP_TALLY_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "verifier/engine/histogram.h"
#include "verifier/server/problem_type.h"
#include "verifier/server/routes.h"

namespace verifier::server {

class HttpTally {
 public:
  using Count = std::atomic<std::uint64_t>;

  // Every status that a request may be answered with.
  static constexpr std::array<int, 14> kStatuses = {
      200, 400, 404, 405, 408, 411, 413, 414, 415, 417, 431, 500, 503, 505};

  HttpTally()
      : routes_(Routes().size() + 1), refusals_(ProblemTypes().size()) {}

  // One request was answered; `route` is null where its path is none of ours.
  void Add(const RouteInfo* route, int status, std::int64_t us) noexcept {
    OfRoute& one = routes_[IndexOf(route)];
    const auto* const found =
        std::find(kStatuses.begin(), kStatuses.end() - 1, status);
    one.statuses[static_cast<std::size_t>(found - kStatuses.begin())].fetch_add(
        1, std::memory_order_relaxed);
    one.elapsed.Add(us);
  }

  // It was answered with a problem, or a connection was.
  void Refuse(const ProblemType& type) noexcept {
    refusals_[server::IndexOf(type)].fetch_add(1, std::memory_order_relaxed);
  }

  struct OfRoute {
    std::array<Count, kStatuses.size()> statuses{};  // in their order
    engine::Histogram elapsed{};
  };

  // One for each of Routes(), and a last one for all other paths.
  [[nodiscard]] const std::vector<OfRoute>& routes() const { return routes_; }
  // One for each of ProblemTypes().
  [[nodiscard]] const std::vector<Count>& refusals() const { return refusals_; }

 private:
  [[nodiscard]] std::size_t IndexOf(const RouteInfo* route) const noexcept {
    if (route == nullptr) return routes_.size() - 1;
    return static_cast<std::size_t>(route - Routes().data());
  }

  std::vector<OfRoute> routes_;
  std::vector<Count> refusals_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_HTTP_TALLY_H_
