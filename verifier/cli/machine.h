// Machine: what this program runs on, for people who ask for help with it.
// Plain values; thread-safe: no state.

#ifndef VERIFIER_CLI_MACHINE_H_
#define VERIFIER_CLI_MACHINE_H_

#include <cstdint>
#include <string>

namespace verifier::cli {

struct Machine {
  std::string system{};            // "Debian GNU/Linux 12 (bookworm)"
  std::string kernel{};            // "Linux 6.1.0"
  unsigned cores = 0;              // that this process may use
  std::uint64_t memory_bytes = 0;  // of the machine, or of its container
  std::string cgroups{};           // "v2", "v1", "none"
  std::string container{};         // "docker", "podman", "kubernetes" or empty
};

// Reads it from the kernel; what cannot be read is empty or 0.
[[nodiscard]] Machine ReadMachine();

// "24 GiB", "512 MiB".
[[nodiscard]] std::string MemoryText(std::uint64_t bytes);

// `text` with the home folders of people left out: "~" for one's own,
// "/home/USER" for any other, and no user's name in it.
[[nodiscard]] std::string WithoutHomes(std::string text,
                                       const std::string& home);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_MACHINE_H_
