#include "trainer/kernels/fused_logprob.h"

#include <ATen/ATen.h>

#include <stdexcept>
#include <string>

#include "trainer/kernels/fused_logprob_launch.h"

#ifdef ASSAY_CUDA
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>
#endif

namespace trainer {
namespace {

using kernels::LogitRows;
using kernels::LogitType;

void Require(bool holds, const char* what) {
  if (holds) return;
  throw std::invalid_argument(std::string("FusedLogprob: ") + what);
}

LogitRows RowsOf(const at::Tensor& logits, const at::Tensor& targets) {
  Require(logits.dim() == 2 && logits.size(1) > 0, "logits must be [T, V]");
  Require(logits.is_contiguous(), "logits must be contiguous");
  Require(logits.scalar_type() == at::kFloat ||
              logits.scalar_type() == at::kBFloat16,
          "logits must be fp32 or bf16");
  Require(targets.dim() == 1 && targets.size(0) == logits.size(0) &&
              targets.is_contiguous() && targets.scalar_type() == at::kLong,
          "targets must be [T] int64, contiguous");
  Require(targets.device() == logits.device(),
          "logits and targets must be on one device");
  Require(logits.is_cpu() || logits.is_cuda(), "device must be CPU or CUDA");
  return {.logits = logits.const_data_ptr(),
          .type = logits.scalar_type() == at::kFloat ? LogitType::kFloat
                                                     : LogitType::kBfloat16,
          .targets = targets.const_data_ptr<std::int64_t>(),
          .rows = logits.size(0),
          .columns = logits.size(1)};
}

void RequireRow(const at::Tensor& row, const at::Tensor& logits) {
  Require(row.dim() == 1 && row.size(0) == logits.size(0) &&
              row.is_contiguous() && row.scalar_type() == at::kFloat &&
              row.device() == logits.device(),
          "lse and grad must be [T] fp32, contiguous, where logits are");
}

// Runs `launch(stream)` on the device of `tensor`.
template <typename Launch>
void OnCuda([[maybe_unused]] const at::Tensor& tensor,
            [[maybe_unused]] Launch launch) {
#ifdef ASSAY_CUDA
  const c10::cuda::CUDAGuard guard(tensor.device());
  const char* const error = launch(static_cast<void*>(
      c10::cuda::getCurrentCUDAStream(tensor.device().index()).stream()));
  if (error != nullptr) {
    throw std::runtime_error(std::string("FusedLogprob: CUDA: ") + error);
  }
#else
  Require(false, "tensors on a GPU need a build with ASSAY_CUDA=ON");
#endif
}

}  // namespace

FusedLogprobResult FusedLogprob(const at::Tensor& logits,
                                const at::Tensor& targets) {
  const LogitRows rows = RowsOf(logits, targets);
  const auto options = logits.options().dtype(at::kFloat);
  FusedLogprobResult result{at::empty({rows.rows}, options),
                            at::empty({rows.rows}, options),
                            at::empty({rows.rows}, options)};
  const kernels::ForwardOutput output{result.logprob.mutable_data_ptr<float>(),
                                      result.entropy.mutable_data_ptr<float>(),
                                      result.lse.mutable_data_ptr<float>()};
  if (logits.is_cpu()) {
    kernels::ForwardOnCpu(rows, output);
  } else {
    OnCuda(logits, [&]([[maybe_unused]] void* stream) {
#ifdef ASSAY_CUDA
      return kernels::ForwardOnCuda(rows, output, stream);
#endif
    });
  }
  return result;
}

at::Tensor FusedLogprobBackward(const at::Tensor& logits,
                                const at::Tensor& targets,
                                const at::Tensor& lse, const at::Tensor& grad) {
  const LogitRows rows = RowsOf(logits, targets);
  RequireRow(lse, logits);
  RequireRow(grad, logits);
  at::Tensor logit_grad = at::empty_like(logits);
  const kernels::BackwardInput input{lse.const_data_ptr<float>(),
                                     grad.const_data_ptr<float>()};
  if (logits.is_cpu()) {
    kernels::BackwardOnCpu(rows, input, logit_grad.mutable_data_ptr());
  } else {
    OnCuda(logits, [&]([[maybe_unused]] void* stream) {
#ifdef ASSAY_CUDA
      return kernels::BackwardOnCuda(rows, input, logit_grad.mutable_data_ptr(),
                                     stream);
#endif
    });
  }
  return logit_grad;
}

}  // namespace trainer
