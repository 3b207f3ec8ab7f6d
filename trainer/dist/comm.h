// Comm: the processes of a run ("ranks"), and what they do together.
//
// Every rank must make the same calls in the same order. Each call first agrees
// on what is called (kind, elements, type, root, step), so that ranks that have
// drifted apart get a CommError instead of a hang or of mixed-up numbers. A
// call returns when the result is there; each of its exchanges (three for
// AllGather, at most two for the rest) takes at most CommOptions::timeout. One
// thread at a time.
// Moves, does not copy; with one rank every call is free of I/O.
//
//   auto comm = Comm::FromEnvironment(at::kCPU);
//   if (!comm) return Fail(comm.error().detail);
//   comm->SetStep(step);
//   comm->AllReduceSum(gradient);

#ifndef TRAINER_DIST_COMM_H_
#define TRAINER_DIST_COMM_H_

#include <ATen/core/Tensor.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trainer/dist/dist_error.h"
#include "trainer/dist/rank_environment.h"

namespace trainer {

// Most bytes that one rank gives to AllGather.
inline constexpr std::size_t kMaxGatherBytes = std::size_t{1} << 20;

struct CommOptions {
  // Longest wait for the others in one exchange. Rollouts differ in length
  // between ranks, and the slowest one must make it.
  std::chrono::milliseconds timeout{1'800'000};

  // Longest wait for all ranks to come up.
  std::chrono::milliseconds rendezvous_timeout{300'000};
};

class Comm {
 public:
  // One rank, without a process group.
  [[nodiscard]] static Comm Single(at::Device device = at::kCPU);

  // As the launcher's variables say (rank_environment.h). On kCUDA over NCCL,
  // on the device of the local rank, in builds with ASSAY_CUDA; on kCPU over
  // Gloo, by the interface that GLOO_SOCKET_IFNAME names, if it does. Blocks
  // until all ranks are there. Errors: variables that do not fit together, no
  // such device, no meeting within rendezvous_timeout.
  [[nodiscard]] static DistResult<Comm> FromEnvironment(
      at::Device device, const CommOptions& options = {});

  // The same, with the environment given.
  [[nodiscard]] static DistResult<Comm> Join(const RankEnvironment& environment,
                                             at::Device device,
                                             const CommOptions& options = {});

  Comm(Comm&&) noexcept;
  Comm& operator=(Comm&&) noexcept;
  // Leaves without a word to the others; call Barrier before, so that none
  // still waits for this rank.
  ~Comm();

  [[nodiscard]] int rank() const noexcept;
  [[nodiscard]] int world_size() const noexcept;
  // Where the tensors given to this Comm must live.
  [[nodiscard]] at::Device device() const noexcept;

  // Names the step in errors, and makes ranks at different steps one.
  void SetStep(std::int64_t step) noexcept;

  // Each of the following throws CommError when it fails on this rank, and
  // std::invalid_argument for a tensor that is not contiguous or elsewhere.

  // Replaces `tensor` by the sum over ranks: the same bits on every rank.
  void AllReduceSum(at::Tensor& tensor);
  // Replaces `tensor` by that of rank `root`, in [0, world_size()).
  void Broadcast(at::Tensor& tensor, int root);
  // Returns once every rank has called it.
  void Barrier();
  // The largest `value` of any rank.
  [[nodiscard]] std::int64_t AllReduceMax(std::int64_t value);
  // True where any rank says true: a non-finite loss, a signal to stop.
  [[nodiscard]] bool AnyRank(bool flag);
  // What each rank gave, by rank. At most kMaxGatherBytes each.
  [[nodiscard]] std::vector<std::string> AllGather(std::string_view bytes);
  // None: every rank gave the same digest. Else, on every rank, which two
  // differ in `what` (e.g. "recipe").
  [[nodiscard]] std::optional<DistError> CheckSame(std::string_view what,
                                                   std::string_view digest);

 private:
  struct State;
  struct Call;

  explicit Comm(std::unique_ptr<State> state);

  void Agree(const Call& call);
  void CheckTensor(const at::Tensor& tensor) const;

  std::unique_ptr<State> state_;
};

}  // namespace trainer

#endif  // TRAINER_DIST_COMM_H_
