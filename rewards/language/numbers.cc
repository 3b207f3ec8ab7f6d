#include "rewards/language/numbers.h"

#include <algorithm>
#include <bit>
#include <random>

namespace rewards::language {
namespace {

std::uint64_t Secret() {
  static const std::uint64_t secret = [] {
    std::random_device random;
    return (std::uint64_t{random()} << 32) | random() | 1;
  }();
  return secret;
}

}  // namespace

Numbers::Numbers(std::size_t most)
    : secret_(Secret()),
      bits_(std::max(static_cast<int>(std::bit_width(2 * most)), 4)),
      places_(std::size_t{1} << bits_) {
  hashes_.reserve(most);
}

}  // namespace rewards::language
