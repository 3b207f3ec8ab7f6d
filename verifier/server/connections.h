// Connections: every open connection, so that the server can make room, notice
// time, and drain. Thread-safe.

#ifndef VERIFIER_SERVER_CONNECTIONS_H_
#define VERIFIER_SERVER_CONNECTIONS_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace verifier::server {

// What the server knows of one connection. The owner sets the state; any thread
// may read it.
class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  enum class Phase {
    kIdle,        // no byte of the next request yet
    kUnfinished,  // a request began and is not complete
    kWorking,     // a complete request is being scored
    kAnswering,   // an answer is being written
    kLeaving,     // answered for the last time; what still comes is dropped
  };

  Connection() = default;
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Looks at the clock and the peer. Called from any thread, now and then;
  // returns at once.
  virtual void Tick() = 0;

  // Ends the connection soon, without an answer. As Tick.
  virtual void Close() = 0;

  [[nodiscard]] Phase phase() const noexcept { return phase_; }
  [[nodiscard]] Clock::time_point since() const noexcept { return since_; }
  [[nodiscard]] Clock::time_point deadline() const noexcept {
    return deadline_;
  }

 protected:
  // `deadline`: when Tick has something to do.
  void Enter(Phase phase, Clock::time_point deadline) noexcept {
    phase_ = phase;
    since_ = Clock::now();
    deadline_ = deadline;
  }
  void set_deadline(Clock::time_point deadline) noexcept {
    deadline_ = deadline;
  }

 private:
  friend class Connections;

  std::atomic<bool> evicted_ = false;
  std::atomic<Phase> phase_ = Phase::kIdle;
  std::atomic<Clock::time_point> since_ = Clock::now();
  std::atomic<Clock::time_point> deadline_ = Clock::time_point::max();
};

class Connections {
 public:
  using Handle = std::list<std::shared_ptr<Connection>>::iterator;

  [[nodiscard]] Handle Add(std::shared_ptr<Connection> connection);
  void Remove(Handle handle);
  [[nodiscard]] std::size_t size() const;

  // Closes the connection that has been longest without a complete request:
  // idle, in the middle of one, or leaving. An honest request is whole within
  // milliseconds, so it is never the oldest while slow ones hold the room.
  // Returns false where all are being worked for.
  bool EvictOldest();

  // Calls Tick on every connection whose deadline has passed.
  void TickDue();

  // Closes those between requests, or all.
  void CloseIdle();
  void CloseAll();

  // Forgets every connection.
  void Clear();

 private:
  template <typename Condition>
  [[nodiscard]] std::list<std::shared_ptr<Connection>> Select(
      Condition condition) const;

  mutable std::mutex mutex_;
  std::list<std::shared_ptr<Connection>> all_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_CONNECTIONS_H_
