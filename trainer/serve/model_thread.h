// ModelThread: the one thread that calls the models, with a queue before it.
// What waits for the same model, and the same sampling, travels in one call.
// Thread-safe.

#ifndef TRAINER_SERVE_MODEL_THREAD_H_
#define TRAINER_SERVE_MODEL_THREAD_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "trainer/serve/backend.h"

namespace trainer::serve {

// One request on its way. The asker fills in the first part and waits for
// `done`; then the results are its own.
struct Job {
  bool is_reward = false;
  std::string model{};                     // a key of the Backends
  RewardRequest pair{};                    // of a reward
  Sampling sampling{};                     // of completions
  std::vector<GenerateRequest> prompts{};  // of completions
  bool stream = false;                     // tokens as they come
  // Called from the model thread when something is new. Must not throw.
  std::function<void()> wake{};

  // Nobody waits any more: it is not begun, or ends early.
  std::atomic<bool> abandoned = false;
  std::atomic<bool> done = false;

  BackendResult<double> logit = BackendError();
  std::vector<BackendResult<Generated>> texts{};

  // The tokens since the last call: (index of the prompt, token).
  [[nodiscard]] std::vector<std::pair<std::size_t, Token>> TakeTokens();
  void AddToken(std::size_t index, const Token& token);

  [[nodiscard]] std::size_t size() const {
    return is_reward ? 1 : prompts.size();
  }

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::size_t, Token>> tokens_;
};

class ModelThread {
 public:
  // Borrows `backends`. At most `queue` jobs wait; a call holds up to `batch`
  // rewards or completions, or one job's.
  ModelThread(Backends& backends, std::size_t queue, std::size_t batch);
  ~ModelThread();

  ModelThread(const ModelThread&) = delete;
  ModelThread& operator=(const ModelThread&) = delete;

  // False where the queue is full, or after Stop. Requires: its model is there.
  [[nodiscard]] bool Submit(std::shared_ptr<Job> job);

  // Ends what runs, at its next token, and what waits: kStopped. Returns at
  // once.
  void Stop();

  // Stop, and blocks until no job will be woken any more.
  void Join();

 private:
  using Batch = std::vector<std::shared_ptr<Job>>;

  void Run();
  [[nodiscard]] Batch NextBatch();
  void Call(const Batch& batch);
  void Score(const Batch& batch);
  void Generate(const Batch& batch);

  Backends& backends_;
  const std::size_t most_waiting_;
  const std::size_t most_batched_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

}  // namespace trainer::serve

#endif  // TRAINER_SERVE_MODEL_THREAD_H_
