#include "rewards/code/value.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "rewards/code/scalar_text.h"

namespace rewards::code {
namespace {

using Kind = Value::Kind;

std::string Hex(std::uint64_t number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + 16, number, 16).ptr;
  return {digits, end};
}

// A whole number as kInt has it. Requires: `number` is finite and whole.
std::string WholeHex(double number) {
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(number), &exponent);
  constexpr int kBits = std::numeric_limits<double>::digits;
  auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, kBits));
  exponent -= kBits;
  if (exponent < 0) {
    mantissa >>= std::min(-exponent, 63);
    exponent = 0;
  }
  std::string digits = Hex(mantissa << (exponent % 4));
  digits.append(static_cast<std::size_t>(exponent / 4), '0');
  return std::signbit(number) && mantissa != 0 ? "-" + digits : digits;
}

bool IsNumber(Kind kind) {
  return kind >= Kind::kFalse && kind <= Kind::kComplex;
}

bool IsBoolean(Kind kind) {
  return kind == Kind::kFalse || kind == Kind::kTrue;
}

// In single precision, where it has that range.
double Single(double number) {
  if (!(std::fabs(number) <= std::numeric_limits<float>::max())) return number;
  return static_cast<double>(static_cast<float>(number));
}

bool IsSequence(const Value& value) {
  return value.kind == Kind::kList || value.kind == Kind::kTuple;
}

// What equal numbers have in common, and no others: of whole ones the digits,
// which have no capitals. `nan` counts those that equal nothing.
std::string RealKey(double number, std::size_t* nan) {
  if (std::isnan(number)) return "N" + std::to_string((*nan)++);
  if (std::isinf(number)) return number < 0 ? "-I" : "I";
  if (number == std::trunc(number)) return WholeHex(number);
  return "F" + Hex(std::bit_cast<std::uint64_t>(number));
}

std::string NumberKey(const Value& value, std::size_t* nan) {
  switch (value.kind) {
    case Kind::kFalse:
      return "0";
    case Kind::kTrue:
      return "1";
    case Kind::kInt:
      return value.text;
    case Kind::kFloat:
      return RealKey(value.real, nan);
    default:
      break;
  }
  std::string key = RealKey(value.real, nan);
  if (value.imag != 0) key += "," + RealKey(value.imag, nan);
  return key;
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

// How values are told apart: what is equal has one key, what is not has not.
// Counters and OrderedDicts count as dictionaries.
class Keys {
 public:
  // `tuples_are_lists`: that a value of JSON equals.
  explicit Keys(bool tuples_are_lists, const Typing& typing = {})
      : tuples_are_lists_(tuples_are_lists), typing_(typing) {}

  [[nodiscard]] std::string Of(const Value& value) {
    if (IsBoolean(value.kind) && !typing_.booleans_are_numbers) {
      return value.kind == Kind::kTrue ? "T" : "F";
    }
    if (IsNumber(value.kind)) return Sized('#', NumberKey(value, &unique_));
    if (typing_.first_place && value.IsMapping() && value.items.empty()) {
      return Sized('l', "");
    }
    if (!typing_.yes.empty() && value.kind == Kind::kString) {
      if (const auto number = NumberIn(value.text)) return Of(*number);
    }
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

  // The keys of a mapping, each with its place in `items`; the last counts.
  [[nodiscard]] std::map<std::string, std::size_t> Places(const Value& value) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i + 1 < value.items.size(); i += 2) {
      places[Of(value.items[i])] = i + 1;
    }
    return places;
  }

  [[nodiscard]] std::vector<std::string> Each(const Value& value) {
    std::vector<std::string> keys;
    keys.reserve(value.items.size());
    for (const Value& item : value.items) keys.push_back(Of(item));
    return keys;
  }

 private:
  static std::string Sized(char tag, const std::string& text) {
    return tag + std::to_string(text.size()) + ":" + text;
  }

  [[nodiscard]] std::string InOrder(const Value& value) {
    std::string all;
    for (const Value& item : value.items) all += Of(item);
    return all;
  }

  [[nodiscard]] std::vector<std::string> Pairs(const Value& value) {
    std::vector<std::string> pairs;
    for (const auto& [key, place] : Places(value)) {
      pairs.push_back(key + Of(value.items[place]));
    }
    return pairs;
  }

  static std::string Sorted(std::vector<std::string> keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::string all;
    for (const std::string& key : keys) all += key;
    return all;
  }

  bool tuples_are_lists_;
  const Typing typing_;
  std::size_t unique_ = 0;  // for what equals nothing
};

std::optional<double> RealOf(const Value& value) {
  switch (value.kind) {
    case Kind::kFloat:
      return value.real;
    case Kind::kInt: {
      double number = 0;
      const char* const end = value.text.data() + value.text.size();
      const auto read = std::from_chars(value.text.data(), end, number,
                                        std::chars_format::hex);
      if (read.ec == std::errc()) return number;
      return std::numeric_limits<double>::infinity();
    }
    default:
      return std::nullopt;
  }
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
  Keys keys_{false};
};

}  // namespace

Value UnsignedValue(std::uint64_t number) {
  return {.kind = Kind::kInt, .text = Hex(number)};
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
    Keys keys(true, typing);  // one for both: what is unique is so in both
    auto want = keys.Each(expected);
    auto have = keys.Each(got);
    std::sort(want.begin(), want.end());
    std::sort(have.begin(), have.end());
    return want == have;
  }
  return Pairwise(rule, true, typing).Same(expected, got);
}

}  // namespace rewards::code
