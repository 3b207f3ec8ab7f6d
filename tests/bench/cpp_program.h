// CppProgram: a C++ program of a bench, compiled in the jail.

#ifndef TESTS_BENCH_CPP_PROGRAM_H_
#define TESTS_BENCH_CPP_PROGRAM_H_

#include <cstdio>
#include <optional>

#include "sandbox/runner.h"

// Says on standard error why there is none.
inline std::optional<sandbox::Program> CppProgram(const sandbox::Runner& runner,
                                                  const char* source) {
  const sandbox::Build build =
      runner.Compile(*sandbox::FindLanguage("cpp"),
                     {{.name = "main.cc", .content = source}}, {});
  if (build.verdict == sandbox::BuildVerdict::kReady) return build.program;
  std::fprintf(stderr, "%s%s\n", build.failure.c_str(),
               build.compile.err.c_str());
  return std::nullopt;
}

#endif  // TESTS_BENCH_CPP_PROGRAM_H_
