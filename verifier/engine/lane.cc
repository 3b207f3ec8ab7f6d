#include "verifier/engine/lane.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "verifier/engine/judge_item.h"

namespace verifier::engine {

Lane::Lane(std::atomic<std::size_t>& in_flight, Tally& tally, unsigned threads)
    : in_flight_(in_flight), tally_(tally) {
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

Lane::~Lane() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Turn& turn : held_) turns_.push_back(std::move(turn));
    held_.clear();
    for (Turn& turn : turns_) turn.batch->cancelled = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Lane::Push(std::shared_ptr<Batch> batch,
                std::vector<std::size_t> indices) {
  const std::size_t count = indices.size();
  {
    const std::lock_guard lock(mutex_);
    stats_.waiting += count;
    turns_.push_back({std::move(batch), std::move(indices), 0});
  }
  if (count == 1) {
    ready_.notify_one();
  } else {
    ready_.notify_all();
  }
}

void Lane::Wake(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  const auto woken = std::stable_partition(
      held_.begin(), held_.end(),
      [&batch](const Turn& turn) { return turn.batch.get() != &batch; });
  if (woken == held_.end()) return;
  turns_.insert(turns_.end(), std::make_move_iterator(woken),
                std::make_move_iterator(held_.end()));
  held_.erase(woken, held_.end());
  ready_.notify_all();
}

EngineStats Lane::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

void Lane::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ready_.wait(lock, [this] { return stopping_ || !turns_.empty(); });
    if (turns_.empty()) return;
    Turn turn = std::move(turns_.front());
    turns_.pop_front();
    // Asked under the lock that Wake takes: no wake-up is lost.
    if (turn.batch->held() && !stopping_) {
      held_.push_back(std::move(turn));
      continue;
    }
    const std::size_t index = turn.indices[turn.next++];
    std::shared_ptr<Batch> batch = turn.batch;
    if (turn.next < turn.indices.size()) turns_.push_back(std::move(turn));
    turn = {};
    --stats_.waiting;
    ++stats_.running;
    lock.unlock();
    Finish(*batch, index);
    batch
        .reset();  // the last one may take a registry with it: without the lock
    lock.lock();
    --stats_.running;
  }
}

void Lane::Finish(Batch& batch, std::size_t index) {
  const auto waited = std::chrono::steady_clock::now() - batch.submitted;
  protocol::ScoreResult result;
  result.id = batch.items[index].id;
  if (batch.cancelled) {
    result.status = protocol::Status::kCancelled;
  } else {
    try {
      if (batch.task.run) {
        result.status = batch.task.run();
      } else {
        result = JudgeItem(*batch.registry, batch.items[index]);
      }
    } catch (...) {
      result = {};  // out of memory, or a defect: not judged
      result.id = batch.items[index].id;
    }
  }
  result.queue_us =
      std::chrono::duration_cast<std::chrono::microseconds>(waited).count();
  tally_.Add(batch.items[index], result);
  {
    const std::lock_guard lock(mutex_);
    ++stats_.items;
    if (result.status == protocol::Status::kNotJudged) ++stats_.not_judged;
  }
  --in_flight_;
  ++batch.unread;
  batch.on_result(index, std::move(result));
}

}  // namespace verifier::engine
