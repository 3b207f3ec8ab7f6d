// ScoreJob: one request's items on their way through the engine, and their
// results in the items' order. Used by one thread at a time; its results come
// from the engine's.

#ifndef VERIFIER_SERVER_SCORE_JOB_H_
#define VERIFIER_SERVER_SCORE_JOB_H_

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "verifier/engine/engine.h"

namespace verifier::server {

class ScoreJob {
 public:
  // Hands `items` to `engine`. Calls `on_done` once, from a worker thread or
  // this one, when the last result is there. Returns none, and never calls
  // `on_done`, where the engine's queue has no room. Never blocks.
  [[nodiscard]] static std::optional<ScoreJob> Start(
      engine::Engine& engine, std::vector<protocol::Item>&& items,
      std::function<void()> on_done);

  // Items that did not start yet end as `cancelled`.
  void Cancel(engine::Engine& engine) const { engine.Cancel(batch_); }

  [[nodiscard]] bool done() const noexcept;

  // Requires: done().
  [[nodiscard]] const std::vector<protocol::ScoreResult>& results() const;

 private:
  struct Results;

  explicit ScoreJob(std::shared_ptr<Results> results)
      : results_(std::move(results)) {}

  std::shared_ptr<Results> results_;
  std::shared_ptr<engine::Batch> batch_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SCORE_JOB_H_
