#include "trainer/dist/comm.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "trainer/dist/process_group.h"

namespace trainer {
namespace {

using Clock = std::chrono::steady_clock;

// What the ranks agree on, in this order, for each call.
constexpr std::array<const char*, 5> kFields = {"collective", "elements",
                                                "element type", "root", "step"};

at::Tensor ToTensor(std::string_view bytes, std::int64_t size) {
  at::Tensor tensor = at::zeros({size}, at::kByte);
  if (!bytes.empty()) {
    std::memcpy(tensor.data_ptr(), bytes.data(), bytes.size());
  }
  return tensor;
}

}  // namespace

// The collectives, as the ranks compare them.
enum class Collective : std::int64_t {
  kAllReduceSum = 1,
  kBroadcast = 2,
  kBarrier = 3,
  kAllReduceMax = 4,
  kAllGather = 5,
};

struct Comm::Call {
  Collective collective;
  const char* name;
  std::int64_t elements = 0;
  std::int64_t element_type = 0;
  std::int64_t root = 0;
};

struct Comm::State {
  RankEnvironment environment{};
  at::Device device = at::kCPU;
  CommOptions options{};
  std::int64_t step = -1;                     // before SetStep
  c10::intrusive_ptr<c10d::Backend> group{};  // null: one rank

  [[nodiscard]] std::string Where(const char* name) const {
    const std::string when =
        step < 0 ? "before the first step" : fmt::format("at step {}", step);
    return fmt::format("rank {} of {}: {} {}", environment.rank,
                       environment.world_size, name, when);
  }

  // Runs `launch`, which gives the work to wait for.
  template <typename Launch>
  void Exchange(const char* name, Launch launch) {
    const auto start = Clock::now();
    try {
      const auto work = launch();
      WaitFor(*group, *work, device, options.timeout);
    } catch (const std::exception& error) {
      const double seconds =
          std::chrono::duration<double>(Clock::now() - start).count();
      throw CommError(fmt::format(
          "{} failed after {:.1f} s (limit {:.1f} s): {}", Where(name), seconds,
          std::chrono::duration<double>(options.timeout).count(),
          FirstLine(error)));
    }
  }

  void Reduce(const char* name, at::Tensor tensor,
              c10d::ReduceOp::RedOpType op) {
    std::vector<at::Tensor> tensors{std::move(tensor)};
    c10d::AllreduceOptions reduce;
    reduce.reduceOp = op;
    Exchange(name, [&] { return group->allreduce(tensors, reduce); });
  }
};

Comm::Comm(std::unique_ptr<State> state) : state_(std::move(state)) {}
Comm::Comm(Comm&&) noexcept = default;
Comm& Comm::operator=(Comm&&) noexcept = default;
Comm::~Comm() = default;

Comm Comm::Single(at::Device device) {
  auto state = std::make_unique<State>();
  state->device = device;
  return Comm(std::move(state));
}

DistResult<Comm> Comm::FromEnvironment(at::Device device,
                                       const CommOptions& options) {
  auto environment =
      ReadRankEnvironment([](const char* name) { return std::getenv(name); });
  if (!environment) return environment.error();
  return Join(*environment, device, options);
}

DistResult<Comm> Comm::Join(const RankEnvironment& environment,
                            at::Device device, const CommOptions& options) {
  if (device.is_cuda() && !device.has_index()) {
    device.set_index(static_cast<at::DeviceIndex>(environment.local_rank));
  }
  auto state = std::make_unique<State>();
  state->environment = environment;
  state->device = device;
  state->options = options;
  if (environment.world_size > 1) {
    auto group = MakeProcessGroup(environment, device,
                                  options.rendezvous_timeout, options.timeout);
    if (!group) return group.error();
    state->group = *std::move(group);
  }
  return Comm(std::move(state));
}

int Comm::rank() const noexcept { return state_->environment.rank; }
int Comm::world_size() const noexcept { return state_->environment.world_size; }
at::Device Comm::device() const noexcept { return state_->device; }
void Comm::SetStep(std::int64_t step) noexcept { state_->step = step; }

void Comm::CheckTensor(const at::Tensor& tensor) const {
  if (!tensor.defined() || !tensor.is_contiguous() ||
      tensor.device() != state_->device) {
    throw std::invalid_argument(fmt::format(
        "Comm needs a contiguous tensor on {}", state_->device.str()));
  }
}

// The largest of v and of -v over all ranks says whether all gave the same v.
void Comm::Agree(const Call& call) {
  const std::array<std::int64_t, kFields.size()> mine = {
      static_cast<std::int64_t>(call.collective), call.elements,
      call.element_type, call.root, state_->step};
  std::vector<std::int64_t> both(mine.begin(), mine.end());
  for (const std::int64_t value : mine) both.push_back(-value);
  at::Tensor values = at::tensor(both, at::kLong).to(state_->device);
  state_->Reduce(call.name, values, c10d::ReduceOp::MAX);
  values = values.cpu();
  const std::int64_t* const most = values.const_data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < mine.size(); ++i) {
    const std::int64_t least = -most[i + mine.size()];
    if (most[i] == least) continue;
    throw CommError(fmt::format(
        "{} failed: the ranks do not make the same call: {} is {} here, and "
        "{} to {} over all ranks",
        state_->Where(call.name), kFields[i], mine[i], least, most[i]));
  }
}

