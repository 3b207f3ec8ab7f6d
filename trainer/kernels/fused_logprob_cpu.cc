#include <ATen/Parallel.h>
#include <c10/util/BFloat16.h>

#include <algorithm>
#include <limits>

#include "trainer/kernels/fused_logprob_body.h"
#include "trainer/kernels/fused_logprob_launch.h"

namespace trainer::kernels {
namespace {

// Logits that one thread takes at least.
constexpr std::int64_t kGrain = 32'768;

// Logits that are summed in one chain: a longer one loses digits of float32.
constexpr std::int64_t kChain = 2'048;

template <typename Logit>
LogitState OfRow(const Logit* row, std::int64_t columns) {
  LogitState state;
  for (std::int64_t begin = 0; begin < columns; begin += kChain) {
    const std::int64_t end = std::min(columns, begin + kChain);
    state = Merged(state, Accumulated(row, begin, end, 1));
  }
  return state;
}

std::int64_t RowsPerThread(const LogitRows& rows) {
  return std::max<std::int64_t>(1, kGrain / rows.columns);
}

template <typename Logit>
void Forward(const LogitRows& rows, const ForwardOutput& output) {
  const auto* const logits = static_cast<const Logit*>(rows.logits);
  const auto run = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const Logit* const row = logits + i * rows.columns;
      const std::int64_t target = rows.targets[i];
      const bool valid = target >= 0 && target < rows.columns;
      const float target_logit = valid
                                     ? static_cast<float>(row[target])
                                     : std::numeric_limits<float>::quiet_NaN();
      const RowResult result = Finished(OfRow(row, rows.columns), target_logit);
      output.logprob[i] = result.logprob;
      output.entropy[i] = result.entropy;
      output.lse[i] = result.lse;
    }
  };
  at::parallel_for(0, rows.rows, RowsPerThread(rows), run);
}

template <typename Logit>
void Backward(const LogitRows& rows, const BackwardInput& input,
              Logit* logit_grad) {
  const auto* const logits = static_cast<const Logit*>(rows.logits);
  const auto run = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t target = rows.targets[i];
      const bool valid = target >= 0 && target < rows.columns;
      const float scale = valid ? input.grad[i] : 0.0F;
      for (std::int64_t j = 0; j < rows.columns; ++j) {
        const std::int64_t at = i * rows.columns + j;
        logit_grad[at] = static_cast<Logit>(LogitGradient(
            static_cast<float>(logits[at]), input.lse[i], j == target, scale));
      }
    }
  };
  at::parallel_for(0, rows.rows, RowsPerThread(rows), run);
}

}  // namespace

void ForwardOnCpu(const LogitRows& rows, const ForwardOutput& output) {
  if (rows.type == LogitType::kFloat) {
    Forward<float>(rows, output);
  } else {
    Forward<c10::BFloat16>(rows, output);
  }
}

void BackwardOnCpu(const LogitRows& rows, const BackwardInput& input,
                   void* logit_grad) {
  if (rows.type == LogitType::kFloat) {
    Backward(rows, input, static_cast<float*>(logit_grad));
  } else {
    Backward(rows, input, static_cast<c10::BFloat16*>(logit_grad));
  }
}

}  // namespace trainer::kernels
