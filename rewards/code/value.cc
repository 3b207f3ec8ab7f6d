#include "rewards/code/value.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "rewards/code/number_value.h"
#include "rewards/code/scalar_text.h"
#include "rewards/code/value_keys.h"

namespace rewards::code {
namespace {

using Kind = Value::Kind;

bool IsSequence(const Value& value) {
  return value.kind == Kind::kList || value.kind == Kind::kTuple;
}

// What `got` is where `want` is expected, if that is another value.
std::optional<Value> Stands(const Value& want, const Value& got,
                            const Typing& typing) {
  if (typing.first_place && want.IsMapping() && got.kind == Kind::kList) {
    Value map{.kind = Kind::kDict};
    int place = *typing.first_place;
    for (const Value& item : got.items) {
      map.items.push_back(StringValue(std::to_string(place++)));
      map.items.push_back(item);
    }
    return map;
  }
  if (typing.yes.empty()) return std::nullopt;
  if (IsBoolean(want.kind) && got.kind == Kind::kString) {
    if (got.text == typing.yes) return Value{.kind = Kind::kTrue};
    if (got.text == typing.no) return Value{.kind = Kind::kFalse};
  } else if (IsNumber(want.kind) && got.kind == Kind::kString) {
    return NumberIn(got.text);
  } else if (want.kind == Kind::kString && IsNumber(got.kind)) {
    const auto number = NumberIn(want.text);
    if (number && Equal(*number, got)) return want;
  }
  return std::nullopt;
}

class Pairwise {
 public:
  // `json`: a list of the first value may be a tuple of the second.
  Pairwise(const CompareRule& rule, bool json, const Typing& typing = {})
      : rule_(rule), json_(json), typing_(typing) {}

  [[nodiscard]] bool Same(const Value& want, const Value& got) {
    const auto other = Stands(want, got, typing_);
    return SameKind(want, other ? *other : got);
  }

 private:
  [[nodiscard]] bool SameKind(const Value& want, const Value& got) {
    if (IsNumber(want.kind) && IsNumber(got.kind)) return Close(want, got);
    if (IsSet(want.kind) && IsSet(got.kind)) {
      return keys_.Of(want) == keys_.Of(got);
    }
    if (want.IsMapping() && got.IsMapping()) return SameMapping(want, got);
    const bool tuple =
        json_ && want.kind == Kind::kList && got.kind == Kind::kTuple;
    if (want.kind != got.kind && !tuple) return false;
    switch (want.kind) {
      case Kind::kNone:
        return true;
      case Kind::kString:
      case Kind::kBytes:
        return want.text == got.text;
      case Kind::kList:
      case Kind::kTuple:
      case Kind::kDeque:
        return std::equal(
            want.items.begin(), want.items.end(), got.items.begin(),
            got.items.end(),
            [this](const Value& a, const Value& b) { return Same(a, b); });
      default:
        return false;
    }
  }

  static bool IsSet(Kind kind) {
    return kind == Kind::kSet || kind == Kind::kFrozenSet;
  }

  [[nodiscard]] bool Close(const Value& want, const Value& got) const {
    if (!typing_.booleans_are_numbers &&
        IsBoolean(want.kind) != IsBoolean(got.kind)) {
      return false;
    }
    if (typing_.doubles && want.kind == Kind::kInt &&
        got.kind == Kind::kFloat && RealOf(want) == got.real) {
      return true;
    }
    if (typing_.singles && want.kind == Kind::kFloat &&
        got.kind == Kind::kFloat && Single(got.real) == got.real &&
        Single(want.real) == got.real) {
      return true;
    }
    std::size_t want_nan = 0;
    std::size_t got_nan = 0;
    const std::string want_key = NumberKey(want, &want_nan);
    const std::string got_key = NumberKey(got, &got_nan);
    if (want_nan + got_nan > 0) return false;
    if (want_key == got_key) return true;
    if (rule_.mode != CompareMode::kFloat) return false;
    const auto expected = RealOf(want);
    const auto number = RealOf(got);
    if (!expected || !number) return false;
    if (!std::isfinite(*expected) || !std::isfinite(*number)) return false;
    const double room = std::max(rule_.abs, rule_.rel * std::fabs(*expected));
    return std::fabs(*number - *expected) <= room;
  }

