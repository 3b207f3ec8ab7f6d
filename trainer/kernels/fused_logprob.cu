// One block a row. Each thread reads every kThreads-th logit, then the states
// of the threads merge in a fixed tree: in the warp by shuffles, then the warps
// through shared memory.

#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include "trainer/kernels/fused_logprob_body.h"
#include "trainer/kernels/fused_logprob_launch.h"

namespace trainer::kernels {
namespace {

constexpr int kWarp = 32;
constexpr int kThreads = 256;
constexpr int kWarps = kThreads / kWarp;
static_assert(kWarps <= kWarp, "one warp merges the warps");

// Rows of one grid. More go in further launches.
constexpr std::int64_t kMostBlocks = 1 << 30;

__device__ LogitState MergedOverWarp(LogitState state) {
  constexpr unsigned kAll = 0xffffffffU;
  for (int distance = kWarp / 2; distance > 0; distance /= 2) {
    const LogitState other = {__shfl_down_sync(kAll, state.most, distance),
                              __shfl_down_sync(kAll, state.total, distance),
                              __shfl_down_sync(kAll, state.weighted, distance)};
    state = Merged(state, other);
  }
  return state;  // whole in lane 0
}

// The state of the block's row, in thread 0.
__device__ LogitState MergedOverBlock(LogitState state) {
  __shared__ float most[kWarps];
  __shared__ float total[kWarps];
  __shared__ float weighted[kWarps];
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  state = MergedOverWarp(state);
  if (lane == 0) {
    most[warp] = state.most;
    total[warp] = state.total;
    weighted[warp] = state.weighted;
  }
  __syncthreads();
  if (warp != 0) return state;
  state = lane < kWarps ? LogitState{most[lane], total[lane], weighted[lane]}
                        : LogitState{};
  return MergedOverWarp(state);
}

template <typename Logit>
__global__ void ForwardKernel(const Logit* logits, const std::int64_t* targets,
                              std::int64_t columns, ForwardOutput output) {
  const std::int64_t index = blockIdx.x;
  const Logit* const row = logits + index * columns;
  const LogitState state =
      MergedOverBlock(Accumulated(row, threadIdx.x, columns, kThreads));
  if (threadIdx.x != 0) return;
  const std::int64_t target = targets[index];
  const bool valid = target >= 0 && target < columns;
  const RowResult result =
      Finished(state, valid ? static_cast<float>(row[target]) : nanf(""));
  output.logprob[index] = result.logprob;
  output.entropy[index] = result.entropy;
  output.lse[index] = result.lse;
}

template <typename Logit>
__global__ void BackwardKernel(const Logit* logits, const std::int64_t* targets,
                               std::int64_t columns, BackwardInput input,
                               Logit* logit_grad) {
  const std::int64_t index = blockIdx.x;
  const std::int64_t target = targets[index];
  const bool valid = target >= 0 && target < columns;
  const float scale = valid ? input.grad[index] : 0.0F;
  const float lse = input.lse[index];
  const Logit* const row = logits + index * columns;
  Logit* const grad_row = logit_grad + index * columns;
  for (std::int64_t j = threadIdx.x; j < columns; j += kThreads) {
    grad_row[j] = static_cast<Logit>(
        LogitGradient(static_cast<float>(row[j]), lse, j == target, scale));
  }
}

// Calls `launch(first row, number of rows)` until all rows are launched.
template <typename Launch>
const char* InGrids(std::int64_t rows, Launch launch) {
  for (std::int64_t first = 0; first < rows; first += kMostBlocks) {
    const std::int64_t left = rows - first;
    launch(first,
           static_cast<unsigned>(left < kMostBlocks ? left : kMostBlocks));
    const cudaError_t error = cudaGetLastError();
    if (error != cudaSuccess) return cudaGetErrorString(error);
  }
  return nullptr;
}

template <typename Logit>
const char* Forward(const LogitRows& rows, const ForwardOutput& output,
                    cudaStream_t stream) {
  const auto* const logits = static_cast<const Logit*>(rows.logits);
  return InGrids(rows.rows, [&](std::int64_t first, unsigned blocks) {
    ForwardKernel<<<blocks, kThreads, 0, stream>>>(
        logits + first * rows.columns, rows.targets + first, rows.columns,
        ForwardOutput{output.logprob + first, output.entropy + first,
                      output.lse + first});
  });
}

template <typename Logit>
const char* Backward(const LogitRows& rows, const BackwardInput& input,
                     Logit* logit_grad, cudaStream_t stream) {
  const auto* const logits = static_cast<const Logit*>(rows.logits);
  return InGrids(rows.rows, [&](std::int64_t first, unsigned blocks) {
    BackwardKernel<<<blocks, kThreads, 0, stream>>>(
        logits + first * rows.columns, rows.targets + first, rows.columns,
        BackwardInput{input.lse + first, input.grad + first},
        logit_grad + first * rows.columns);
  });
}

}  // namespace

const char* ForwardOnCuda(const LogitRows& rows, const ForwardOutput& output,
                          void* stream) {
  auto* const on = static_cast<cudaStream_t>(stream);
  return rows.type == LogitType::kFloat
             ? Forward<float>(rows, output, on)
             : Forward<__nv_bfloat16>(rows, output, on);
}

const char* BackwardOnCuda(const LogitRows& rows, const BackwardInput& input,
                           void* logit_grad, void* stream) {
  auto* const on = static_cast<cudaStream_t>(stream);
  return rows.type == LogitType::kFloat
             ? Backward(rows, input, static_cast<float*>(logit_grad), on)
             : Backward(rows, input, static_cast<__nv_bfloat16*>(logit_grad),
                        on);
}

}  // namespace trainer::kernels
