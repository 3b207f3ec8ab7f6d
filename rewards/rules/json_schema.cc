#include "rewards/rules/json_schema.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/rules/code_points.h"
#include "rewards/rules/json_compare.h"
#include "rewards/rules/json_schema_check.h"

namespace rewards::rules {
namespace {

namespace json = boost::json;

std::string Token(std::string_view key) {
  std::string token = "/";
  for (const char c : key) {
    token += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
  }
  return token;
}

bool IsWhole(const json::value& value) {
  if (!value.is_double()) return true;
  return std::floor(value.get_double()) == value.get_double();
}

bool IsOfType(const json::value& value, std::string_view type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return value.is_number() && (type == "number" || IsWhole(value));
}

bool IsMultiple(const json::value& value, const json::value& of) {
  if (value.is_int64() && of.is_int64()) {
    return value.get_int64() % of.get_int64() == 0;
  }
  const double quotient = value.to_number<double>() / of.to_number<double>();
  const double nearest = std::round(quotient);
  // Decimals are not exact: 0.3 is a multiple of 0.1.
  return std::fabs(quotient - nearest) <=
         std::fabs(quotient) * 4 * std::numeric_limits<double>::epsilon();
}

bool Equal(const json::value& a, const json::value& b) {
  return CompareJson(a, b) == 0;
}

bool AreUnique(const json::array& array) {
  std::vector<const json::value*> sorted;
  for (const json::value& one : array) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
    return CompareJson(*a, *b) < 0;
  });
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const auto* a, const auto* b) {
                              return Equal(*a, *b);
                            }) == sorted.end();
}

// One value held against one schema, which CheckSchema found good.
class Validator {
 public:
  Validator(const json::value& root, const PatternsByText& patterns)
      : root_(root), patterns_(patterns) {}

  [[nodiscard]] bool exhausted() const { return steps_ > kMaxSchemaSteps; }
  [[nodiscard]] JsonProblem TakeProblem() { return std::move(problem_); }

  bool Holds(const json::value& schema, const json::value& value,
             const std::string& at) {
    if (++steps_ > kMaxSchemaSteps) return Fail(at, "too much to check");
    if (schema.is_bool()) {
      return schema.get_bool() || Fail(at, "may not be there");
    }
    const json::object& keys = schema.get_object();
    if (!HoldsAnyValue(keys, value, at)) return false;
    if (value.is_number() && !HoldsNumber(keys, value, at)) return false;
    if (value.is_string() && !HoldsString(keys, value, at)) return false;
    if (value.is_array() && !HoldsArray(keys, value.get_array(), at)) {
      return false;
    }
    if (value.is_object() && !HoldsObject(keys, value.get_object(), at)) {
      return false;
    }
    return HoldsHere(keys, value, at);
  }

 private:
  // The first failure is the one that is told.
  bool Fail(const std::string& at, std::string detail) {
    if (problem_.detail.empty()) problem_ = {at, std::move(detail)};
    return false;
  }

  // As Holds, and a failure is none of the whole's.
  bool Quietly(const json::value& schema, const json::value& value,
               const std::string& at) {
    JsonProblem kept = problem_;
    const bool holds = Holds(schema, value, at);
    problem_ = std::move(kept);
    return holds;
  }

  bool HoldsAnyValue(const json::object& keys, const json::value& value,
                     const std::string& at) {
    if (const json::value* type = keys.if_contains("type")) {
      const auto fits = [&value](const json::value& one) {
        return IsOfType(value, one.get_string());
      };
      const bool fit = type->is_string()
                           ? fits(*type)
                           : std::any_of(type->get_array().begin(),
                                         type->get_array().end(), fits);
      if (!fit) return Fail(at, "is of another type");
    }
    if (const json::value* list = keys.if_contains("enum")) {
      const json::array& all = list->get_array();
      steps_ += all.size();
      if (std::none_of(all.begin(), all.end(), [&value](const auto& one) {
            return Equal(one, value);
          })) {
        return Fail(at, "is none of the values that are allowed");
      }
    }
    const json::value* fixed = keys.if_contains("const");
    return fixed == nullptr || Equal(*fixed, value) ||
           Fail(at, "is another value");
  }