  [[nodiscard]] bool SameMapping(const Value& want, const Value& got) {
    const auto wants = keys_.Places(want);
    const auto gots = keys_.Places(got);
    if (want.kind == Kind::kCounter && got.kind == Kind::kCounter) {
      return Counts(want, wants, got, gots) && Counts(got, gots, want, wants);
    }
    if (wants.size() != gots.size()) return false;
    for (const auto& [key, place] : wants) {
      const auto found = gots.find(key);
      if (found == gots.end() ||
          !Same(want.items[place], got.items[found->second])) {
        return false;
      }
    }
    return want.kind != Kind::kOrderedDict || got.kind != Kind::kOrderedDict ||
           Order(want) == Order(got);
  }

  using Places = std::map<std::string, std::size_t>;

  // Each count of `a` is that of `b`, where what is not there counts 0.
  [[nodiscard]] bool Counts(const Value& a, const Places& a_places,
                            const Value& b, const Places& b_places) {
    static const Value kZero = IntValue(0);
    return std::all_of(
        a_places.begin(), a_places.end(), [&](const auto& entry) {
          const auto found = b_places.find(entry.first);
          return Same(a.items[entry.second],
                      found == b_places.end() ? kZero : b.items[found->second]);
        });
  }

  [[nodiscard]] std::vector<std::string> Order(const Value& value) {
    std::vector<std::string> order;
    std::map<std::string, bool> seen;
    for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
      std::string key = keys_.Of(value.items[i]);
      if (!std::exchange(seen[key], true)) order.push_back(std::move(key));
    }
    return order;
  }

  const CompareRule rule_;
  const bool json_;
  const Typing typing_;
  ValueKeys keys_{false};
};

// A value by its key.
struct Keyed {
  std::string key{};
  const Value* value = nullptr;
};

bool Before(const Keyed& a, const Keyed& b) { return a.key < b.key; }

// Those of `values`, in the order of their keys.
std::vector<Keyed> Sorted(std::vector<Keyed> values, ValueKeys* keys) {
  for (Keyed& one : values) one.key = keys->Of(*one.value);
  std::sort(values.begin(), values.end(), Before);
  return values;
}

// Has `got` the items of `want`, in any order? First those go that are equal;
// of the others, which can only stand for each other, those alike meet.
bool SameItems(const Value& want, const Value& got, const CompareRule& rule,
               const Typing& typing) {
  const auto all = [](const Value& list, ValueKeys* keys) {
    std::vector<Keyed> items;
    items.reserve(list.items.size());
    for (const Value& item : list.items) items.push_back({.value = &item});
    return Sorted(std::move(items), keys);
  };
  // One for both: what is unique is so in both.
  ValueKeys equal(true, typing);
  ValueKeys alike(true, typing, true);
  const auto wants = all(want, &equal);
  const auto gots = all(got, &equal);
  const auto left = [&alike](const std::vector<Keyed>& of,
                             const std::vector<Keyed>& without) {
    std::vector<Keyed> items;
    std::set_difference(of.begin(), of.end(), without.begin(), without.end(),
                        std::back_inserter(items), Before);
    return Sorted(std::move(items), &alike);
  };
  const auto wants_left = left(wants, gots);
  const auto gots_left = left(gots, wants);
  Pairwise pairwise(rule, true, typing);
  return std::equal(wants_left.begin(), wants_left.end(), gots_left.begin(),
                    gots_left.end(), [&](const Keyed& a, const Keyed& b) {
                      return a.key == b.key &&
                             pairwise.Same(*a.value, *b.value);
                    });
}

}  // namespace

Value UnsignedValue(std::uint64_t number) {
  return {.kind = Kind::kInt, .text = HexDigits(number)};
}

Value IntValue(std::int64_t number) {
  const auto magnitude = static_cast<std::uint64_t>(number);
  Value value = UnsignedValue(number < 0 ? 0 - magnitude : magnitude);
  if (number < 0) value.text.insert(0, 1, '-');
  return value;
}

Value FloatValue(double number) {
  return {.kind = Kind::kFloat, .real = number};
}

Value StringValue(std::string_view text) {
  return {.kind = Kind::kString, .text = std::string(text)};
}

bool Equal(const Value& a, const Value& b) {
  return Pairwise({}, false).Same(a, b);
}

bool Meets(const Value& expected, const Value& got, const CompareRule& rule,
           const Typing& typing) {
  if (rule.mode == CompareMode::kUnordered && IsSequence(expected) &&
      IsSequence(got)) {
    return SameItems(expected, got, rule, typing);
  }
  return Pairwise(rule, true, typing).Same(expected, got);
}

}  // namespace rewards::code
