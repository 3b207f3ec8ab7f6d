#include "trainer/recipes/recipe_value.h"

#include <algorithm>
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
