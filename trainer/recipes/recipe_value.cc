#include "trainer/recipes/recipe_value.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>
#include <string_view>

namespace trainer {
namespace {

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  std::size_t digits = 0;
  std::int64_t number = 0;
  while (digits < text.size() && digits < 12 && text[digits] >= '0' &&
         text[digits] <= '9') {
    number = number * 10 + (text[digits++] - '0');
  }
  const std::string_view unit = text.substr(digits);
  if (digits == 0) return std::nullopt;
  if (unit == "ms") return std::chrono::milliseconds(number);
  if (unit == "s") return std::chrono::milliseconds(number * 1'000);
  if (unit == "m") return std::chrono::milliseconds(number * 60'000);
  if (unit == "h") return std::chrono::milliseconds(number * 3'600'000);
  return std::nullopt;
}

bool InRange(const RecipeKey& key, double number) {
  return std::isfinite(number) && number <= key.most &&
         (key.above_least ? number > key.least : number >= key.least);
}
bool Take(const toml::node& node, const RecipeKey& key, std::int64_t& value) {
  const auto got = node.value_exact<std::int64_t>();
  if (!got || !InRange(key, static_cast<double>(*got))) return false;
  value = *got;
  return true;
}
bool Take(const toml::node& node, const RecipeKey& key, std::uint64_t& value) {
  std::int64_t got = 0;
  if (!Take(node, key, got)) return false;
  value = static_cast<std::uint64_t>(got);
  return true;
}
bool Take(const toml::node& node, const RecipeKey& key, double& value) {
  if (!node.is_number()) return false;
  const double got = *node.value<double>();
  if (!InRange(key, got)) return false;
  value = got;
  return true;
}
bool Take(const toml::node& node, const RecipeKey&, bool& value) {
  const auto got = node.value_exact<bool>();
  if (got) value = *got;
  return got.has_value();
}
bool Take(const toml::node& node, const RecipeKey& key, std::string& value) {
  const auto got = node.value_exact<std::string>();
  if (!got ||
      (!key.words.empty() && std::find(key.words.begin(), key.words.end(),
                                       *got) == key.words.end())) {
    return false;
  }
  value = *got;
  return true;
}
bool Take(const toml::node& node, const RecipeKey& key,
          std::chrono::milliseconds& value) {
  const auto text = node.value_exact<std::string>();
  const auto got = text ? ParseDuration(*text) : std::nullopt;
  if (!got || !InRange(key, static_cast<double>(got->count()))) return false;
  value = *got;
  return true;
}

bool Take(const toml::node& node, const RecipeKey&,
          std::vector<std::string>& value) {
  const toml::array* list = node.as_array();
  if (list == nullptr) return false;
  std::vector<std::string> got;
  for (const toml::node& one : *list) {
    const auto text = one.value_exact<std::string>();
    if (!text) return false;
    got.push_back(*text);
  }
  value = std::move(got);
  return true;
}

// None for what JSON has no word for: dates, times, infinity.
std::optional<boost::json::value> ToJson(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) {
    return boost::json::value(*text);
  }
  if (const auto whole = node.value_exact<std::int64_t>()) return *whole;
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto number = node.value_exact<double>()) {
    if (!std::isfinite(*number)) return std::nullopt;
    return *number;
  }
  if (const toml::array* list = node.as_array()) {
    boost::json::array all;
    for (const toml::node& one : *list) {
      auto value = ToJson(one);
      if (!value) return std::nullopt;
      all.push_back(std::move(*value));
    }
    return all;
  }
  const toml::table* table = node.as_table();
  if (table == nullptr) return std::nullopt;
  boost::json::object all;
  for (const auto& [key, one] : *table) {
    auto value = ToJson(one);
    if (!value) return std::nullopt;
    all[key.str()] = std::move(*value);
  }
  return all;
}

// A list of checks; what else is in one is the checker's to judge.
bool Take(const toml::node& node, const RecipeKey&, boost::json::array& value) {
  auto got = ToJson(node);
  if (!got || !got->is_array()) return false;
  for (const boost::json::value& one : got->get_array()) {
    const boost::json::object* check = one.if_object();
    const auto* checker = check ? check->if_contains("checker") : nullptr;
    const auto* weight = check ? check->if_contains("weight") : nullptr;
    if (checker == nullptr || !checker->is_string() ||
        (weight != nullptr && !weight->is_number())) {
      return false;
    }
  }
  value = std::move(got->get_array());
  return true;
}

}  // namespace

std::string Got(const toml::node& node) {
  std::ostringstream text;
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  node.visit([&](const auto& value) { text << value; });
  std::string got = text.str().substr(0, 60);
  if (!node.is_string()) return got;
  const std::string inner = node.value<std::string>().value_or("");
  char* end = nullptr;
  (void)std::strtod(inner.c_str(), &end);
  const bool number = !inner.empty() && *end == '\0';
  return "the string " + got + (number ? " (remove the quotes)" : "");
}

bool TakeValue(const toml::node& node, const RecipeKey& key) {
  return std::visit([&](auto* value) { return Take(node, key, *value); },
                    key.value);
}

}  // namespace trainer
