// Golden: tensors of a file that tests/golden/make_golden.py wrote.

#ifndef TESTS_TRAINER_GOLDEN_H_
#define TESTS_TRAINER_GOLDEN_H_

#include <torch/torch.h>

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/trainer/device.h"
#include "trainer/checkpoint/safetensors.h"

namespace trainer {

class Golden {
 public:
  explicit Golden(const std::string& name)
      : file_(ReadSafetensors(GOLDEN_FOLDER "/" + name + ".safetensors")
                  .value()) {}

  [[nodiscard]] at::Tensor operator[](const std::string& name) const {
    const TensorBlob* blob = file_.Find(name);
    if (blob == nullptr) throw std::out_of_range("no golden " + name);
    const at::ScalarType type =
        blob->dtype == Dtype::kI64 ? at::kLong : at::kDouble;
    at::Tensor tensor = torch::empty(blob->shape, type);
    if (tensor.nbytes() != blob->bytes.size()) {
      throw std::logic_error("golden " + name + " has another type");
    }
    std::memcpy(tensor.data_ptr(), blob->bytes.data(), blob->bytes.size());
    return OnDevice(tensor);
  }

  [[nodiscard]] bool Has(const std::string& name) const {
    return file_.Find(name) != nullptr;
  }

 private:
  SafetensorsFile file_;
};

// The largest |a - b| / max(1, |b|).
inline double Deviation(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor expected = b.cpu().to(at::kDouble);
  return ((a.detach().cpu().to(at::kDouble) - expected).abs() /
          expected.abs().clamp_min(1.0))
      .max()
      .item<double>();
}

}  // namespace trainer

#endif  // TESTS_TRAINER_GOLDEN_H_
