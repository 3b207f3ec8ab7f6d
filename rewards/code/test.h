// Test: what a program has to do to be right. Plain values; any thread.

#ifndef REWARDS_CODE_TEST_H_
#define REWARDS_CODE_TEST_H_

#include <string>
#include <variant>

namespace rewards::code {

// The program prints `expected` when it reads `input`.
struct StreamTest {
  std::string input{};
  std::string expected{};
};

// A call of the program's `call` returns what is expected.
struct CallTest {
  std::string call{};
};

// `assertion`, source in the program's language, holds; `setup` runs before it
// and after the program.
struct AssertTest {
  std::string assertion{};
  std::string setup{};
};

// `harness`, source that defines check(candidate), finds nothing to object to
// in the program's `entry_point`.
struct HarnessTest {
  std::string harness{};
  std::string entry_point{};
};

using Test = std::variant<StreamTest, CallTest, AssertTest, HarnessTest>;

}  // namespace rewards::code

#endif  // REWARDS_CODE_TEST_H_
