// ProcessFigures: what the kernel says of this process. Thread-safe.

#ifndef VERIFIER_SERVER_PROCESS_FIGURES_H_
#define VERIFIER_SERVER_PROCESS_FIGURES_H_

#include <cstdint>
#include <optional>

namespace verifier::server {

class ProcessFigures {
 public:
  struct Reading {
    double cpu_seconds = 0;  // user and system
    std::uint64_t resident_bytes = 0;
    std::uint64_t virtual_bytes = 0;
    // None where they cannot be counted: no descriptor is left to do it with.
    std::optional<std::uint64_t> open_fds{};
    std::uint64_t max_fds = 0;
    std::uint64_t threads = 0;
    double start_time_seconds = 0;  // since the epoch
  };

  // Of a process that starts about now.
  ProcessFigures();

  // Reads files of /proc: some tens of microseconds, more with many
  // descriptors.
  [[nodiscard]] Reading Read() const;

 private:
  double start_time_seconds_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_PROCESS_FIGURES_H_
