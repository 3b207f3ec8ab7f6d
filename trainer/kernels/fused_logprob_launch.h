// The launchers behind FusedLogprob: plain pointers, no LibTorch, so that nvcc
// never reads its headers. All arrays live on the device in question.

#ifndef TRAINER_KERNELS_FUSED_LOGPROB_LAUNCH_H_
#define TRAINER_KERNELS_FUSED_LOGPROB_LAUNCH_H_

#include <cstdint>

namespace trainer::kernels {

enum class LogitType { kFloat, kBfloat16 };

struct LogitRows {
  const void* logits = nullptr;  // [rows, columns]
  LogitType type = LogitType::kFloat;
  const std::int64_t* targets = nullptr;  // [rows]
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

struct ForwardOutput {  // each [rows]
  float* logprob = nullptr;
  float* entropy = nullptr;
  float* lse = nullptr;
};

struct BackwardInput {  // each [rows]
  const float* lse = nullptr;
  const float* grad = nullptr;
};

void ForwardOnCpu(const LogitRows& rows, const ForwardOutput& output);
// `logit_grad` [rows, columns] of rows.type.
void BackwardOnCpu(const LogitRows& rows, const BackwardInput& input,
                   void* logit_grad);

#ifdef ASSAY_CUDA
// `stream` is a cudaStream_t. Null: launched. Else the text of the CUDA error.
[[nodiscard]] const char* ForwardOnCuda(const LogitRows& rows,
                                        const ForwardOutput& output,
                                        void* stream);
[[nodiscard]] const char* BackwardOnCuda(const LogitRows& rows,
                                         const BackwardInput& input,
                                         void* logit_grad, void* stream);
#endif

}  // namespace trainer::kernels

#endif  // TRAINER_KERNELS_FUSED_LOGPROB_LAUNCH_H_
