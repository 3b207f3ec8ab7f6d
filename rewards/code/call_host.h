// CallHost: how programs of one language are asked about themselves, for tests
// that are no talk of standard input and output. A table; any thread.

#ifndef REWARDS_CODE_CALL_HOST_H_
#define REWARDS_CODE_CALL_HOST_H_

#include <string_view>
#include <vector>

#include "rewards/code/candidate.h"
#include "sandbox/program.h"

namespace rewards::code {

struct CallHost {
  std::string_view language{};  // its name
  // A program that reads the source of `candidate` as its first frame, loads it
  // as a module, says `l`, and answers the questions of wire.h, `p` `g` `a` at
  // least.
  sandbox::Program (*host)(const Candidate& candidate) = nullptr;
  // A program that reads a test (t: setup, source and path, as strings) as its
  // first frame, runs it, asks those questions, and ends with `q`: how it
  // ended, as DrivenRun says. Null: the language has no assertions and
  // harnesses.
  sandbox::Program (*driver)() = nullptr;
  // A program that reads the source, the test, its setup, its path and a word
  // as its first five frames, runs both in one process, and answers with the
  // word where the test passed. Null: there is none.
  sandbox::Program (*beside)(const Candidate& candidate) = nullptr;
};

// By the language's name; null: it has only tests of standard input and output.
[[nodiscard]] const CallHost* CallHostOf(const sandbox::Language& language);

// The names of those languages that have tests by calls; with assertions and
// harnesses too.
[[nodiscard]] std::vector<std::string_view> CallLanguages();
[[nodiscard]] std::vector<std::string_view> AssertLanguages();

}  // namespace rewards::code

#endif  // REWARDS_CODE_CALL_HOST_H_
