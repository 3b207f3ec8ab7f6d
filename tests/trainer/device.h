// TestDevice: where the tests of the trainer's arithmetic compute: the CPU, or
// the device that ASSAY_TEST_DEVICE names ("cuda:0"). One suite for both.

#ifndef TESTS_TRAINER_DEVICE_H_
#define TESTS_TRAINER_DEVICE_H_

#include <torch/torch.h>

#include <cstdlib>

namespace trainer {

inline at::Device TestDevice() {
  static const char* const name = std::getenv("ASSAY_TEST_DEVICE");
  return name == nullptr ? at::Device(at::kCPU) : at::Device(name);
}

inline at::Tensor OnDevice(const at::Tensor& tensor) {
  return tensor.to(TestDevice());
}

inline at::TensorOptions OnDevice(at::ScalarType type) {
  return at::TensorOptions(type).device(TestDevice());
}

}  // namespace trainer

#endif  // TESTS_TRAINER_DEVICE_H_
