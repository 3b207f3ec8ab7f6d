#include "verifier/server/request_id.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace verifier::server {
namespace {

constexpr std::size_t kMostBytes = 128;

bool MayBeEchoed(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') ||
         std::string_view("._:-").find(c) != std::string_view::npos;
}

std::mt19937_64 Seeded() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

std::string NewUuid() {
  thread_local std::mt19937_64 random = Seeded();
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  const std::uint64_t high = ms << 16U | 0x7000U | (random() & 0x0fffU);
  const std::uint64_t low =
      (random() & 0x3fff'ffff'ffff'ffffU) | 0x8000'0000'0000'0000U;
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  text.reserve(36);
  for (unsigned digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text += '-';
    const std::uint64_t half = digit < 16 ? high : low;
    text += kHex[half >> (60U - 4U * (digit % 16U)) & 15U];
  }
  return text;
}

}  // namespace

std::string RequestId(std::string_view sent) {
  if (!sent.empty() && sent.size() <= kMostBytes &&
      std::all_of(sent.begin(), sent.end(), MayBeEchoed)) {
    return std::string(sent);
  }
  return NewUuid();
}

}  // namespace verifier::server
