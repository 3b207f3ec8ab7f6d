#include "rewards/run_limits.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using sandbox::RunLimits;

constexpr double kLeastSeconds = 0.01;
constexpr double kMostCpuSeconds = 600;
constexpr double kMostWallSeconds = 1200;
constexpr double kDefaultCpuSeconds = 5;
// The default of "wall_s": enough for a busy machine.
constexpr double kDefaultWallSeconds = 10;
constexpr double kWallPerCpu = 2;
constexpr std::int64_t kLeastMemoryMb = 64;
constexpr std::int64_t kMostMemoryMb = 65536;
constexpr std::int64_t kDefaultMemoryMb = 512;
constexpr std::int64_t kMostOutputKb = 262144;
constexpr std::int64_t kDefaultOutputKb = 8192;
constexpr std::int64_t kMostProcesses = 256;

std::chrono::microseconds Microseconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::duration<double>(seconds));
}

double Seconds(std::chrono::microseconds time) {
  return std::chrono::duration<double>(time).count();
}

boost::json::value Units(std::int64_t bytes, std::int64_t unit) {
  if (bytes % unit == 0) return bytes / unit;
  return static_cast<double>(bytes) / static_cast<double>(unit);
}

object Number(double low, double high, double fallback) {
  return {{"type", "number"},
          {"minimum", low},
          {"maximum", high},
          {"default", fallback}};
}

object Whole(std::int64_t low, std::int64_t high, std::int64_t fallback) {
  return {{"type", "integer"},
          {"minimum", low},
          {"maximum", high},
          {"default", fallback}};
}

}  // namespace

ParamResult<RunLimits> RunLimitsOf(const object& limits) {
  if (auto error = UnknownKey(
          limits, {"cpu_s", "wall_s", "memory_mb", "output_kb", "processes"})) {
    return *error;
  }
  const auto cpu = NumberParam(limits, "cpu_s", kLeastSeconds, kMostCpuSeconds,
                               kDefaultCpuSeconds);
  if (!cpu) return cpu.error();
  const auto wall =
      NumberParam(limits, "wall_s", kLeastSeconds, kMostWallSeconds,
                  std::max(kDefaultWallSeconds, kWallPerCpu * *cpu));
  if (!wall) return wall.error();
  const auto memory = IntParam(limits, "memory_mb", kLeastMemoryMb,
                               kMostMemoryMb, kDefaultMemoryMb);
  if (!memory) return memory.error();
  const auto output =
      IntParam(limits, "output_kb", 1, kMostOutputKb, kDefaultOutputKb);
  if (!output) return output.error();
  const auto processes = IntParam(limits, "processes", 1, kMostProcesses, 1);
  if (!processes) return processes.error();
  RunLimits result;
  result.cpu = Microseconds(*cpu);
  result.wall = Microseconds(*wall);
  result.memory_bytes = *memory * sandbox::kMiB;
  result.output_bytes = *output * sandbox::kKiB;
  result.processes = static_cast<int>(*processes);
  return result;
}

object RunLimitsJson(const RunLimits& limits) {
  return {{"cpu_s", Seconds(limits.cpu)},
          {"wall_s", Seconds(limits.wall)},
          {"memory_mb", Units(limits.memory_bytes, sandbox::kMiB)},
          {"output_kb", Units(limits.output_bytes, sandbox::kKiB)},
          {"processes", limits.processes}};
}

object RunLimitsSchema() {
  const object properties = {
      {"cpu_s", Number(kLeastSeconds, kMostCpuSeconds, kDefaultCpuSeconds)},
      {"wall_s", Number(kLeastSeconds, kMostWallSeconds, kDefaultWallSeconds)},
      {"memory_mb", Whole(kLeastMemoryMb, kMostMemoryMb, kDefaultMemoryMb)},
      {"output_kb", Whole(1, kMostOutputKb, kDefaultOutputKb)},
      {"processes", Whole(1, kMostProcesses, 1)}};
  return {{"type", "object"},
          {"properties", properties},
          {"required", array()},
          {"additionalProperties", false}};
}

}  // namespace rewards
