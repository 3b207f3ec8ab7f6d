// Lane: a pool of worker threads and the batches that wait for it, taking
// turns. A worker judges an item's checks as long as they belong to its lane,
// then hands the item on to the lane of the next. Thread-safe. Private to
// verifier/engine.

#ifndef VERIFIER_ENGINE_LANE_H_
#define VERIFIER_ENGINE_LANE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "verifier/engine/engine.h"
#include "verifier/engine/judge_item.h"

namespace verifier::engine {

// Items submitted together. Kept alive by the lane until its last result.
class Batch {
 public:
  Batch(std::shared_ptr<const Registry> registry_in,
        std::vector<protocol::Item> items_in, Engine::OnResult on_result_in,
        std::size_t most_unread_in)
      : registry(std::move(registry_in)),
        items(std::move(items_in)),
        on_result(std::move(on_result_in)),
        most_unread(most_unread_in) {}

  // Nobody takes its results: no item of it is to start now.
  [[nodiscard]] bool held() const {
    return most_unread != 0 && unread >= most_unread && !cancelled;
  }

  const std::shared_ptr<const Registry> registry;  // judges all its items
  std::vector<protocol::Item> items;
  // How far each item is; null: not begun, or done. Of whoever has the item.
  std::vector<std::unique_ptr<ItemRun>> runs =
      std::vector<std::unique_ptr<ItemRun>>(items.size());
  Task task{};  // in place of what the one item asks for
  Engine::OnResult on_result;
  std::chrono::steady_clock::time_point submitted =
      std::chrono::steady_clock::now();
  std::atomic<bool> cancelled = false;
  const std::size_t most_unread;  // 0: no bound
  std::atomic<std::size_t> unread = 0;
};

class Lane {
 public:
  // The lane of a checker's checks.
  using Route = std::function<Lane&(const rewards::Checker&)>;

  // Starts `threads` workers that judge, take every answered item off
  // `in_flight` and add it to `tally`. Both must outlive the lane, and so must
  // the lanes that `route` names.
  Lane(std::atomic<std::size_t>& in_flight, Tally& tally, Route route,
       unsigned threads);

  // As Stop.
  ~Lane();

  // Cancels what waits, joins.
  void Stop();

  // Has `threads` workers or more from now on.
  void Grow(unsigned threads);

  // Queues the items of a new `batch` at `indices`. Never blocks for long: the
  // time does not grow with what waits. Call it once for a batch.
  void Push(std::shared_ptr<Batch> batch, std::vector<std::size_t> indices);

  // Queues an item that another lane hands on, behind those of its batch that
  // were handed on and wait already; as Push. False, with nothing taken, where
  // the lane has stopped.
  bool HandOn(const std::shared_ptr<Batch>& batch, std::size_t index);

  // Puts the items of `batch` back in line, where they were held.
  void Wake(const Batch& batch);

  [[nodiscard]] EngineStats stats() const;

 private:
  // A batch's items that wait in this lane.
  struct Turn {
    std::shared_ptr<Batch> batch;
    std::vector<std::size_t> indices;
    bool handed_on = false;
    std::size_t next = 0;
  };
  using Turns = std::list<Turn>;

  void Work();
  void Judge(const std::shared_ptr<Batch>& batch, std::size_t index);
  Lane* Step(Batch& batch, std::size_t index);
  void Finish(Batch& batch, std::size_t index, protocol::ScoreResult result,
              std::chrono::microseconds taken);

  std::atomic<std::size_t>& in_flight_;
  Tally& tally_;
  const Route route_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  Turns turns_;
  Turns held_;
  // Of either: those that items are handed on to.
  std::unordered_map<const Batch*, Turns::iterator> handed_on_;
  EngineStats stats_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_LANE_H_
