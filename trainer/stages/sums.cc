#include "trainer/stages/sums.h"

#include <torch/torch.h>

#include <vector>

namespace trainer {

void Sums::Sample(const std::string& name, const std::optional<double>& value) {
  sums_[name] += value.value_or(0.0);
  sums_[name + '#'] += value ? 1.0 : 0.0;
}

void Sums::Reduce(Comm& comm) {
  if (comm.world_size() == 1) return;
  std::vector<double> values;
  for (const auto& [name, value] : sums_) values.push_back(value);
  at::Tensor tensor = torch::tensor(values, at::kDouble).to(comm.device());
  comm.AllReduceSum(tensor);
  const at::Tensor host = tensor.to(at::kCPU);
  const double* next = host.const_data_ptr<double>();
  for (auto& [name, value] : sums_) value = *next++;
}

double Sums::Get(const std::string& name) const {
  const auto found = sums_.find(name);
  return found == sums_.end() ? 0.0 : found->second;
}

std::optional<double> Sums::Mean(const std::string& name) const {
  const double count = Get(name + '#');
  if (count == 0.0) return std::nullopt;
  return Get(name) / count;
}

}  // namespace trainer
