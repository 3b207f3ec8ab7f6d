#include "trainer/cli/machine.h"

#include <ATen/Parallel.h>
#include <malloc.h>

#include <cstdlib>

#include "trainer/stages/run_error.h"

namespace trainer::cli {

void AddMachineOptions(CLI::App& command, MachineOptions& options) {
  command.add_option("--device", options.device, "cpu or cuda")
      ->check(CLI::IsMember({"cpu", "cuda"}))
      ->capture_default_str();
  command
      .add_option("--threads", options.threads,
                  "of each process; 0: one for a small model, else all cores")
      ->check(CLI::Range(0, 1'024))
      ->capture_default_str();
}

void AddRanksOption(CLI::App& command, MachineOptions& options) {
  command
      .add_option("--ranks", options.ranks,
                  "processes of this machine that share the work; under "
                  "torchrun, Slurm or Kubernetes leave it out")
      ->check(CLI::Range(1, 1'024))
      ->capture_default_str();
}

Comm JoinRanks(const MachineOptions& options) {
  const at::Device device(options.device == "cuda" ? at::kCUDA : at::kCPU);
  auto comm = Comm::FromEnvironment(device);
  if (comm.has_error()) {
    throw RunError(ExitCode::kUnreachable, comm.error().detail);
  }
  return *std::move(comm);
}

void KeepFreedMemory() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 32 << 20);  // glibc's most
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

void SetThreads(const MachineOptions& options, std::int64_t parameters) {
  if (options.threads > 0) {
    at::set_num_threads(options.threads);
  } else if (parameters < kSmallModel &&
             std::getenv("OMP_NUM_THREADS") == nullptr) {
    at::set_num_threads(1);
  }
}

}  // namespace trainer::cli
