// kernel-probe: the fused log-prob of random rows on the GPU against the CPU,
// forward and backward. Exit 0: they agree; 1: they do not; 2: no GPU.

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "trainer/dist/comm.h"
#include "trainer/kernels/fused_logprob.h"

namespace {

double Largest(const at::Tensor& a, const at::Tensor& b) {
  return (a.cpu().to(at::kDouble) - b.to(at::kDouble))
      .abs()
      .max()
      .item<double>();
}

// The largest difference between the two devices.
double Difference(at::ScalarType type, std::int64_t rows, std::int64_t columns,
                  at::Device device) {
  const at::Tensor logits = (at::randn({rows, columns}) * 5).to(type);
  const at::Tensor targets = at::randint(columns, {rows}, at::kLong);
  const at::Tensor grad = at::randn({rows});
  const auto here = trainer::FusedLogprob(logits, targets);
  const auto there =
      trainer::FusedLogprob(logits.to(device), targets.to(device));
  const at::Tensor here_grad =
      trainer::FusedLogprobBackward(logits, targets, here.lse, grad);
  const at::Tensor there_grad = trainer::FusedLogprobBackward(
      logits.to(device), targets.to(device), there.lse, grad.to(device));
  return std::max({Largest(there.logprob, here.logprob),
                   Largest(there.entropy, here.entropy),
                   Largest(there.lse, here.lse),
                   Largest(there_grad, here_grad)});
}

int Probe() {
  if (!at::hasCUDA()) {
    std::puts("no GPU");
    return 2;
  }
  const auto comm = trainer::Comm::FromEnvironment(at::kCUDA);
  if (!comm) {
    std::puts(comm.error().detail.c_str());
    return 1;
  }
  bool good = true;
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    for (const std::int64_t columns : {1, 31, 256, 1'000, 151'936}) {
      const double difference = Difference(type, 64, columns, comm->device());
      // A gradient of bf16 may round to the neighbour.
      const double allowed = type == at::kFloat ? 1e-4 : 3e-2;
      good = good && difference <= allowed;
      std::puts(fmt::format("{} x {}: {:.3g}", at::toString(type), columns,
                            difference)
                    .c_str());
    }
  }
  return good ? 0 : 1;
}

}  // namespace

int main() {
  try {
    return Probe();
  } catch (const std::exception& error) {
    std::puts(error.what());
    return 1;
  }
}
