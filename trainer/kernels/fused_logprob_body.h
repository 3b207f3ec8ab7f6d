// The arithmetic of the fused log-prob kernels, one source for CPU and GPU.
//
// A row of logits x[0..V) is read once. LogitState holds what is known of a
// part of it, relative to the part's largest logit m:
//
//   total    = sum exp(x - m)
//   weighted = sum exp(x - m) * (x - m)
//
// so that lse = m + log(total) and entropy = log(total) - weighted / total,
// where nothing large is subtracted from anything large. Two parts merge into
// the state of their union in any order and split, up to rounding.
//
// fp32 whatever the type of the logits. A logit of -inf is masked: it counts
// for nothing. NaN or +inf anywhere, or a row that is masked everywhere, makes
// the results NaN, as at::log_softmax does (lse of the last: -inf). No state;
// any thread.

#ifndef TRAINER_KERNELS_FUSED_LOGPROB_BODY_H_
#define TRAINER_KERNELS_FUSED_LOGPROB_BODY_H_

#include <cmath>
#include <cstdint>

#ifdef __CUDACC__
#define ASSAY_HOST_DEVICE __host__ __device__
#else
#define ASSAY_HOST_DEVICE
#endif

namespace trainer::kernels {

// Of no logits until the first AddLogit.
struct LogitState {
  float most = -INFINITY;
  float total = 0.0F;
  float weighted = 0.0F;
};

// Moves the reference of `state` from its own maximum up to `most`.
ASSAY_HOST_DEVICE inline LogitState Rescaled(const LogitState& state,
                                             float most) {
  if (state.total == 0.0F) return {most, 0.0F, 0.0F};
  const float shift = state.most - most;
  const float factor = expf(shift);
  // Far below: shift may be -inf, and 0 * -inf would be NaN. A NaN stays.
  if (factor == 0.0F) return {most, state.total * factor, 0.0F};
  return {most, state.total * factor,
          factor * (state.weighted + shift * state.total)};
}

ASSAY_HOST_DEVICE inline void AddLogit(LogitState& state, float logit) {
  if (logit == -INFINITY) return;
  if (logit > state.most) {
    state = Rescaled(state, logit);
    state.total += expf(logit - logit);  // 1, and NaN for +inf
    return;
  }
  const float below = logit - state.most;
  const float term = expf(below);
  state.total += term;
  if (term != 0.0F) state.weighted += term * below;
}

ASSAY_HOST_DEVICE inline LogitState Merged(const LogitState& a,
                                           const LogitState& b) {
  const float most = a.most > b.most ? a.most : b.most;
  const LogitState left = Rescaled(a, most);
  const LogitState right = Rescaled(b, most);
  return {most, left.total + right.total, left.weighted + right.weighted};
}

// The state of row[begin], row[begin + stride], ... below `end`.
template <typename Logit>
ASSAY_HOST_DEVICE inline LogitState Accumulated(const Logit* row,
                                                std::int64_t begin,
                                                std::int64_t end,
                                                std::int64_t stride) {
  LogitState state;
  for (std::int64_t i = begin; i < end; i += stride) {
    AddLogit(state, static_cast<float>(row[i]));
  }
  return state;
}

struct RowResult {
  float logprob;  // log softmax(x)[target]
  float entropy;  // of softmax(x), nats
  float lse;      // log sum exp(x)
};

ASSAY_HOST_DEVICE inline RowResult Finished(const LogitState& state,
                                            float target_logit) {
  const float log_total = logf(state.total);
  return {(target_logit - state.most) - log_total,
          log_total - state.weighted / state.total, state.most + log_total};
}

// d(loss)/d(logit) of one logit, where d(loss)/d(logprob) is `scale`:
// scale * (1[is_target] - p). A row with scale 0 has gradient 0, also where its
// logits are not finite.
ASSAY_HOST_DEVICE inline float LogitGradient(float logit, float lse,
                                             bool is_target, float scale) {
  if (scale == 0.0F) return 0.0F;
  return scale * ((is_target ? 1.0F : 0.0F) - expf(logit - lse));
}

}  // namespace trainer::kernels

#endif  // TRAINER_KERNELS_FUSED_LOGPROB_BODY_H_
