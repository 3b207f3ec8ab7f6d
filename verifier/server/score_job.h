// ScoreJob: one request's items on their way through the engine, and their
// results: all in the items' order, or each as it comes. Used by one thread at
// a time; its results come from the engine's.

#ifndef VERIFIER_SERVER_SCORE_JOB_H_
#define VERIFIER_SERVER_SCORE_JOB_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "verifier/engine/engine.h"

namespace verifier::server {

class ScoreJob {
 public:
  // Hands `items` to `engine`, to be judged by `registry` (null: the engine's).
  // Calls `on_done` once, from a worker thread or
  // this one, when the last result is there. Returns none, and never calls
  // `on_done`, where the engine's queue has no room. Never blocks.
  [[nodiscard]] static std::optional<ScoreJob> Start(
      engine::Engine& engine, std::vector<protocol::Item>&& items,
      std::function<void()> on_done,
      std::shared_ptr<const engine::Registry> registry = nullptr);

  // The same for `task`; the one result holds no more than its status.
  [[nodiscard]] static std::optional<ScoreJob> StartTask(
      engine::Engine& engine, engine::Task task, std::function<void()> on_done);

  // The same, for results as they come: `on_ready` is called whenever there is
  // something to take after there was nothing. While `most_unread` results wait
  // to be taken, no further item starts.
  [[nodiscard]] static std::optional<ScoreJob> StartStream(
      engine::Engine& engine, std::vector<protocol::Item>&& items,
      std::function<void()> on_ready, std::size_t most_unread,
      std::shared_ptr<const engine::Registry> registry = nullptr);

  // Items that did not start yet end as `cancelled`.
  void Cancel(engine::Engine& engine) const { engine.Cancel(batch_); }

  [[nodiscard]] bool done() const noexcept;

  // Requires: done(), Start.
  [[nodiscard]] const std::vector<protocol::ScoreResult>& results() const;

  // Of StartStream: there is something to take.
  [[nodiscard]] bool ready() const;

  // Appends what there is to `text`, a line each, until it is over `most_bytes`
  // long, and returns how many. Taken results are forgotten; once they are
  // written, tell the engine: Consumed.
  [[nodiscard]] std::size_t TakeLines(std::string& text,
                                      std::size_t most_bytes);
  void Consumed(engine::Engine& engine, std::size_t count) const {
    engine.Consumed(batch_, count);
  }

 private:
  struct Results;

  explicit ScoreJob(std::shared_ptr<Results> results)
      : results_(std::move(results)) {}

  std::shared_ptr<Results> results_;
  std::shared_ptr<engine::Batch> batch_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_SCORE_JOB_H_
