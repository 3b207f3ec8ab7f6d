#include "verifier/server/score_job.h"

#include <atomic>
#include <deque>
#include <exception>
#include <mutex>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace verifier::server {

// What the workers write to; the batch keeps it, so it must not keep the batch.
struct ScoreJob::Results {
  Results(std::size_t count, bool streams_in, std::function<void()> wake_in)
      : left(count),
        results(streams_in ? 0 : count),
        streams(streams_in),
        wake(std::move(wake_in)) {}

  void Put(std::size_t index, protocol::ScoreResult result) {
    if (streams) {
      bool first = false;
      {
        const std::lock_guard lock(mutex);
        first = waiting.empty();
        waiting.push_back(std::move(result));
      }
      --left;
      if (first) Wake();
      return;
    }
    results[index] = std::move(result);
    if (--left == 0) {
      Wake();
      wake = nullptr;
    }
  }

  void Wake() const {
    try {
      wake();
    } catch (const std::exception&) {
      // No memory to wake the session: it looks for itself now and then.
    }
  }

  std::atomic<std::size_t> left;
  std::vector<protocol::ScoreResult> results;  // each written by one thread
  const bool streams;
  std::mutex mutex;
  std::deque<protocol::ScoreResult> waiting;  // to be taken; guarded
  std::function<void()> wake;
};

std::optional<ScoreJob> ScoreJob::Start(
    engine::Engine& engine, std::vector<protocol::Item>&& items,
    std::function<void()> on_done,
    std::shared_ptr<const engine::Registry> registry) {
  const auto results =
      std::make_shared<Results>(items.size(), false, std::move(on_done));
  ScoreJob job(results);
  if (items.empty()) {
    results->Wake();
    return job;
  }
  job.batch_ = engine.Submit(
      std::move(items),
      [results](std::size_t i, protocol::ScoreResult result) {
        results->Put(i, std::move(result));
      },
      0, std::move(registry));
  if (job.batch_ == nullptr) return std::nullopt;
  return job;
}

std::optional<ScoreJob> ScoreJob::StartTask(engine::Engine& engine,
                                            engine::Task task,
                                            std::function<void()> on_done) {
  const auto results = std::make_shared<Results>(1, false, std::move(on_done));
  ScoreJob job(results);
  job.batch_ = engine.SubmitTask(
      std::move(task), [results](std::size_t i, protocol::ScoreResult result) {
        results->Put(i, std::move(result));
      });
  if (job.batch_ == nullptr) return std::nullopt;
  return job;
}

std::optional<ScoreJob> ScoreJob::StartStream(
    engine::Engine& engine, std::vector<protocol::Item>&& items,
    std::function<void()> on_ready, std::size_t most_unread,
    std::shared_ptr<const engine::Registry> registry) {
  const auto results =
      std::make_shared<Results>(items.size(), true, std::move(on_ready));
  ScoreJob job(results);
  if (items.empty()) return job;
  job.batch_ = engine.Submit(
      std::move(items),
      [results](std::size_t i, protocol::ScoreResult result) {
        results->Put(i, std::move(result));
      },
      most_unread, std::move(registry));
  if (job.batch_ == nullptr) return std::nullopt;
  return job;
}

bool ScoreJob::done() const noexcept { return results_->left == 0; }

const std::vector<protocol::ScoreResult>& ScoreJob::results() const {
  return results_->results;
}

bool ScoreJob::ready() const {
  const std::lock_guard lock(results_->mutex);
  return !results_->waiting.empty();
}

std::size_t ScoreJob::TakeLines(std::string& text, std::size_t most_bytes) {
  std::size_t taken = 0;
  while (text.size() <= most_bytes) {
    protocol::ScoreResult result;
    {
      const std::lock_guard lock(results_->mutex);
      if (results_->waiting.empty()) break;
      result = std::move(results_->waiting.front());
      results_->waiting.pop_front();
    }
    protocol::AppendJson(protocol::ToJson(result), text);
    text += '\n';
    ++taken;
  }
  return taken;
}

}  // namespace verifier::server
