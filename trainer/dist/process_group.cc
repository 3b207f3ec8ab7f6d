#include "trainer/dist/process_group.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#ifdef ASSAY_CUDA
#include <c10/cuda/CUDAFunctions.h>

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

namespace trainer {
namespace {

using Milliseconds = std::chrono::milliseconds;

bool IsLoopback(const std::string& address) {
  return address == "localhost" || address == "::1" ||
         address.starts_with("127.");
}

c10::intrusive_ptr<c10d::Store> MakeStore(const RankEnvironment& environment,
                                          Milliseconds timeout) {
  c10d::TCPStoreOptions options;
  options.port = environment.master_port;
  options.isServer = environment.rank == 0 && !environment.store_is_launchers;
  options.numWorkers = static_cast<std::size_t>(environment.world_size);
  options.waitWorkers = !environment.store_is_launchers;
  options.timeout = timeout;
  auto store =
      c10::make_intrusive<c10d::TCPStore>(environment.master_address, options);
  // A restarted group must not find the keys of the one before.
  return c10::make_intrusive<c10d::PrefixStore>("assay/" + environment.attempt,
                                                std::move(store));
}

c10::intrusive_ptr<c10d::Backend> MakeGloo(
    const RankEnvironment& environment, c10::intrusive_ptr<c10d::Store> store,
    Milliseconds timeout) {
  using c10d::ProcessGroupGloo;
  auto options = ProcessGroupGloo::Options::create(timeout);
  if (const char* const name = std::getenv("GLOO_SOCKET_IFNAME")) {
    options->devices.push_back(
        ProcessGroupGloo::createDeviceForInterface(name));
  } else if (IsLoopback(environment.master_address)) {
    options->devices.push_back(
        ProcessGroupGloo::createDeviceForHostname("127.0.0.1"));
  } else {
    options->devices.push_back(ProcessGroupGloo::createDefaultDevice());
  }
  options->threads = 2;
  return c10::make_intrusive<ProcessGroupGloo>(
      std::move(store), environment.rank, environment.world_size,
      std::move(options));
}

#ifdef ASSAY_CUDA
// NCCL's own watchdog ends the process without our text: it comes this much
// after WaitFor, for a rank that is stuck elsewhere.
constexpr Milliseconds kWatchdogGrace{8'000};

c10::intrusive_ptr<c10d::Backend> MakeNccl(
    const RankEnvironment& environment, c10::intrusive_ptr<c10d::Store> store,
    c10::Device device, Milliseconds timeout) {
  if (device.index() >= c10::cuda::device_count()) {
    throw std::runtime_error(
        fmt::format("local rank {} has no CUDA device: this host has {}",
                    device.index(), c10::cuda::device_count()));
  }
  c10::cuda::set_device(device.index());
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = timeout + kWatchdogGrace;
  return c10::make_intrusive<c10d::ProcessGroupNCCL>(
      std::move(store), environment.rank, environment.world_size,
      std::move(options));
}
#endif

}  // namespace

std::string FirstLine(const std::exception& error) {
  constexpr std::size_t kMostBytes = 500;
  const auto* const torch_error = dynamic_cast<const c10::Error*>(&error);
  const std::string text = torch_error != nullptr
                               ? torch_error->what_without_backtrace()
                               : error.what();
  return text.substr(0, std::min(text.find('\n'), kMostBytes));
}

DistResult<c10::intrusive_ptr<c10d::Backend>> MakeProcessGroup(
    const RankEnvironment& environment, c10::Device device,
    Milliseconds rendezvous_timeout, Milliseconds timeout) {
#ifndef ASSAY_CUDA
  if (!device.is_cpu()) {
    return DistError{"ranks on a GPU need a build with ASSAY_CUDA=ON"};
  }
#endif
  try {
    auto store = MakeStore(environment, rendezvous_timeout);
#ifdef ASSAY_CUDA
    if (device.is_cuda()) {
      return MakeNccl(environment, std::move(store), device, timeout);
    }
#endif
    return MakeGloo(environment, std::move(store), timeout);
  } catch (const std::exception& error) {
    return DistError{
        fmt::format("rank {} of {}: no meeting at {}:{} within {:.1f} s: {}",
                    environment.rank, environment.world_size,
                    environment.master_address, environment.master_port,
                    std::chrono::duration<double>(rendezvous_timeout).count(),
                    FirstLine(error))};
  }
}

void WaitFor(c10d::Backend& group, c10d::Work& work, c10::Device device,
             Milliseconds timeout) {
  if (device.is_cuda()) {  // wait() would only order the streams
    constexpr std::chrono::microseconds kPoll{50};
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!work.isCompleted()) {
      if (std::chrono::steady_clock::now() >= deadline) {
        group.abort();
        throw std::runtime_error("timed out");
      }
      std::this_thread::sleep_for(kPoll);
    }
    if (work.exception()) std::rethrow_exception(work.exception());
  }
  work.wait();
}

}  // namespace trainer
