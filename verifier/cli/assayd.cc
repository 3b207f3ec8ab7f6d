// assayd: the reward service. See assayd --help.

#include <iostream>
#include <memory>

#include "rewards/registry.h"
#include "verifier/cli/assayd_flags.h"
#include "verifier/cli/assayd_main.h"

int main(int argc, char** argv) {
  verifier::cli::AssaydFlags flags;
  if (const auto code = verifier::cli::ParseAssaydFlags(argc, argv, flags)) {
    return *code;
  }
  if (flags.check_config) {
    std::cout << "assayd: the configuration is good\n";
    return 0;
  }
  return verifier::cli::RunAssayd(
      flags,
      std::make_shared<const rewards::Registry>(rewards::BuiltInRegistry()));
}
