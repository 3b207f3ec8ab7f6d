#include "verifier/engine/engine.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "verifier/engine/judge_item.h"
#include "verifier/engine/lane.h"
#include "verifier/engine/prepare_item.h"

namespace verifier::engine {
namespace {

unsigned OrCores(unsigned threads) {
  return threads != 0 ? threads
                      : std::max(1u, std::thread::hardware_concurrency());
}

EngineOptions Resolved(EngineOptions options) {
  options.workers = OrCores(options.workers);
  options.slots = OrCores(options.slots);
  return options;
}

// Places in the queue, given back unless they are kept.
class Reservation {
 public:
  Reservation(std::atomic<std::size_t>& taken, std::size_t count)
      : taken_(taken), count_(count), total_(taken.fetch_add(count) + count) {}
  ~Reservation() { taken_ -= count_; }
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;

  [[nodiscard]] std::size_t total() const { return total_; }
  void Keep() { count_ = 0; }

 private:
  std::atomic<std::size_t>& taken_;
  std::size_t count_;
  std::size_t total_;
};

}  // namespace

Engine::Engine(std::shared_ptr<const Registry> registry,
               const EngineOptions& options)
    : registry_(std::move(registry)),
      options_(Resolved(options)),
      queue_items_(options.queue_items),
      quick_(MakeLane(options_.workers)),
      programs_(MakeLane(options_.slots)) {
  tally_.Know(*registry_);
}

// No lane goes before every thread that may hand an item on to it. One may be
// made by a thread that has not stopped yet: it is stopped, too.
Engine::~Engine() {
  std::size_t stopped = 0;
  for (std::vector<Lane*> lanes = Lanes(); lanes.size() > stopped;
       lanes = Lanes()) {
    for (Lane* lane : lanes) lane->Stop();
    stopped = lanes.size();
  }
}

std::unique_ptr<Lane> Engine::MakeLane(unsigned threads) {
  return std::make_unique<Lane>(
      in_flight_, tally_,
      [this](const rewards::Checker& checker) -> Lane& {
        return LaneOf(checker);
      },
      threads);
}

Lane& Engine::LaneOf(const rewards::Checker& checker) {
  const unsigned threads = checker.own_threads();
  if (threads == 0) return checker.runs_programs() ? *programs_ : *quick_;
  const std::lock_guard lock(own_mutex_);
  auto its = own_.find(checker.name());
  if (its == own_.end()) {
    its = own_.emplace(checker.name(), MakeLane(threads)).first;
  }
  its->second->Grow(threads);
  return *its->second;
}

std::vector<Lane*> Engine::Lanes() const {
  std::vector<Lane*> lanes = {quick_.get(), programs_.get()};
  const std::lock_guard lock(own_mutex_);
  for (const auto& [name, lane] : own_) lanes.push_back(lane.get());
  return lanes;
}

void Engine::Replace(std::shared_ptr<const Registry> registry,
                     std::size_t queue_items) {
  tally_.Know(*registry);
  queue_items_ = queue_items;
  const std::lock_guard lock(mutex_);
  registry_.swap(registry);  // the old one goes after the lock
}

std::shared_ptr<const Registry> Engine::registry() const {
  const std::lock_guard lock(mutex_);
  return registry_;
}

std::shared_ptr<Batch> Engine::Submit(std::vector<protocol::Item>&& items,
                                      OnResult on_result,
                                      std::size_t most_unread,
                                      std::shared_ptr<const Registry> judges) {
  Reservation room(in_flight_, items.size());
  if (room.total() > queue_items_) return nullptr;
  if (judges == nullptr) judges = registry();
  auto batch = std::make_shared<Batch>(std::move(judges), std::move(items),
                                       std::move(on_result), most_unread);
  std::map<Lane*, std::vector<std::size_t>> lanes;
  for (std::size_t i = 0; i < batch->items.size(); ++i) {
    const auto* checker = FirstChecker(*batch->registry, batch->items[i]);
    lanes[checker != nullptr ? &LaneOf(*checker) : quick_.get()].push_back(i);
  }
  room.Keep();  // from here each answered item gives its place back
  for (auto& [lane, indices] : lanes) lane->Push(batch, std::move(indices));
  return batch;
}

std::shared_ptr<Batch> Engine::SubmitTask(Task task, OnResult on_result) {
  Reservation room(in_flight_, 1);
  if (room.total() > queue_items_) return nullptr;
  auto batch = std::make_shared<Batch>(
      registry(), std::vector<protocol::Item>(1), std::move(on_result), 0);
  batch->task = std::move(task);
  room.Keep();
  programs_->Push(batch, {0});
  return batch;
}

void Engine::Cancel(const std::shared_ptr<Batch>& batch) {
  if (!batch) return;
  batch->cancelled = true;
  if (batch->task.cancel) batch->task.cancel();
  Wake(*batch);
}

void Engine::Consumed(const std::shared_ptr<Batch>& batch, std::size_t count) {
  if (!batch || batch->most_unread == 0) return;
  batch->unread -= count;
  Wake(*batch);
}

void Engine::Wake(const Batch& batch) {
  for (Lane* lane : Lanes()) lane->Wake(batch);
}

EngineStats Engine::stats() const {
  EngineStats sum;
  for (const Lane* lane : Lanes()) {
    const EngineStats stats = lane->stats();
    sum.items += stats.items;
    sum.not_judged += stats.not_judged;
    sum.waiting += stats.waiting;
    sum.running += stats.running;
  }
  sum.workers_busy = quick_->stats().running;
  sum.slots_taken = programs_->stats().running;
  return sum;
}

namespace {

// The results of one batch as they come, for a thread that waits for them.
class Collector {
 public:
  explicit Collector(std::size_t count) : left_(count), results_(count) {}

  void Put(std::size_t index, protocol::ScoreResult result) {
    const std::lock_guard lock(mutex_);
    results_[index] = std::move(result);
    if (--left_ == 0) done_.notify_one();
  }

  std::vector<protocol::ScoreResult> Wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return left_ == 0; });
    return std::move(results_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t left_;
  std::vector<protocol::ScoreResult> results_;
};

}  // namespace

std::vector<protocol::ScoreResult> ScoreAll(Engine& engine,
                                            std::vector<protocol::Item> items) {
  std::vector<protocol::ScoreResult> all;
  all.reserve(items.size());
  const std::size_t most = std::max<std::size_t>(
      1, std::min<std::size_t>(engine.queue_items(), 10'000));
  for (std::size_t start = 0; start < items.size(); start += most) {
    const auto first = items.begin() + static_cast<std::ptrdiff_t>(start);
    const std::size_t count = std::min(most, items.size() - start);
    const auto last = first + static_cast<std::ptrdiff_t>(count);
    std::vector<protocol::Item> part(std::make_move_iterator(first),
                                     std::make_move_iterator(last));
    // Shared: a worker may still hold it when the last result wakes us.
    const auto collector = std::make_shared<Collector>(count);
    const auto put = [collector](std::size_t i, protocol::ScoreResult result) {
      collector->Put(i, std::move(result));
    };
    while (engine.Submit(std::move(part), put) == nullptr) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    for (protocol::ScoreResult& result : collector->Wait()) {
      all.push_back(std::move(result));
    }
  }
  return all;
}

}  // namespace verifier::engine
