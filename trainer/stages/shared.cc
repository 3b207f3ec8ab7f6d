#include "trainer/stages/shared.h"

#include <torch/torch.h>

#include <algorithm>
#include <cstdint>

namespace trainer {

void ShareTensors(const NamedTensors& tensors, Comm& comm) {
  const torch::NoGradGuard no_grad;
  for (auto [name, tensor] : tensors) comm.Broadcast(tensor, 0);
}

std::vector<std::string> GatherTexts(const std::string& text, Comm& comm) {
  std::vector<std::string> all(static_cast<std::size_t>(comm.world_size()));
  const std::int64_t longest =
      comm.AllReduceMax(static_cast<std::int64_t>(text.size()));
  for (std::size_t begin = 0; begin < static_cast<std::size_t>(longest);
       begin += kMaxGatherBytes) {
    const std::size_t at = std::min(begin, text.size());
    const std::vector<std::string> parts =
        comm.AllGather(std::string_view(text).substr(at, kMaxGatherBytes));
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
      all[rank] += parts[rank];
    }
  }
  return all;
}

std::string ShareText(const std::string& text, Comm& comm) {
  return GatherTexts(comm.rank() == 0 ? text : std::string(), comm).front();
}

}  // namespace trainer
