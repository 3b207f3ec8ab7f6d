#include "trainer/model/packed_batch.h"

#include <torch/torch.h>

#include <stdexcept>

namespace trainer {

PackedBatch Pack(std::span<const std::vector<std::int32_t>> sequences,
                 at::Device device) {
  if (sequences.empty()) throw std::invalid_argument("Pack: no sequence");
  PackedBatch batch;
  std::vector<std::int64_t> tokens;
  std::vector<std::int64_t> positions;
  for (const std::vector<std::int32_t>& sequence : sequences) {
    if (sequence.empty()) throw std::invalid_argument("Pack: empty sequence");
    const auto length = static_cast<std::int64_t>(sequence.size());
    batch.lengths.push_back(length);
    tokens.insert(tokens.end(), sequence.begin(), sequence.end());
    for (std::int64_t i = 0; i < length; ++i) positions.push_back(i);
  }
  batch.tokens = torch::tensor(tokens, at::kLong).to(device);
  batch.positions = torch::tensor(positions, at::kLong).to(device);
  return batch;
}

}  // namespace trainer
