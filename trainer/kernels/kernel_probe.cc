// kernel-probe: the fused log-prob of random rows on the GPU against float64,
// forward and backward; then its time beside a copy of as many bytes and beside
// ATen's own operations. Exit 0: they agree; 1: they do not; 2: no GPU.

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/cuda.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <vector>

#include "trainer/dist/comm.h"
#include "trainer/kernels/fused_logprob.h"

namespace {

// The largest |got - exact| / max(1, |exact|).
double Deviation(const at::Tensor& got, const at::Tensor& exact) {
  return ((got.cpu().to(at::kDouble) - exact).abs() /
          exact.abs().clamp_min(1.0))
      .max()
      .item<double>();
}

// The largest deviation from float64 of what `device` gives.
double Deviation(const at::Tensor& logits, const at::Tensor& targets,
                 const at::Tensor& grad, at::Device device) {
  const at::Tensor there = logits.to(device);
  const auto result = trainer::FusedLogprob(there, targets.to(device));
  const at::Tensor logit_grad = trainer::FusedLogprobBackward(
      there, targets.to(device), result.lse, grad.to(device));

  at::Tensor exact = logits.to(at::kDouble).requires_grad_(true);
  const at::Tensor all = at::log_softmax(exact, 1);
  const at::Tensor logprob = all.gather(1, targets.unsqueeze(1)).squeeze(1);
  (logprob * grad.to(at::kDouble)).sum().backward();
  const at::Tensor logp = all.detach();
  return std::max({Deviation(result.logprob, logprob.detach()),
                   Deviation(result.entropy, -(logp.exp() * logp).sum(1)),
                   Deviation(result.lse, at::logsumexp(exact, 1).detach()),
                   Deviation(logit_grad, exact.grad())});
}

// Milliseconds of one call, the median of some rounds of several calls, on
// inputs that are larger than the cache.
template <typename Call>
double Milliseconds(Call call) {
  constexpr int kRounds = 7;
  constexpr int kCalls = 10;
  std::vector<double> times;
  for (int round = 0; round <= kRounds; ++round) {
    torch::cuda::synchronize();
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < kCalls; ++i) call();
    torch::cuda::synchronize();
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - begin;
    if (round > 0) times.push_back(took.count() / kCalls);  // 0 warms up
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

void Time(at::ScalarType type, std::int64_t rows, std::int64_t columns,
          at::Device device) {
  const auto options = at::TensorOptions(type).device(device);
  const at::Tensor logits = at::randn({rows, columns}, options);
  const at::Tensor targets =
      at::randint(columns, {rows}, options.dtype(at::kLong));
  const at::Tensor grad = at::randn({rows}, options.dtype(at::kFloat));
  const at::Tensor lse = trainer::FusedLogprob(logits, targets).lse;
  const at::Tensor other = at::empty_like(logits);
  const at::Tensor target_column = targets.unsqueeze(1);
  const double copy = Milliseconds([&] { other.copy_(logits); });
  const double forward =
      Milliseconds([&] { (void)trainer::FusedLogprob(logits, targets); });
  const double backward = Milliseconds(
      [&] { (void)trainer::FusedLogprobBackward(logits, targets, lse, grad); });
  const double aten_forward = Milliseconds([&] {
    const at::Tensor logp = at::log_softmax(logits, 1, at::kFloat);
    (void)logp.gather(1, target_column);
    (void)(logp.exp() * logp).sum(1);
  });
  const double bytes =
      static_cast<double>(logits.nbytes());  // read once, and written once
  std::puts(fmt::format("{} {} x {}: forward {:.3f} ms ({:.0f} GB/s), backward "
                        "{:.3f} ms ({:.0f} GB/s), copy {:.3f} ms ({:.0f} "
                        "GB/s); ATen forward {:.3f} ms (ratio {:.1f})",
                        at::toString(type), rows, columns, forward,
                        bytes / forward / 1e6, backward,
                        2 * bytes / backward / 1e6, copy,
                        2 * bytes / copy / 1e6, aten_forward,
                        aten_forward / forward)
                .c_str());
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
      const at::Tensor logits = (at::randn({64, columns}) * 5).to(type);
      const at::Tensor targets = at::randint(columns, {64}, at::kLong);
      const at::Tensor grad = at::randn({64});
      const double there = Deviation(logits, targets, grad, comm->device());
      const double here = Deviation(logits, targets, grad, at::kCPU);
      // A gradient of bf16 may round to the neighbour.
      good = good && there <= (type == at::kFloat ? 2e-5 : 1e-2);
      std::puts(fmt::format("{} x {}: off by {:.3g} (the CPU by {:.3g})",
                            at::toString(type), columns, there, here)
                    .c_str());
    }
  }
  for (const at::ScalarType type : {at::kFloat, at::kBFloat16}) {
    Time(type, 4'096, 151'936, comm->device());
    Time(type, 65'536, 1'024, comm->device());
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
