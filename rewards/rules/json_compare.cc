#include "rewards/rules/json_compare.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace rewards::rules {
namespace {

namespace json = boost::json;

template <typename T>
int Order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

// A whole number, of which the sign stands apart.
struct Whole {
  bool negative = false;
  std::uint64_t size = 0;
};

Whole WholeOf(const json::value& value) {
  if (value.is_uint64()) return {false, value.get_uint64()};
  const std::int64_t number = value.get_int64();
  if (number >= 0) return {false, static_cast<std::uint64_t>(number)};
  return {true, std::uint64_t{0} - static_cast<std::uint64_t>(number)};
}

int CompareWholes(Whole a, Whole b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  return a.negative ? Order(b.size, a.size) : Order(a.size, b.size);
}

// A finite double against a whole number.
int CompareMixed(double a, Whole b) {
  constexpr double kPast = 18446744073709551616.0;  // 2^64
  const bool negative = std::signbit(a) && a != 0.0;
  const double size = std::fabs(a);
  if (size >= kPast) return negative ? -1 : 1;
  const double floor = std::floor(size);
  const int order =
      CompareWholes({negative, static_cast<std::uint64_t>(floor)}, b);
  if (order != 0 || floor == size) return order;
  return negative ? -1 : 1;
}

int Rank(const json::value& value) {
  if (value.is_null()) return 0;
  if (value.is_bool()) return 1;
  if (value.is_number()) return 2;
  if (value.is_string()) return 3;
  return value.is_array() ? 4 : 5;
}

int CompareArrays(const json::array& a, const json::array& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const int order = CompareJson(a[i], b[i]);
    if (order != 0) return order;
  }
  return Order(a.size(), b.size());
}

std::vector<const json::key_value_pair*> ByKey(const json::object& object) {
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) {
    return std::string_view(a->key()) < std::string_view(b->key());
  });
  return members;
}

int CompareObjects(const json::object& a, const json::object& b) {
  const auto left = ByKey(a);
  const auto right = ByKey(b);
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    const int key = std::string_view(left[i]->key())
                        .compare(std::string_view(right[i]->key()));
    if (key != 0) return key;
    const int order = CompareJson(left[i]->value(), right[i]->value());
    if (order != 0) return order;
  }
  return Order(left.size(), right.size());
}

}  // namespace

int CompareNumbers(const json::value& a, const json::value& b) {
  if (a.is_double() && b.is_double()) {
    return Order(a.get_double(), b.get_double());
  }
  if (a.is_double()) return CompareMixed(a.get_double(), WholeOf(b));
  if (b.is_double()) return -CompareMixed(b.get_double(), WholeOf(a));
  return CompareWholes(WholeOf(a), WholeOf(b));
}

int CompareJson(const json::value& a, const json::value& b) {
  if (Rank(a) != Rank(b)) return Order(Rank(a), Rank(b));
  if (a.is_bool()) return Order(a.get_bool(), b.get_bool());
  if (a.is_number()) return CompareNumbers(a, b);
  if (a.is_string()) {
    return std::string_view(a.get_string())
        .compare(std::string_view(b.get_string()));
  }
  if (a.is_array()) return CompareArrays(a.get_array(), b.get_array());
  return a.is_object() ? CompareObjects(a.get_object(), b.get_object()) : 0;
}

}  // namespace rewards::rules
