// MakeProcessGroup: the one place that knows how c10d builds a group.

#ifndef TRAINER_DIST_PROCESS_GROUP_H_
#define TRAINER_DIST_PROCESS_GROUP_H_

#include <c10/core/Device.h>

#include <chrono>
#include <torch/csrc/distributed/c10d/Backend.hpp>

#include "trainer/dist/dist_error.h"
#include "trainer/dist/rank_environment.h"

namespace trainer {

// A group of environment.world_size ranks: Gloo for a CPU, NCCL for a CUDA
// device, which becomes the thread's current one. Waits for the others until
// `rendezvous_timeout`; each collective later on fails after `timeout`.
[[nodiscard]] DistResult<c10::intrusive_ptr<c10d::Backend>> MakeProcessGroup(
    const RankEnvironment& environment, c10::Device device,
    std::chrono::milliseconds rendezvous_timeout,
    std::chrono::milliseconds timeout);

// Waits for `work` and, on a CUDA device, until the device has done it. Throws
// what the work failed with, or std::runtime_error after `timeout`, having
// aborted the group.
void WaitFor(c10d::Backend& group, c10d::Work& work, c10::Device device,
             std::chrono::milliseconds timeout);

// The first line of an exception's text, without LibTorch's backtrace.
[[nodiscard]] std::string FirstLine(const std::exception& error);

}  // namespace trainer

#endif  // TRAINER_DIST_PROCESS_GROUP_H_
