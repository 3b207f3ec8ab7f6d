// Test: what a program has to do to be right. Plain values; any thread.

#ifndef REWARDS_CODE_TEST_H_
#define REWARDS_CODE_TEST_H_

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "rewards/code/judge_program.h"
#include "rewards/code/value.h"

namespace rewards::code {

// The program prints `expected` when it reads `input`; or, where there is an
// interactor, talks to that until it is satisfied.
struct StreamTest {
  std::string input{};
  std::string expected{};
  std::shared_ptr<const JudgeProgram> interactor{};
};

// A call of what lies at the end of `path` returns `returns`.
struct CallTest {
  std::string path{};  // IsPath
  // CallHost::words: each has a word, and so has `returns`.
  Value args{.kind = Value::Kind::kTuple};
  Value kwargs{.kind = Value::Kind::kDict};
  Value returns{};
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
  std::string entry_point{};  // IsPath
};

// True of "f", "a.b.f" and "Class().method": names with dots between them, each
// but the last perhaps called without arguments.
[[nodiscard]] bool IsPath(std::string_view text);

using Test = std::variant<StreamTest, CallTest, AssertTest, HarnessTest>;

}  // namespace rewards::code

#endif  // REWARDS_CODE_TEST_H_
