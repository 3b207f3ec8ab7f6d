// Machine: on what a command computes.

#ifndef TRAINER_CLI_MACHINE_H_
#define TRAINER_CLI_MACHINE_H_

#include <CLI/App.hpp>
#include <cstdint>
#include <string>

#include "trainer/dist/comm.h"

namespace trainer::cli {

struct MachineOptions {
  std::string device = "cpu";
  int threads = 0;  // of LibTorch; 0: by the size of the model
  int ranks = 1;    // processes; see LaunchRanks
};

// Adds --device and --threads.
void AddMachineOptions(CLI::App& command, MachineOptions& options);

// Adds --ranks.
void AddRanksOption(CLI::App& command, MachineOptions& options);

// The ranks of the launcher's environment (torchrun, Slurm), or this process
// alone. Throws RunError: no such device, ranks that do not meet.
[[nodiscard]] Comm JoinRanks(const MachineOptions& options);

// Sets LibTorch's threads for a model of `parameters`. A small one is faster on
// one thread: handing work over costs more than it gives.
void SetThreads(const MachineOptions& options, std::int64_t parameters);
inline constexpr std::int64_t kSmallModel = 4'000'000;  // parameters

// Keeps freed memory for the next step instead of giving it back to the system
// tensor by tensor: page faults were a tenth of a training step. Once, first.
void KeepFreedMemory();

}  // namespace trainer::cli

#endif  // TRAINER_CLI_MACHINE_H_
