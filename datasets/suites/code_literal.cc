#include "datasets/suites/code_literal.h"

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <utility>

namespace datasets {
namespace {

namespace json = boost::json;
using Family = LiteralFamily;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Types that a value may be cast to; the first of them make it a double.
constexpr std::array<std::string_view, 3> kFloats = {"float", "double",
                                                     "Float"};
constexpr std::array<std::string_view, 19> kCasts = {
    "long",      "int",        "bool",        "string",    "std::string",
    "String",    "Object",     "object",      "Long",      "Nullable",
    "std::any",  "std::tuple", "std::vector", "Pair",      "Tuple",
    "ArrayList", "List",       "HashMap",     "Dictionary"};

// Calls that make a tuple, or pass on their argument.
constexpr std::array<std::string_view, 7> kTuples = {
    "std::make_tuple", "Tuple.Create", "Unit.with",   "Pair.with",
    "Triplet.with",    "Quartet.with", "Quintet.with"};
constexpr std::array<std::string_view, 2> kPresent = {"std::optional",
                                                      "Optional.of"};

template <std::size_t kCount>
bool IsOneOf(std::string_view name,
             const std::array<std::string_view, kCount>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<json::value> AsDouble(std::optional<json::value> value) {
  if (value && value->is_int64()) {
    return static_cast<double>(value->get_int64());
  }
  return value;
}

}  // namespace

void LiteralReader::SkipSpace() {
  while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
}

bool LiteralReader::Take(std::string_view word) {
  SkipSpace();
  if (!text_.substr(at_).starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool LiteralReader::AtEnd() {
  SkipSpace();
  return at_ == text_.size();
}

std::string_view LiteralReader::PeekName() const {
  const std::string_view rest = text_.substr(at_);
  if (rest.empty() || !IsNameStart(rest[0])) return {};
  std::size_t size = 1;
  while (size < rest.size()) {
    if (IsNamePart(rest[size])) {
      ++size;
      continue;
    }
    const std::size_t joint = rest.substr(size).starts_with("::") ? 2
                              : rest[size] == '.'                 ? 1
                                                                  : 0;
    if (joint == 0 || size + joint >= rest.size() ||
        !IsNameStart(rest[size + joint])) {
      break;
    }
    size += joint;
  }
  return rest.substr(0, size);
}

std::string_view LiteralReader::Name() {
  SkipSpace();
  const std::string_view name = PeekName();
  at_ += name.size();
  return name;
}

// "<...>" where one is here, with what is nested in it. False: it is not
// closed, or holds more than names.
bool LiteralReader::SkipTypeArguments() {
  if (at_ >= text_.size() || text_[at_] != '<') return true;
  std::size_t open = 0;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '<') {
      ++open;
    } else if (c == '>') {
      if (--open == 0) {
        ++at_;
        return true;
      }
    } else if (!IsNamePart(c) && c != ':' && c != ',' && c != ' ') {
      return false;
    }
  }
  return false;
}

// "(long)" before a value. Nothing is read where there is none.
bool LiteralReader::SkipCast(bool* to_float) {
  const std::size_t start = at_;
  if (Take("(")) {
    const std::string_view type = Name();
    *to_float = IsOneOf(type, kFloats);
    if ((*to_float || IsOneOf(type, kCasts)) && SkipTypeArguments() &&
        Take(")")) {
      return true;
    }
  }
  at_ = start;
  return false;
}

std::optional<json::array> LiteralReader::List(std::string_view close) {
  json::array list;
  if (Take(close)) return list;
  do {
    auto value = Value();
    if (!value) return std::nullopt;
    list.push_back(*std::move(value));
  } while (Take(","));
  if (!Take(close)) return std::nullopt;
  return list;
}

// "key" `arrow` value, with commas between them.
LiteralReader::Result LiteralReader::Entries(std::string_view close,
                                             std::string_view arrow) {
  json::object object;
  if (Take(close)) return object;
  do {
    const auto key = Text();
    if (!key || !Take(arrow)) return std::nullopt;
    auto value = Value();
    if (!value || object.contains(*key)) return std::nullopt;
    object[*key] = *std::move(value);
  } while (Take(","));
  if (!Take(close)) return std::nullopt;
  return object;
}

// {"key", value}, ... "}".
LiteralReader::Result LiteralReader::BracedEntries() {
  json::object object;
  if (Take("}")) return object;
  do {
    if (!Take("{")) return std::nullopt;
    const auto key = Text();
    if (!key || !Take(",")) return std::nullopt;
    auto value = Value();
    if (!value || !Take("}") || object.contains(*key)) return std::nullopt;
    object[*key] = *std::move(value);
  } while (Take(","));
  if (!Take("}")) return std::nullopt;
  return object;
}

// "key", value, ... ")".
LiteralReader::Result LiteralReader::AlternatingEntries() {
  auto list = List(")");
  if (!list || list->size() % 2 != 0) return std::nullopt;
  json::object object;
  for (std::size_t i = 0; i < list->size(); i += 2) {
    const json::string* key = (*list)[i].if_string();
    if (key == nullptr || object.contains(*key)) return std::nullopt;
    object[*key] = std::move((*list)[i + 1]);
  }
  return object;
}

LiteralReader::Result LiteralReader::PhpArray() {
  const std::size_t start = at_;
  if (auto list = List(")")) return *std::move(list);
  at_ = start;
  return Entries(")", "=>");
}

// After "new" of Java and C#.
LiteralReader::Result LiteralReader::NewObject() {
  const std::string_view type = Name();
  if (type.empty() || !SkipTypeArguments()) return std::nullopt;
  if (Take("[]{")) {
    auto list = List("}");
    if (!list) return std::nullopt;
    return *std::move(list);
  }
  if (!Take("(")) return std::nullopt;
  const bool map = type == "HashMap" || type == "Dictionary";
  if (!map && type != "ArrayList" && type != "List") return std::nullopt;
  if (family_ == Family::kCSharp && map) {
    if (!Take(")")) return std::nullopt;
    return Take("{") ? BracedEntries() : json::object();
  }
  if (Take(")")) return map ? json::value(json::object()) : json::array();
  auto value = Value();
  if (!value || !Take(")")) return std::nullopt;
  if (map ? !value->is_object() : !value->is_array()) return std::nullopt;
  return value;
}

// What a call makes; its name was read, and "(" was not.
LiteralReader::Result LiteralReader::Constructor(std::string_view name) {
  if (!SkipTypeArguments() || !Take("(")) return std::nullopt;
  if (IsOneOf(name, kTuples) || name == "Arrays.asList" || name == "List.of") {
    auto list = List(")");
    if (!list) return std::nullopt;
    return *std::move(list);
  }
  if (name == "Map.of") return AlternatingEntries();
  if (name == "Optional.empty") {
    return Take(")") ? Result(nullptr) : std::nullopt;
  }
  if (IsOneOf(name, kPresent)) {
    auto value = Value();
    return value && Take(")") ? std::move(value) : std::nullopt;
  }
  if (IsOneOf(name, kFloats)) {
    auto value = AsDouble(Value());
    return value && Take(")") ? std::move(value) : std::nullopt;
  }
  const bool map = name == "std::map";
  if (!map && name != "std::vector") return std::nullopt;
  if (Take(")")) return map ? json::value(json::object()) : json::array();
  if (!Take("{")) return std::nullopt;
  Result value;
  if (map) {
    value = BracedEntries();
  } else if (auto list = List("}")) {
    value = *std::move(list);
  }
  return value && Take(")") ? std::move(value) : std::nullopt;
}

LiteralReader::Result LiteralReader::Named() {
  const std::string_view name = Name();
  if (name == "true") return true;
  if (name == "false") return false;
  switch (family_) {
    case Family::kJavaScript:
      if (name == "undefined" || name == "null") return nullptr;
      break;
    case Family::kPhp:
      if (name == "null") return nullptr;
      if (name == "array" && Take("(")) return PhpArray();
      break;
    case Family::kShell:
      break;
    case Family::kCpp:
      if (name == "std::nullopt") return nullptr;
      return Constructor(name);
    case Family::kJava:
    case Family::kCSharp:
      if (name == "null") return nullptr;
      return name == "new" ? NewObject() : Constructor(name);
  }
  return std::nullopt;
}

std::optional<json::value> LiteralReader::Value() {
  SkipSpace();
  if (at_ == text_.size() || depth_ == kMaxLiteralDepth) return std::nullopt;
  ++depth_;
  const auto read = [this]() -> Result {
    const char c = text_[at_];
    if (c == '"') return TextValue();
    if (family_ == Family::kShell) return std::nullopt;
    if (IsDigit(c) || c == '-') return Number();
    if (c == '(') {
      bool to_float = false;
      if (SkipCast(&to_float)) return to_float ? AsDouble(Value()) : Value();
      if (!Take("(")) return std::nullopt;
      auto value = Value();
      return value && Take(")") ? std::move(value) : std::nullopt;
    }
    if (family_ == Family::kJavaScript && Take("[")) {
      auto list = List("]");
      if (!list) return std::nullopt;
      return *std::move(list);
    }
    if (family_ == Family::kJavaScript && Take("{")) return Entries("}", ":");
    return Named();
  };
  Result value = read();
  --depth_;
  return value;
}

}  // namespace datasets