  bool HoldsNumber(const json::object& keys, const json::value& value,
                   const std::string& at) {
    const auto order = [&](std::string_view key, int otherwise) {
      const json::value* bound = keys.if_contains(key);
      return bound == nullptr ? otherwise : CompareNumbers(value, *bound);
    };
    if (order("minimum", 0) < 0 || order("exclusiveMinimum", 1) <= 0) {
      return Fail(at, "is too small");
    }
    if (order("maximum", 0) > 0 || order("exclusiveMaximum", -1) >= 0) {
      return Fail(at, "is too large");
    }
    const json::value* of = keys.if_contains("multipleOf");
    return of == nullptr || IsMultiple(value, *of) ||
           Fail(at, "is no multiple");
  }

  // `count` against the bounds at `least` and `most`.
  bool Within(const json::object& keys, const char* least, const char* most,
              std::size_t count, const std::string& at, const char* what) {
    const json::value* low = keys.if_contains(least);
    const json::value* high = keys.if_contains(most);
    const auto bound = [](const json::value* value) {
      return static_cast<std::size_t>(value->get_int64());
    };
    if (low != nullptr && count < bound(low)) {
      return Fail(at, std::string("has too few ") + what);
    }
    return high == nullptr || count <= bound(high) ||
           Fail(at, std::string("has too many ") + what);
  }

  bool HoldsString(const json::object& keys, const json::value& value,
                   const std::string& at) {
    const std::string_view text = value.get_string();
    if (!Within(keys, "minLength", "maxLength", CountCodePoints(text), at,
                "characters")) {
      return false;
    }
    const json::value* pattern = keys.if_contains("pattern");
    return pattern == nullptr || Matches(pattern->get_string(), text) ||
           Fail(at, "does not match its pattern");
  }

  [[nodiscard]] bool Matches(std::string_view pattern,
                             std::string_view text) const {
    return patterns_.find(pattern)->second.MatchesIn(text);
  }

  bool HoldsArray(const json::object& keys, const json::array& array,
                  const std::string& at) {
    if (!Within(keys, "minItems", "maxItems", array.size(), at, "items")) {
      return false;
    }
    const json::value* unique = keys.if_contains("uniqueItems");
    if (unique != nullptr && unique->get_bool() && !AreUnique(array)) {
      return Fail(at, "has an item twice");
    }
    const json::value* prefix = keys.if_contains("prefixItems");
    const json::value* rest = keys.if_contains("items");
    const std::size_t first =
        prefix == nullptr ? 0 : prefix->get_array().size();
    for (std::size_t i = 0; i < array.size(); ++i) {
      const json::value* schema = i < first ? &prefix->get_array()[i] : rest;
      if (schema != nullptr &&
          !Holds(*schema, array[i], at + "/" + std::to_string(i))) {
        return false;
      }
    }
    return HoldsContains(keys, array, at);
  }

