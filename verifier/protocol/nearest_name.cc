#include "verifier/protocol/nearest_name.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace verifier::protocol {
namespace {

constexpr std::size_t kLongestWord = 64;

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kLongestWord + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view NearestName(std::string_view word,
                             std::span<const std::string_view> names) {
  if (word.size() > kLongestWord) return {};
  std::string_view best;
  std::size_t best_distance = (word.size() + 2) / 3 + 1;
  for (const std::string_view name : names) {
    if (name.size() > kLongestWord) continue;
    const std::size_t distance = EditDistance(word, name);
    if (distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace verifier::protocol
