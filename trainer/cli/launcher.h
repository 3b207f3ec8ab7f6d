// LaunchRanks: a run in several processes of this machine, as torchrun starts
// them, without torchrun.

#ifndef TRAINER_CLI_LAUNCHER_H_
#define TRAINER_CLI_LAUNCHER_H_

#include <chrono>

namespace trainer::cli {

// From telling the ranks to end to ending them.
inline constexpr std::chrono::seconds kFailGrace{10};

// Starts this very command `count` times, with the variables of ranks
// (rank_environment.h) and a free port of loopback, and waits for all. SIGINT
// and SIGTERM go to each of them; they end where this process does. Where one
// fails, the others are told to end, and ended kFailGrace later. Returns the
// exit code of the first that failed, else 0. Before threads are started.
// Throws RunError (kResources).
[[nodiscard]] int LaunchRanks(int count);

// What a launcher has set: this process is a rank already.
[[nodiscard]] bool IsRank();

}  // namespace trainer::cli

#endif  // TRAINER_CLI_LAUNCHER_H_
