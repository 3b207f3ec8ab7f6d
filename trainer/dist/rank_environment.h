// RankEnvironment: which process of how many this one is, and where they meet,
// read from the variables of the launcher. No I/O, no LibTorch; any thread.
//
//   torchrun, Kubernetes, by hand   RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR,
//                                   MASTER_PORT
//   srun (where neither RANK nor    SLURM_PROCID, SLURM_NTASKS, SLURM_LOCALID;
//   WORLD_SIZE is set)              MASTER_ADDR or the first host of
//                                   SLURM_STEP_NODELIST or SLURM_JOB_NODELIST;
//                                   MASTER_PORT or kDefaultMasterPort
//   none of these                   one process, no group

#ifndef TRAINER_DIST_RANK_ENVIRONMENT_H_
#define TRAINER_DIST_RANK_ENVIRONMENT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "trainer/dist/dist_error.h"

namespace trainer {

// Most processes of one run.
inline constexpr int kMaxRanks = 4'096;

// Where Slurm jobs meet that name no MASTER_PORT.
inline constexpr std::uint16_t kDefaultMasterPort = 29'500;

struct RankEnvironment {
  int rank = 0;
  int world_size = 1;
  int local_rank = 0;             // index among the processes of this host
  std::string master_address{};   // empty where world_size is 1
  std::uint16_t master_port = 0;  // likewise 0
  bool store_is_launchers =
      false;                 // torchrun's agent listens there: rank 0 too
                             // connects (TORCHELASTIC_USE_AGENT_STORE)
  std::string attempt{"0"};  // TORCHELASTIC_RESTART_COUNT
};

// The value of a variable, or null where it is not set (std::getenv).
using Lookup = std::function<const char*(const char* name)>;

// Refuses what does not fit together: half of a pair, a rank outside the world,
// no address for more than one process, what is not a number.
[[nodiscard]] DistResult<RankEnvironment> ReadRankEnvironment(
    const Lookup& lookup);

// The first host of a Slurm node list: "gpu[03-07,9],x" gives "gpu03". Empty
// for an empty list.
[[nodiscard]] std::string FirstHost(std::string_view node_list);

}  // namespace trainer

#endif  // TRAINER_DIST_RANK_ENVIRONMENT_H_
