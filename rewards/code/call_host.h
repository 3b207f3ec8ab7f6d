// CallHost: how programs of one language are asked about themselves, for tests
// that are no talk of standard input and output. A table; any thread.

#ifndef REWARDS_CODE_CALL_HOST_H_
#define REWARDS_CODE_CALL_HOST_H_

#include <string>
#include <string_view>
#include <vector>

#include "rewards/code/candidate.h"
#include "rewards/code/hosted_source.h"
#include "rewards/code/value.h"
#include "sandbox/program.h"

namespace rewards::code {

struct CallHost {
  std::string_view language{};  // its name
  // A program that says `h`, reads a first frame, `m`, loads the candidate,
  // says `l`, and answers the questions of wire.h: `p` where there is no
  // driver.
  std::string_view source{};
  // Its file, beside the candidate's, whose name is its argument. Empty: it is
  // in the place of the candidate, whose source follows `m`.
  std::string_view file{};
  // The candidate's, where the host's name for it is not its own.
  std::string_view program_file{};
  sandbox::Program (*program)(const CallHost& host,
                              const Candidate& candidate) = nullptr;
  // Of a compiled language: the host and the program as one, which a program
  // of the candidate's runs then, for each HostedKey. Null: the host finds by
  // itself what it is asked for.
  HostedSource (*hosted)(const CallHost& host, const Task& task,
                         const std::string& source,
                         const CallTest& call) = nullptr;
  Typing typing{};
  bool keywords = false;  // arguments may have names
  bool words = false;     // values are words: arguments are passed as WordOf
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

// The names of the files that an item for `language` must leave to calls.
[[nodiscard]] std::vector<std::string_view> CallFiles(
    const sandbox::Language& language);

// By the language's name; null: it has only tests of standard input and output.
[[nodiscard]] const CallHost* CallHostOf(const sandbox::Language& language);

// The names of those languages that have tests by calls; whose calls have
// arguments with names; that have assertions and harnesses too.
[[nodiscard]] std::vector<std::string_view> CallLanguages();
[[nodiscard]] std::vector<std::string_view> KeywordLanguages();
[[nodiscard]] std::vector<std::string_view> AssertLanguages();

}  // namespace rewards::code

#endif  // REWARDS_CODE_CALL_HOST_H_
