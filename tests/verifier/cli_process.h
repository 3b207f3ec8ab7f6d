// Process: runs a program to its end, with its streams on pipes or on a
// terminal of its own. For tests.

#ifndef TESTS_VERIFIER_CLI_PROCESS_H_
#define TESTS_VERIFIER_CLI_PROCESS_H_

#include <sys/types.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace verifier::cli::testing {

struct Ran {
  int exit_code = -1;  // 128 + N where signal N ended it
  std::string out;     // on a terminal: both streams
  std::string err;
};

struct RunOptions {
  std::string input{};
  std::string directory{};  // empty: as the test's
  std::vector<std::pair<std::string, std::string>> environment{};
  // Called with the process id once it runs, from the calling thread.
  std::function<void(pid_t)> while_running{};
};

// Runs `argv` with pipes as standard streams.
Ran Run(const std::vector<std::string>& argv, const RunOptions& options = {});

// Runs `argv` with a terminal of 120 columns as standard output and error, and
// as standard input too.
Ran RunOnTerminal(const std::vector<std::string>& argv,
                  const RunOptions& options = {});

}  // namespace verifier::cli::testing

#endif  // TESTS_VERIFIER_CLI_PROCESS_H_
