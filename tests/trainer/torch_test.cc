// The LibTorch that the trainer is built with is there and computes.

#include <gtest/gtest.h>
#include <torch/torch.h>
#include <torch/version.h>

namespace {

TEST(TorchTest, MultipliesAndDifferentiates) {
  const torch::Tensor x = torch::full({2, 2}, 3.0, torch::requires_grad());
  const torch::Tensor loss = torch::mm(x, x).sum();
  loss.backward();
  EXPECT_EQ(loss.item<double>(), 72.0);
  EXPECT_TRUE(torch::equal(x.grad(), torch::full({2, 2}, 12.0)));
}

TEST(TorchTest, IsOfTheVersionThatTheTrainerKnows) {
  EXPECT_GE(TORCH_VERSION_MAJOR * 100 + TORCH_VERSION_MINOR, 211);
}

}  // namespace
