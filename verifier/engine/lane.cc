#include "verifier/engine/lane.h"

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
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    turns_.splice(turns_.end(), held_);
    for (Turn& turn : turns_) turn.batch->cancelled = true;
    threads.swap(threads_);
  }
  ready_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

void Lane::Grow(unsigned threads) {
  const std::lock_guard lock(mutex_);
  while (threads_.size() < threads && !stopping_) {
    threads_.emplace_back([this] { Work(); });
  }
}

void Lane::Push(std::shared_ptr<Batch> batch,
                std::vector<std::size_t> indices) {
  const std::size_t count = indices.size();
  {
    const std::lock_guard lock(mutex_);
    stats_.waiting += count;
    turns_.push_back({std::move(batch), std::move(indices)});
  }
  if (count == 1) {
    ready_.notify_one();
  } else {
    ready_.notify_all();
  }
}

bool Lane::HandOn(const std::shared_ptr<Batch>& batch, std::size_t index) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    const auto its = handed_on_.find(batch.get());
    if (its != handed_on_.end()) {
      its->second->indices.push_back(index);
    } else {  // all of it, or nothing where there is no memory
      Turns turn;
      turn.push_back({batch, {index}, true});
      handed_on_.emplace(batch.get(), turn.begin());
      turns_.splice(turns_.end(), turn);
    }
    ++stats_.waiting;
  }
  ready_.notify_one();
  return true;
}

void Lane::Wake(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  bool woken = false;
  for (auto its = held_.begin(); its != held_.end();) {
    const auto turn = its++;
    if (turn->batch.get() != &batch) continue;
    turns_.splice(turns_.end(), held_, turn);
    woken = true;
  }
  if (woken) ready_.notify_all();
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
    const auto turn = turns_.begin();
    // Asked under the lock that Wake takes: no wake-up is lost.
    if (turn->batch->held() && !stopping_) {
      held_.splice(held_.end(), turns_, turn);
      continue;
    }
    const std::size_t index = turn->indices[turn->next++];
    std::shared_ptr<Batch> batch = turn->batch;
    if (turn->next < turn->indices.size()) {
      turns_.splice(turns_.end(), turns_, turn);
    } else {
      if (turn->handed_on) handed_on_.erase(batch.get());
      turns_.erase(turn);
    }
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
    } else if (next->HandOn(batch, index)) {
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
  if (!run) {
    run = std::make_unique<ItemRun>(*batch.registry, batch.items[index]);
  }
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
