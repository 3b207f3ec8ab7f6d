// assayd over checkers made for tests.

#include "tests/verifier/test_checkers.h"
#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"

int main(int argc, char** argv) {
  verifier::cli::AssaydFlags flags;
  if (const auto code = verifier::cli::ParseAssaydFlags(argc, argv, flags)) {
    return *code;
  }
  if (flags.check_config) return 0;
  return verifier::cli::RunAssayd(flags, verifier::testing::TestRegistry());
}
