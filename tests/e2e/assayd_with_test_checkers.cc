// assayd over checkers made for tests.

#include "tests/verifier/test_checkers.h"
#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"

int main(int argc, char** argv) {
  using verifier::cli::Checkers;
  verifier::cli::AssaydFlags flags;
  if (const auto code = verifier::cli::ParseAssaydFlags(argc, argv, flags)) {
    return *code;
  }
  return verifier::cli::RunAssayd(flags, [](const auto&, const auto&) {
    Checkers checkers;
    checkers.registry = verifier::testing::TestRegistry();
    return checkers;
  });
}
