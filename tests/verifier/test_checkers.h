// Checkers for tests of the engine and the server: small, and as bad as asked.

#ifndef TESTS_VERIFIER_TEST_CHECKERS_H_
#define TESTS_VERIFIER_TEST_CHECKERS_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include "rewards/registry.h"

namespace verifier::testing {

// Holds up every check of the checker "gate" until it is opened. Thread-safe.
class Gate {
 public:
  void Open();

  // Blocks until `count` checks arrived, open or not.
  void AwaitArrivals(std::size_t count);

  // Called by a check: counts it, and waits for Open.
  void Pass();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  std::size_t arrivals_ = 0;
};

// The checkers, all with score 1 unless said otherwise:
//   equals    {"gold"}: correct where the response is the gold
//   sleep     {"ms"}: sleeps first, at most until the item's deadline
//   program   as sleep, and says that it runs programs
//   own       as program, with a thread of its own; so is other_own
//   gate      waits for `gate`; own_gate the same with a thread of its own
//   fails     as sleep, and is not judged
//   throws    {"when": "judge" | "answer" | "number" | "prepare"}: always; only
//             where the response is not empty; the same, a number; in Prepare
std::shared_ptr<const rewards::Registry> TestRegistry(
    const std::shared_ptr<Gate>& gate = std::make_shared<Gate>());

// The same and one more, whose schema() throws.
std::shared_ptr<const rewards::Registry> RegistryWithBrokenSchema();

}  // namespace verifier::testing

#endif  // TESTS_VERIFIER_TEST_CHECKERS_H_
