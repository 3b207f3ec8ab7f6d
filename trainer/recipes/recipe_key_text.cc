#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "trainer/recipes/recipe_keys.h"

namespace trainer {
namespace {

std::string Shortest(double number) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  std::string text(buffer.data(), end);
  // TOML tells floats by a point or an exponent.
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string Whole(double number) {
  std::array<char, 32> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string DurationText(std::chrono::milliseconds duration) {
  const std::int64_t ms = duration.count();
  if (ms != 0 && ms % 60'000 == 0) return std::to_string(ms / 60'000) + "m";
  if (ms != 0 && ms % 1'000 == 0) return std::to_string(ms / 1'000) + "s";
  return std::to_string(ms) + "ms";
}

std::string Quote(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      quoted += "\\u00";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 0xf];
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// Requires: no null, and depth that a TOML file could hold.
std::string JsonAsToml(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return Quote(*text);
  if (value.is_double()) return Shortest(value.get_double());
  std::string all;
  if (const auto* list = value.if_array()) {
    for (const boost::json::value& one : *list) {
      all += (all.empty() ? "" : ", ") + JsonAsToml(one);
    }
    return '[' + all + ']';
  }
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      all +=
          (all.empty() ? "" : ", ") + Quote(key) + " = " + JsonAsToml(member);
    }
    return '{' + all + '}';
  }
  return boost::json::serialize(value);
}

}  // namespace

std::string AllowedText(const RecipeKey& key) {
  struct Visitor {
    const RecipeKey& key;
    std::string Range(const char* noun) const {
      return std::string(noun) + (key.above_least ? " > " : " >= ") +
             Whole(key.least) + " and <= " + Whole(key.most);
    }
    std::string operator()(std::int64_t*) const {
      return Range("a whole number");
    }
    std::string operator()(std::uint64_t*) const {
      return Range("a whole number");
    }
    std::string operator()(double*) const { return Range("a number"); }
    std::string operator()(bool*) const { return "true or false"; }
    std::string operator()(std::string*) const {
      if (key.words.empty()) return "a string";
      std::string text;
      for (const std::string_view word : key.words) {
        text += (text.empty() ? "\"" : ", \"") + std::string(word) + '"';
      }
      return text;
    }
    std::string operator()(std::vector<std::string>*) const {
      return "a list of strings";
    }
    std::string operator()(boost::json::array*) const {
      return "a list of tables with a checker, an optional weight and the "
             "checker's parameters";
    }
    std::string operator()(std::chrono::milliseconds*) const {
      return "a string like \"250ms\", \"4s\" or \"10m\"";
    }
  };
  return std::visit(Visitor{key}, key.value);
}

std::string ValueText(const RecipeKey& key) {
  struct Visitor {
    std::string operator()(const std::int64_t* v) const {
      return std::to_string(*v);
    }
    std::string operator()(const std::uint64_t* v) const {
      return std::to_string(*v);
    }
    std::string operator()(const double* v) const { return Shortest(*v); }
    std::string operator()(const bool* v) const {
      return *v ? "true" : "false";
    }
    std::string operator()(const std::string* v) const { return Quote(*v); }
    std::string operator()(const std::chrono::milliseconds* v) const {
      return Quote(DurationText(*v));
    }
    std::string operator()(const std::vector<std::string>* v) const {
      std::string all;
      for (const std::string& one : *v) {
        all += (all.empty() ? "" : ", ") + Quote(one);
      }
      return '[' + all + ']';
    }
    std::string operator()(const boost::json::array* v) const {
      return JsonAsToml(*v);
    }
  };
  return std::visit(Visitor{}, key.value);
}

}  // namespace trainer
