#include "verifier/server/score_job.h"

#include <atomic>
#include <cstddef>
#include <exception>
#include <utility>

namespace verifier::server {

// What the workers write to; the batch keeps it, so it must not keep the batch.
struct ScoreJob::Results {
  Results(std::size_t count, std::function<void()> on_done_in)
      : left(count), results(count), on_done(std::move(on_done_in)) {}

  void Put(std::size_t index, protocol::ScoreResult result) {
    results[index] = std::move(result);
    if (--left == 0) Done();
  }

  void Done() {
    const std::function<void()> call = std::move(on_done);
    on_done = nullptr;
    try {
      call();
    } catch (const std::exception&) {
      // No memory to wake the session: it looks for itself now and then.
    }
  }

  std::atomic<std::size_t> left;
  std::vector<protocol::ScoreResult> results;  // each written by one thread
  std::function<void()> on_done;
};

std::optional<ScoreJob> ScoreJob::Start(engine::Engine& engine,
                                        std::vector<protocol::Item>&& items,
                                        std::function<void()> on_done) {
  const auto results =
      std::make_shared<Results>(items.size(), std::move(on_done));
  ScoreJob job(results);
  if (items.empty()) {
    results->Done();
    return job;
  }
  job.batch_ = engine.Submit(
      std::move(items), [results](std::size_t i, protocol::ScoreResult result) {
        results->Put(i, std::move(result));
      });
  if (job.batch_ == nullptr) return std::nullopt;
  return job;
}

bool ScoreJob::done() const noexcept { return results_->left == 0; }

const std::vector<protocol::ScoreResult>& ScoreJob::results() const {
  return results_->results;
}

}  // namespace verifier::server
