#include "verifier/engine/lane.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "verifier/engine/judge_item.h"

namespace verifier::engine {

Lane::Lane(std::atomic<std::size_t>& in_flight, Tally& tally, Route route,
           unsigned threads)
    : in_flight_(in_flight), tally_(tally), route_(std::move(route)) {
  Grow(threads);
}

Lane::~Lane() { Stop(); }

void Lane::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Turn& turn : held_) turns_.push_back(std::move(turn));
    held_.clear();
    for (Turn& turn : turns_) turn.batch->cancelled = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Lane::Grow(unsigned threads) {
  while (threads_.size() < threads) {
    threads_.emplace_back([this] { Work(); });
  }
}

bool Lane::Push(std::shared_ptr<Batch> batch,
                std::vector<std::size_t> indices) {
  const std::size_t count = indices.size();
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    stats_.waiting += count;
    const auto its = std::find_if(
        turns_.begin(), turns_.end(),
        [&batch](const Turn& turn) { return turn.batch == batch; });
    if (its == turns_.end()) {
      turns_.push_back({std::move(batch), std::move(indices), 0});
    } else {
      its->indices.insert(its->indices.end(), indices.begin(), indices.end());
    }
  }
  if (count == 1) {
    ready_.notify_one();
  } else {
    ready_.notify_all();
  }
  return true;
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
    Judge(batch, index);
    batch.reset();  // the last may take a registry with it: without the lock
    lock.lock();
    --stats_.running;
  }
}

// Judges what belongs to this lane, then hands the item on or answers it.
void Lane::Judge(const std::shared_ptr<Batch>& batch, std::size_t index) {
  using std::chrono::microseconds;
  protocol::ScoreResult result;
  result.id = batch->items[index].id;
  microseconds taken{0};
  try {
    Lane* next = nullptr;
    if (batch->cancelled) {
      result.status = protocol::Status::kCancelled;
    } else if (batch->task.run) {
      const auto start = std::chrono::steady_clock::now();
      result.status = batch->task.run();
      taken = std::chrono::duration_cast<microseconds>(
          std::chrono::steady_clock::now() - start);
    } else if ((next = Step(*batch, index)) == nullptr) {
      result = batch->runs[index]->Take();
      taken = microseconds(result.exec_us);
    } else if (next->Push(batch, {index})) {
      return;
    } else {
      result.status = protocol::Status::kCancelled;  // the engine ends
    }
  } catch (...) {  // out of memory, or a defect: not judged
  }
  Finish(*batch, index, std::move(result), taken);
}

// Judges the item's checks up to one that belongs to another lane, which is
// returned; null: all are judged.
Lane* Lane::Step(Batch& batch, std::size_t index) {
  std::unique_ptr<ItemRun>& run = batch.runs[index];
  if (!run)
    run = std::make_unique<ItemRun>(*batch.registry, batch.items[index]);
  while (const rewards::Checker* checker = run->next()) {
    Lane& lane = route_(*checker);
    if (&lane != this) return &lane;
    run->Step();
  }
  return nullptr;
}

void Lane::Finish(Batch& batch, std::size_t index, protocol::ScoreResult result,
                  std::chrono::microseconds taken) {
  batch.runs[index].reset();
  const auto waited = std::chrono::steady_clock::now() - batch.submitted;
  result.queue_us =
      (std::chrono::duration_cast<std::chrono::microseconds>(waited) - taken)
          .count();
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
