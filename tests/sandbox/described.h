// Describe: all of a result that a program can bring about, as text.

#ifndef TESTS_SANDBOX_DESCRIBED_H_
#define TESTS_SANDBOX_DESCRIBED_H_

#include <string>

#include "sandbox/run_result.h"

namespace sandbox {

inline std::string Describe(const RunResult& result) {
  return std::string(EndingName(result.ending)) + " code " +
         std::to_string(result.exit_code) + " signal " +
         std::to_string(result.signal) + "\nout: " + result.out +
         "\nerr: " + result.err + result.failure +
         (result.files.empty() ? "" : "\nfile: " + result.files[0].content);
}

}  // namespace sandbox

#endif  // TESTS_SANDBOX_DESCRIBED_H_
