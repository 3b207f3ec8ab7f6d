// Weights: how often each of several things is drawn. Pure; any thread.

#ifndef DATASETS_WEIGHTS_H_
#define DATASETS_WEIGHTS_H_

#include <cstddef>
#include <span>

namespace datasets {

// Throws std::invalid_argument that names `name` where a weight is negative or
// not a number.
void RequireNoneNegative(const char* name, std::span<const double> weights);

// The same, and also throws where none is positive.
void RequireWeights(const char* name, std::span<const double> weights);

// The sum, from left to right.
[[nodiscard]] double SumOf(std::span<const double> weights) noexcept;

// The index whose share of the sum holds `uniform`, in [0, 1). Never one whose
// weight is 0. Requires: one weight is positive.
[[nodiscard]] std::size_t PickWeighted(std::span<const double> weights,
                                       double uniform) noexcept;

}  // namespace datasets

#endif  // DATASETS_WEIGHTS_H_
