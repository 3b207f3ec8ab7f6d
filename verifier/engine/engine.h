// Engine: items in, results out, on a pool of threads. The same engine serves
// assayd and, in process, `assay score`. Thread-safe: any thread may call it.
//
// Lanes of workers: `workers` threads for checks that compute, `slots` for
// checks that run programs, and for each checker that wants threads of its own
// (Checker::own_threads) a lane of that, so that a slow program never delays
// mathematics and a plugin that hangs delays nothing but itself. An item goes
// from lane to lane with its checks. Batches take turns, one item at a time, so
// that a large batch never starves a small one. An exception from a checker
// never leaves a worker.

#ifndef VERIFIER_ENGINE_ENGINE_H_
#define VERIFIER_ENGINE_ENGINE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "rewards/registry.h"
#include "verifier/engine/tally.h"
#include "verifier/protocol/score_request.h"
#include "verifier/protocol/score_result.h"

namespace sandbox {
class Runner;
}  // namespace sandbox

namespace verifier::engine {

// What an engine scores with; see rewards/registry.h.
using Registry = rewards::Registry;

struct EngineOptions {
  // Threads of the computing lane. 0: one a core.
  unsigned workers = 0;

  // Threads of the lane that runs programs, without plugins. 0: one a core.
  unsigned slots = 0;

  // Most items that wait or run; a batch that would pass it is not taken. What
  // Engine::Replace changes.
  std::size_t queue_items = 100'000;

  // What programs that are no answers run with (execute.h). Null: none can.
  std::shared_ptr<const sandbox::Runner> runner{};
};

// Work for the lane that runs programs that is no item. It counts as one.
struct Task {
  // Called once, in a worker thread. The status says whether it was done
  // (kOk) or could not be (kNotJudged), and is the result's.
  std::function<protocol::Status()> run{};
  // Called at Cancel, from any thread, also while `run` does.
  std::function<void()> cancel{};
};

// Counters since the start; `waiting` and `running` are of now.
struct EngineStats {
  std::uint64_t items = 0;       // finished, of any status
  std::uint64_t not_judged = 0;  // of those
  std::size_t waiting = 0;
  std::size_t running = 0;       // on all lanes
  std::size_t workers_busy = 0;  // of those, on the lane of `workers`
  std::size_t slots_taken = 0;   // of those, on the lane of `slots`
};

class Batch;  // items submitted together; see engine.cc
class Lane;

class Engine {
 public:
  // Called exactly once an item, from a worker thread, several at once for one
  // batch; `index` is the item's place in its batch. Must not throw or block.
  using OnResult =
      std::function<void(std::size_t index, protocol::ScoreResult)>;

  // `registry` is shared with the caller and read only. Requires: not null.
  Engine(std::shared_ptr<const Registry> registry,
         const EngineOptions& options);

  // Cancels what waits, waits for what runs (up to its deadline), joins.
  ~Engine();

  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Batches submitted from now on are judged by `registry`, and taken while the
  // queue has room for `queue_items`. Batches submitted before keep the
  // registry that they have, which lives until the last of them ends. Never
  // blocks.
  void Replace(std::shared_ptr<const Registry> registry,
               std::size_t queue_items);

  // Takes all of `items`, or none: returns null where the queue has no room;
  // `items` is then as it was and `on_result` is never called. Never blocks.
  // Keep the batch only to cancel it; `on_result` is kept until the last
  // result.
  //
  // `most_unread`: while so many results of the batch were given and not
  // Consumed, none of its items starts (0: no such bound); those that run end
  // all the same. `registry`: judges the batch; null: the engine's.
  [[nodiscard]] std::shared_ptr<Batch> Submit(
      std::vector<protocol::Item>&& items, OnResult on_result,
      std::size_t most_unread = 0,
      std::shared_ptr<const Registry> registry = nullptr);

  // Takes `task`, or returns null where the queue has no room. `on_result` gets
  // its status in an otherwise empty result. Never blocks.
  [[nodiscard]] std::shared_ptr<Batch> SubmitTask(Task task,
                                                  OnResult on_result);

  // `count` results of `batch` were used: its items go on. Never blocks.
  void Consumed(const std::shared_ptr<Batch>& batch, std::size_t count);

  // Items of `batch` that did not start yet end as `cancelled`; what runs ends
  // as it ends, a task as its `cancel` makes it. Results still come, soon.
  // Never blocks.
  void Cancel(const std::shared_ptr<Batch>& batch);

  [[nodiscard]] EngineStats stats() const;

  // What it judged, counted by checker; lives as long as the engine.
  [[nodiscard]] const Tally& tally() const { return tally_; }
  [[nodiscard]] std::shared_ptr<const Registry> registry() const;
  // As at the start; see queue_items().
  [[nodiscard]] const EngineOptions& options() const { return options_; }
  [[nodiscard]] std::size_t queue_items() const { return queue_items_; }

 private:
  void Wake(const Batch& batch);
  std::unique_ptr<Lane> MakeLane(unsigned threads);
  Lane& LaneOf(const rewards::Checker& checker);
  std::vector<Lane*> Lanes() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Registry> registry_;  // guarded
  EngineOptions options_;
  std::atomic<std::size_t> queue_items_;
  Tally tally_;
  std::atomic<std::size_t> in_flight_ = 0;  // items taken and not yet answered
  std::unique_ptr<Lane> quick_;
  std::unique_ptr<Lane> programs_;
  mutable std::mutex own_mutex_;
  std::map<std::string, std::unique_ptr<Lane>, std::less<>> own_;  // by checker
};

// Scores `items` and returns the results in their order. Blocks until the last;
// room in the queue is waited for. For callers without an event loop.
// Throws std::bad_alloc only.
[[nodiscard]] std::vector<protocol::ScoreResult> ScoreAll(
    Engine& engine, std::vector<protocol::Item> items);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_ENGINE_H_
