#include "rewards/code/value_keys.h"

#include <algorithm>
#include <utility>

#include "rewards/code/number_value.h"
#include "rewards/code/scalar_text.h"

namespace rewards::code {
namespace {

using Kind = Value::Kind;

std::string Sized(char tag, const std::string& text) {
  return tag + std::to_string(text.size()) + ":" + text;
}

std::string Sorted(std::vector<std::string> keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::string all;
  for (const std::string& key : keys) all += key;
  return all;
}

}  // namespace

std::string ValueKeys::Of(const Value& value) {
  constexpr std::size_t kLongest = 64;
  std::string key = Whole(value);
  if (key.size() <= kLongest) return key;
  const auto at = numbers_.try_emplace(std::move(key), numbers_.size()).first;
  return Sized('@', std::to_string(at->second));
}

std::string ValueKeys::Whole(const Value& value) {
  if (alike_) {
    if (auto key = Alike(value)) return *std::move(key);
  }
  if (IsBoolean(value.kind) && !typing_.booleans_are_numbers) {
    return value.kind == Kind::kTrue ? "T" : "F";
  }
  if (IsNumber(value.kind)) return Sized('#', NumberKey(value, &unique_));
  switch (value.kind) {
    case Kind::kNone:
      return "N";
    case Kind::kString:
      return Sized('s', value.text);
    case Kind::kBytes:
      return Sized('b', value.text);
    case Kind::kList:
      return Sized('l', InOrder(value));
    case Kind::kTuple:
      return Sized(tuples_are_lists_ ? 'l' : 't', InOrder(value));
    case Kind::kDeque:
      return Sized('Q', InOrder(value));
    case Kind::kSet:
    case Kind::kFrozenSet:
      return Sized('S', Sorted(Each(value)));
    case Kind::kOpaque:
      return Sized('H', std::to_string(unique_++));
    default:
      return Sized('D', Sorted(Pairs(value)));
  }
}

// Of all that value.cc takes for another value, by its Typing.
std::optional<std::string> ValueKeys::Alike(const Value& value) {
  if (const auto real = RealOf(value)) {
    return Sized('#',
                 RealKey(typing_.singles ? Single(*real) : *real, &unique_));
  }
  if (typing_.first_place && value.kind == Kind::kList) {
    return Sized('D', Sorted(PairsByPlace(value)));
  }
  if (typing_.yes.empty() || value.kind != Kind::kString) return std::nullopt;
  if (value.text == typing_.yes) return Of({.kind = Kind::kTrue});
  if (value.text == typing_.no) return Of({.kind = Kind::kFalse});
  const auto number = NumberIn(value.text);
  return number ? std::optional(Of(*number)) : std::nullopt;
}

std::map<std::string, std::size_t> ValueKeys::Places(const Value& value) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
    places[Of(value.items[i])] = i + 1;
  }
  return places;
}

std::string ValueKeys::InOrder(const Value& value) {
  std::string all;
  for (const Value& item : value.items) all += Of(item);
  return all;
}

std::vector<std::string> ValueKeys::Each(const Value& value) {
  std::vector<std::string> keys;
  keys.reserve(value.items.size());
  for (const Value& item : value.items) keys.push_back(Of(item));
  return keys;
}

std::vector<std::string> ValueKeys::Pairs(const Value& value) {
  std::vector<std::string> pairs;
  for (const auto& [key, place] : Places(value)) {
    pairs.push_back(key + Of(value.items[place]));
  }
  return pairs;
}

std::vector<std::string> ValueKeys::PairsByPlace(const Value& list) {
  std::vector<std::string> pairs;
  int place = *typing_.first_place;
  for (const Value& item : list.items) {
    pairs.push_back(Of(StringValue(std::to_string(place++))) + Of(item));
  }
  return pairs;
}

}  // namespace rewards::code
