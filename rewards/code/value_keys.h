// ValueKeys: how values are told apart: what is equal has one key, what is not
// has not. Counters and OrderedDicts count as dictionaries. Not for sharing
// between threads.

#ifndef REWARDS_CODE_VALUE_KEYS_H_
#define REWARDS_CODE_VALUE_KEYS_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rewards/code/value.h"

namespace rewards::code {

// What equals nothing has a key that is no other's of the same ValueKeys.
class ValueKeys {
 public:
  // `tuples_are_lists`: that a value of JSON equals. `alike`: what can stand
  // for another value of `typing` has the key of that, be it rightly or not.
  explicit ValueKeys(bool tuples_are_lists, const Typing& typing = {},
                     bool alike = false)
      : tuples_are_lists_(tuples_are_lists), typing_(typing), alike_(alike) {}

  // n log n, however deep the value is.
  [[nodiscard]] std::string Of(const Value& value);

  // The keys of a mapping, each with its place in `items`; the last counts.
  [[nodiscard]] std::map<std::string, std::size_t> Places(const Value& value);

 private:
  [[nodiscard]] std::string Whole(const Value& value);
  [[nodiscard]] std::optional<std::string> Alike(const Value& value);
  [[nodiscard]] std::string InOrder(const Value& value);
  [[nodiscard]] std::vector<std::string> Each(const Value& value);
  [[nodiscard]] std::vector<std::string> Pairs(const Value& value);
  [[nodiscard]] std::vector<std::string> PairsByPlace(const Value& list);

  const bool tuples_are_lists_;
  const Typing typing_;
  const bool alike_;
  std::size_t unique_ = 0;
  // Of long keys, each of which stands in others by its number alone.
  std::unordered_map<std::string, std::size_t> numbers_;
};

}  // namespace rewards::code

#endif  // REWARDS_CODE_VALUE_KEYS_H_
