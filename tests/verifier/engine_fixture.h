// EngineTest: an engine over the checkers of test_checkers.h, and its results.

#ifndef TESTS_VERIFIER_ENGINE_FIXTURE_H_
#define TESTS_VERIFIER_ENGINE_FIXTURE_H_

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/verifier/test_checkers.h"
#include "verifier/engine/engine.h"

namespace verifier::engine {

using protocol::Item;
using protocol::ScoreResult;
using protocol::Status;
using testing::Gate;

inline Item MakeItem(const std::string& id, const std::string& checker,
                     boost::json::object params = {},
                     const std::string& response = "42") {
  Item item;
  item.id = id;
  item.response = response;
  protocol::CheckSpec spec;
  spec.checker = checker;
  spec.params = std::move(params);
  item.checks.push_back(std::move(spec));
  return item;
}

inline Item Right(const std::string& id) {
  return MakeItem(id, "equals", {{"gold", "42"}});
}

// Results as they come, with the times each index came.
class Results {
 public:
  Engine::OnResult Receiver() {
    return [this](std::size_t index, ScoreResult result) {
      const std::lock_guard lock(mutex_);
      ++times_[index];
      order_.push_back(result.id.value_or("none"));
      by_index_[index] = std::move(result);
    };
  }

  void Await(std::size_t count) {
    while (size() < count) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  std::size_t size() {
    const std::lock_guard lock(mutex_);
    return order_.size();
  }
  std::vector<std::string> order() {
    const std::lock_guard lock(mutex_);
    return order_;
  }
  ScoreResult at(std::size_t index) {
    const std::lock_guard lock(mutex_);
    return by_index_.at(index);
  }
  bool each_once() {
    const std::lock_guard lock(mutex_);
    return std::all_of(times_.begin(), times_.end(),
                       [](const auto& one) { return one.second == 1; });
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, int> times_;
  std::map<std::size_t, ScoreResult> by_index_;
  std::vector<std::string> order_;
};

inline EngineOptions Options(unsigned workers, unsigned slots = 1,
                             std::size_t queue_items = 100'000) {
  return {workers, slots, queue_items};
}

class EngineTest : public ::testing::Test {
 protected:
  std::shared_ptr<Gate> gate_ = std::make_shared<Gate>();
  std::shared_ptr<const rewards::Registry> registry_ =
      testing::TestRegistry(gate_);
  Results results_;
};

}  // namespace verifier::engine

#endif  // TESTS_VERIFIER_ENGINE_FIXTURE_H_