  bool HoldsContains(const json::object& keys, const json::array& array,
                     const std::string& at) {
    const json::value* contains = keys.if_contains("contains");
    if (contains == nullptr) return true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < array.size(); ++i) {
      count += Quietly(*contains, array[i], at) ? 1 : 0;
    }
    if (count == 0 && !keys.contains("minContains")) {
      return Fail(at, "has no item of the kind that it must have");
    }
    return Within(keys, "minContains", "maxContains", count, at,
                  "items of the kind that it must have");
  }

  bool HoldsObject(const json::object& keys, const json::object& object,
                   const std::string& at) {
    return Within(keys, "minProperties", "maxProperties", object.size(), at,
                  "members") &&
           HoldsRequired(keys, object, at) && HoldsMembers(keys, object, at);
  }

  bool HasAll(const json::value& names, const json::object& object,
              const std::string& at) {
    steps_ += names.get_array().size();
    for (const json::value& name : names.get_array()) {
      if (object.contains(name.get_string())) continue;
      return Fail(at,
                  "has no member \"" + std::string(name.get_string()) + "\"");
    }
    return true;
  }

  bool HoldsRequired(const json::object& keys, const json::object& object,
                     const std::string& at) {
    const json::value* required = keys.if_contains("required");
    if (required != nullptr && !HasAll(*required, object, at)) return false;
    const json::value* dependent = keys.if_contains("dependentRequired");
    if (dependent == nullptr) return true;
    for (const auto& one : dependent->get_object()) {
      if (object.contains(one.key()) && !HasAll(one.value(), object, at)) {
        return false;
      }
    }
    return true;
  }

  bool HoldsMembers(const json::object& keys, const json::object& object,
                    const std::string& at) {
    const json::value* names = keys.if_contains("propertyNames");
    for (const auto& member : object) {
      const std::string place = at + Token(member.key());
      if (names != nullptr &&
          !Holds(*names, json::value(member.key()), place)) {
        return false;
      }
      if (!HoldsMember(keys, member, place)) return false;
    }
    return true;
  }

  bool HoldsMember(const json::object& keys, const json::key_value_pair& member,
                   const std::string& place) {
    bool known = false;
    if (const json::value* properties = keys.if_contains("properties")) {
      if (const auto* own =
              properties->get_object().if_contains(member.key())) {
        known = true;
        if (!Holds(*own, member.value(), place)) return false;
      }
    }
    if (const json::value* patterns = keys.if_contains("patternProperties")) {
      steps_ += patterns->get_object().size();
      for (const auto& one : patterns->get_object()) {
        if (!Matches(one.key(), member.key())) continue;
        known = true;
        if (!Holds(one.value(), member.value(), place)) return false;
      }
    }
    const json::value* others = keys.if_contains("additionalProperties");
    return known || others == nullptr || Holds(*others, member.value(), place);
  }

  // The schemas that are held against the value itself.
  bool HoldsHere(const json::object& keys, const json::value& value,
                 const std::string& at) {
    if (const json::value* reference = keys.if_contains("$ref")) {
      if (!Holds(*Referred(root_, reference->get_string()), value, at)) {
        return false;
      }
    }
    if (const json::value* all = keys.if_contains("allOf")) {
      for (const json::value& one : all->get_array()) {
        if (!Holds(one, value, at)) return false;
      }
    }
    return HoldsDependent(keys, value, at) && HoldsSome(keys, value, at) &&
           HoldsIf(keys, value, at);
  }

  bool HoldsDependent(const json::object& keys, const json::value& value,
                      const std::string& at) {
    const json::value* dependent = keys.if_contains("dependentSchemas");
    if (dependent == nullptr || !value.is_object()) return true;
    for (const auto& one : dependent->get_object()) {
      if (value.get_object().contains(one.key()) &&
          !Holds(one.value(), value, at)) {
        return false;
      }
    }
    return true;
  }

  std::size_t CountHolding(const json::value& schemas, const json::value& value,
                           const std::string& at, std::size_t enough) {
    std::size_t count = 0;
    for (const json::value& one : schemas.get_array()) {
      count += Quietly(one, value, at) ? 1 : 0;
      if (count == enough) break;
    }
    return count;
  }

  bool HoldsSome(const json::object& keys, const json::value& value,
                 const std::string& at) {
    const json::value* any = keys.if_contains("anyOf");
    if (any != nullptr && CountHolding(*any, value, at, 1) == 0) {
      return Fail(at, "conforms to none of the schemas of anyOf");
    }
    const json::value* one = keys.if_contains("oneOf");
    if (one != nullptr && CountHolding(*one, value, at, 2) != 1) {
      return Fail(at, "conforms to none or to several of the schemas of oneOf");
    }
    const json::value* no = keys.if_contains("not");
    // What was not checked to its end conforms to nothing, not to its contrary.
    return no == nullptr || (!Quietly(*no, value, at) && !exhausted()) ||
           Fail(at, "conforms to what it must not");
  }

  bool HoldsIf(const json::object& keys, const json::value& value,
               const std::string& at) {
    const json::value* condition = keys.if_contains("if");
    if (condition == nullptr) return true;
    const char* const branch = Quietly(*condition, value, at) ? "then" : "else";
    const json::value* schema = keys.if_contains(branch);
    return schema == nullptr || Holds(*schema, value, at);
  }

  const json::value& root_;
  const PatternsByText& patterns_;
  std::size_t steps_ = 0;
  JsonProblem problem_{};
};

}  // namespace

std::optional<JsonSchema> JsonSchema::Read(const json::value& schema,
                                           JsonProblem& problem) {
  JsonSchema read;
  read.schema_ = schema;
  if (auto wrong = CheckSchema(read.schema_, read.patterns_)) {
    problem = *std::move(wrong);
    return std::nullopt;
  }
  return read;
}

JsonSchema::Result JsonSchema::Check(const json::value& value,
                                     JsonProblem& problem) const {
  Validator validator(schema_, patterns_);
  const bool holds = validator.Holds(schema_, value, "");
  if (validator.exhausted()) return Result::kExhausted;
  if (holds) return Result::kConforms;
  problem = validator.TakeProblem();
  return Result::kBroken;
}

}  // namespace rewards::rules
