// Numbers: things known by their hashes, numbered from 0 in the order of their
// coming. Where one is looked for hangs on a number that nobody can know, so
// that no text can make it slow. Not for several threads at a time.

#ifndef REWARDS_LANGUAGE_NUMBERS_H_
#define REWARDS_LANGUAGE_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace rewards::language {

class Numbers {
 public:
  // Room for `most` of them; no more may be added.
  explicit Numbers(std::size_t most);

  // The number of `hash`, and whether it is a new one.
  std::pair<std::uint32_t, bool> Add(std::uint64_t hash) {
    std::size_t at = (hash * secret_) >> (64 - bits_);
    for (; places_[at] != 0; at = (at + 1) & (places_.size() - 1)) {
      if (hashes_[places_[at] - 1] == hash) return {places_[at] - 1, false};
    }
    hashes_.push_back(hash);
    places_[at] = static_cast<std::uint32_t>(hashes_.size());
    return {places_[at] - 1, true};
  }

 private:
  std::uint64_t secret_;
  int bits_;
  std::vector<std::uint32_t> places_;  // numbers, from 1; 0: free
  std::vector<std::uint64_t> hashes_;
};

}  // namespace rewards::language

#endif  // REWARDS_LANGUAGE_NUMBERS_H_
