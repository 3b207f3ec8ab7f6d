#include "trainer/dist/rank_environment.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

namespace trainer {
namespace {

// The names that one kind of launcher uses.
struct Names {
  const char* rank;
  const char* world_size;
  const char* local_rank;
};

constexpr Names kTorchrun{"RANK", "WORLD_SIZE", "LOCAL_RANK"};
constexpr Names kSlurm{"SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID"};

DistResult<int> ReadNumber(const Lookup& lookup, const char* name, int least,
                           int most) {
  const char* const value = lookup(name);
  if (value == nullptr) return DistError{fmt::format("{} is not set", name)};
  const std::string_view text(value);
  int number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() ||
      number < least || number > most) {
    return DistError{fmt::format("{}=\"{}\" must be a number from {} to {}",
                                 name, text.substr(0, 40), least, most)};
  }
  return number;
}

std::string TextOf(const Lookup& lookup, const char* name) {
  const char* const value = lookup(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::string MasterOfSlurm(const Lookup& lookup) {
  std::string host = FirstHost(TextOf(lookup, "SLURM_STEP_NODELIST"));
  if (host.empty()) host = FirstHost(TextOf(lookup, "SLURM_JOB_NODELIST"));
  return host;
}

std::optional<DistError> ReadRanks(const Lookup& lookup, const Names& names,
                                   RankEnvironment& result) {
  const auto world = ReadNumber(lookup, names.world_size, 1, kMaxRanks);
  if (!world) return world.error();
  const auto rank = ReadNumber(lookup, names.rank, 0, kMaxRanks - 1);
  if (!rank) return rank.error();
  if (*rank >= *world) {
    return DistError{fmt::format("{}={} must be below {}={}", names.rank, *rank,
                                 names.world_size, *world)};
  }
  result.world_size = *world;
  result.rank = *rank;
  if (lookup(names.local_rank) != nullptr) {
    const auto local = ReadNumber(lookup, names.local_rank, 0, *world - 1);
    if (!local) return local.error();
    result.local_rank = *local;
  } else if (*world > 1) {
    return DistError{fmt::format(
        "{} is not set, but {}={}: it picks the device of this process",
        names.local_rank, names.world_size, *world)};
  }
  return std::nullopt;
}

std::optional<DistError> ReadMaster(const Lookup& lookup, bool slurm,
                                    RankEnvironment& result) {
  result.master_address = TextOf(lookup, "MASTER_ADDR");
  if (result.master_address.empty() && slurm) {
    result.master_address = MasterOfSlurm(lookup);
  }
  if (result.master_address.empty()) {
    return DistError{
        fmt::format("MASTER_ADDR is not set, but there are {} processes: they "
                    "need the address of rank 0 to meet",
                    result.world_size)};
  }
  if (lookup("MASTER_PORT") == nullptr && slurm) {
    result.master_port = kDefaultMasterPort;
    return std::nullopt;
  }
  const auto port = ReadNumber(lookup, "MASTER_PORT", 1, 65'535);
  if (!port) return port.error();
  result.master_port = static_cast<std::uint16_t>(*port);
  return std::nullopt;
}

}  // namespace

std::string FirstHost(std::string_view node_list) {
  std::string host;
  for (std::size_t i = 0; i < node_list.size() && node_list[i] != ','; ++i) {
    if (node_list[i] != '[') {
      host += node_list[i];
      continue;
    }
    const std::size_t close = node_list.find(']', i);
    if (close == std::string_view::npos) return {};
    const std::string_view range = node_list.substr(i + 1, close - i - 1);
    host += range.substr(0, range.find_first_of("-,"));
    i = close;
  }
  return host;
}

DistResult<RankEnvironment> ReadRankEnvironment(const Lookup& lookup) {
  RankEnvironment result;
  const bool torchrun = lookup(kTorchrun.rank) != nullptr ||
                        lookup(kTorchrun.world_size) != nullptr;
  const bool slurm = !torchrun && lookup(kSlurm.rank) != nullptr &&
                     lookup(kSlurm.world_size) != nullptr;
  if (!torchrun && !slurm) {
    if (lookup(kTorchrun.local_rank) == nullptr) return result;
    return DistError{
        "LOCAL_RANK is set, but neither RANK nor WORLD_SIZE: set all three, or "
        "none for one process"};
  }
  if (auto error = ReadRanks(lookup, torchrun ? kTorchrun : kSlurm, result)) {
    return *std::move(error);
  }
  if (result.world_size == 1) return result;
  if (auto error = ReadMaster(lookup, slurm, result)) return *std::move(error);
  if (torchrun && TextOf(lookup, "TORCHELASTIC_USE_AGENT_STORE") == "True") {
    result.store_is_launchers = true;
    const std::string attempt = TextOf(lookup, "TORCHELASTIC_RESTART_COUNT");
    if (!attempt.empty()) result.attempt = attempt;
  }
  return result;
}

}  // namespace trainer