void Comm::AllReduceSum(at::Tensor& tensor) {
  CheckTensor(tensor);
  if (!state_->group) return;
  constexpr const char* kName = "all_reduce_sum";
  Agree({.collective = Collective::kAllReduceSum,
         .name = kName,
         .elements = tensor.numel(),
         .element_type = static_cast<std::int64_t>(tensor.scalar_type())});
  state_->Reduce(kName, tensor.detach(), c10d::ReduceOp::SUM);
}

void Comm::Broadcast(at::Tensor& tensor, int root) {
  CheckTensor(tensor);
  if (root < 0 || root >= world_size()) {
    throw std::invalid_argument(
        fmt::format("Comm has no rank {} to broadcast from: there are {}", root,
                    world_size()));
  }
  if (!state_->group) return;
  constexpr const char* kName = "broadcast";
  Agree({.collective = Collective::kBroadcast,
         .name = kName,
         .elements = tensor.numel(),
         .element_type = static_cast<std::int64_t>(tensor.scalar_type()),
         .root = root});
  std::vector<at::Tensor> tensors{tensor.detach()};
  c10d::BroadcastOptions options;
  options.rootRank = root;
  state_->Exchange(kName,
                   [&] { return state_->group->broadcast(tensors, options); });
}

void Comm::Barrier() {
  if (!state_->group) return;
  Agree({.collective = Collective::kBarrier, .name = "barrier"});
}

std::int64_t Comm::AllReduceMax(std::int64_t value) {
  if (!state_->group) return value;
  constexpr const char* kName = "all_reduce_max";
  Agree({.collective = Collective::kAllReduceMax, .name = kName});
  at::Tensor tensor = at::full({1}, value, at::kLong).to(state_->device);
  state_->Reduce(kName, tensor, c10d::ReduceOp::MAX);
  return tensor.item<std::int64_t>();
}

bool Comm::AnyRank(bool flag) { return AllReduceMax(flag ? 1 : 0) != 0; }

std::vector<std::string> Comm::AllGather(std::string_view bytes) {
  if (bytes.size() > kMaxGatherBytes) {
    throw std::invalid_argument(fmt::format("AllGather of {} bytes, over {}",
                                            bytes.size(), kMaxGatherBytes));
  }
  if (!state_->group) return {std::string(bytes)};
  constexpr const char* kName = "all_gather";
  Agree({.collective = Collective::kAllGather, .name = kName});

  // Each row: the length in 8 bytes, then the bytes, then zeros.
  constexpr std::size_t kHeader = sizeof(std::uint64_t);
  at::Tensor longest =
      at::full({1}, static_cast<std::int64_t>(bytes.size() + kHeader),
               at::kLong)
          .to(state_->device);
  state_->Reduce(kName, longest, c10d::ReduceOp::MAX);
  const auto width = longest.item<std::int64_t>();
  const std::uint64_t length = bytes.size();
  std::string row(kHeader, '\0');
  std::memcpy(row.data(), &length, kHeader);
  row += bytes;
  std::vector<at::Tensor> inputs{ToTensor(row, width).to(state_->device)};
  std::vector<std::vector<at::Tensor>> outputs(1);
  for (int i = 0; i < world_size(); ++i) {
    outputs[0].push_back(at::zeros_like(inputs[0]));
  }
  state_->Exchange(kName,
                   [&] { return state_->group->allgather(outputs, inputs); });

  std::vector<std::string> gathered;
  for (const at::Tensor& output : outputs[0]) {
    const at::Tensor host = output.cpu();
    const char* const data = static_cast<const char*>(host.const_data_ptr());
    std::uint64_t size = 0;
    std::memcpy(&size, data, kHeader);
    gathered.emplace_back(data + kHeader, size);
  }
  return gathered;
}

std::optional<DistError> Comm::CheckSame(std::string_view what,
                                         std::string_view digest) {
  const std::vector<std::string> all = AllGather(digest);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i] == all[0]) continue;
    return DistError{
        fmt::format("rank {} of {}: {} differs between the ranks: {} on rank "
                    "0, {} on rank {}",
                    rank(), world_size(), what, all[0], all[i], i)};
  }
  return std::nullopt;
}

}  // namespace trainer
