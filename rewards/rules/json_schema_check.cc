#include "rewards/rules/json_schema_check.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace rewards::rules {
namespace {

namespace json = boost::json;
using Problem = std::optional<JsonProblem>;

// What a keyword's value is.
enum class Value {
  kSchema,      // of a value inside
  kHere,        // a schema of the value itself
  kHereList,    // schemas of the value itself
  kSchemaList,  // of values inside
  kSchemaMap,   // of values inside, by name
  kHereMap,     // of the value itself, by name
  kPatternMap,  // of values inside, by pattern
  kStore,       // schemas that references name
  kCount,       // a whole number, 0 or more
  kNumber,      // any number
  kPositive,    // a number over 0
  kBoolean,     // true or false
  kNames,       // an array of strings
  kNamesMap,    // the same, by name
  kPattern,     // of RE2
  kTypes,       // a type, or an array of types
  kList,        // an array of values
  kAnything,    // any value, or an annotation
  kText,        // a string that asserts nothing
  kReference,   // to a place in this schema
};

struct Keyword {
  std::string_view name;
  Value value;
};

constexpr auto kKeywords = std::to_array<Keyword>({
    {"type", Value::kTypes},
    {"enum", Value::kList},
    {"const", Value::kAnything},
    {"minimum", Value::kNumber},
    {"maximum", Value::kNumber},
    {"exclusiveMinimum", Value::kNumber},
    {"exclusiveMaximum", Value::kNumber},
    {"multipleOf", Value::kPositive},
    {"minLength", Value::kCount},
    {"maxLength", Value::kCount},
    {"pattern", Value::kPattern},
    {"minItems", Value::kCount},
    {"maxItems", Value::kCount},
    {"uniqueItems", Value::kBoolean},
    {"items", Value::kSchema},
    {"prefixItems", Value::kSchemaList},
    {"contains", Value::kSchema},
    {"minContains", Value::kCount},
    {"maxContains", Value::kCount},
    {"minProperties", Value::kCount},
    {"maxProperties", Value::kCount},
    {"required", Value::kNames},
    {"properties", Value::kSchemaMap},
    {"patternProperties", Value::kPatternMap},
    {"additionalProperties", Value::kSchema},
    {"propertyNames", Value::kSchema},
    {"dependentRequired", Value::kNamesMap},
    {"dependentSchemas", Value::kHereMap},
    {"allOf", Value::kHereList},
    {"anyOf", Value::kHereList},
    {"oneOf", Value::kHereList},
    {"not", Value::kHere},
    {"if", Value::kHere},
    {"then", Value::kHere},
    {"else", Value::kHere},
    {"$ref", Value::kReference},
    {"$defs", Value::kStore},
    {"definitions", Value::kStore},
    {"$schema", Value::kText},
    {"$id", Value::kText},
    {"$comment", Value::kText},
    {"title", Value::kText},
    {"description", Value::kText},
    {"default", Value::kAnything},
    {"examples", Value::kAnything},
    {"deprecated", Value::kAnything},
    {"readOnly", Value::kAnything},
    {"writeOnly", Value::kAnything},
    {"contentEncoding", Value::kText},
    {"contentMediaType", Value::kText},
});
constexpr std::array<std::string_view, 7> kTypes = {
    "null", "boolean", "number", "integer", "string", "array", "object"};

std::string Token(std::string_view key) {
  std::string token = "/";
  for (const char c : key) {
    token += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
  }
  return token;
}

bool IsType(const json::value& value) {
  return value.is_string() && std::find(kTypes.begin(), kTypes.end(),
                                        value.get_string()) != kTypes.end();
}

bool AreNames(const json::value& value) {
  return value.is_array() &&
         std::all_of(value.get_array().begin(), value.get_array().end(),
                     [](const json::value& one) { return one.is_string(); });
}

bool AreTypes(const json::value& value) {
  if (!value.is_array()) return IsType(value);
  const json::array& types = value.get_array();
  return !types.empty() && std::all_of(types.begin(), types.end(), IsType);
}

class Checker {
 public:
  Checker(const json::value& root, PatternsByText& patterns)
      : root_(root), patterns_(patterns) {}

  Problem Check(const json::value& schema, const std::string& place) {
    if (!schema.is_bool() && !schema.is_object()) {
      return JsonProblem{place, "must be a schema: an object, true or false"};
    }
    if (!seen_.insert(&schema).second) return std::nullopt;
    if (seen_.size() > kMaxSubschemas) {
      return JsonProblem{place, "more than the limit of " +
                                    std::to_string(kMaxSubschemas) +
                                    " subschemas"};
    }
    if (schema.is_bool()) return std::nullopt;
    for (const auto& member : schema.get_object()) {
      const std::string at = place + Token(member.key());
      const auto keyword = std::find_if(
          kKeywords.begin(), kKeywords.end(),
          [&member](const Keyword& one) { return one.name == member.key(); });
      if (keyword == kKeywords.end()) {
        return JsonProblem{at, "a keyword that is not held here"};
      }
      if (Problem problem = CheckValue(*keyword, member.value(), at)) {
        return problem;
      }
    }
    return std::nullopt;
  }

  // Every reference names a schema that was checked, and none comes back to
  // itself.
  Problem CheckReferences() {
    for (const auto& [from, place] : references_) {
      const json::value* to = Referred(root_, from->get_string());
      if (to == nullptr || !seen_.contains(to)) {
        return JsonProblem{place, "names no subschema of this schema"};
      }
    }
    for (const json::value* schema : seen_) {
      if (Returns(*schema)) {
        return JsonProblem{"", "references come back to where they began"};
      }
    }
    return std::nullopt;
  }

 private:
  Problem CheckValue(const Keyword& keyword, const json::value& value,
                     const std::string& at) {
    switch (keyword.value) {
      case Value::kSchema:
      case Value::kHere:
        return Check(value, at);
      case Value::kHereList:
      case Value::kSchemaList:
        return CheckList(value, at);
      case Value::kSchemaMap:
      case Value::kHereMap:
      case Value::kPatternMap:
      case Value::kStore:
        return CheckMap(keyword.value, value, at);
      case Value::kNamesMap:
        return CheckNames(value, at);
      case Value::kPattern:
        if (!value.is_string()) return JsonProblem{at, "must be a string"};
        return CheckPattern(value.get_string(), at);
      case Value::kReference:
        if (!value.is_string()) return JsonProblem{at, "must be a string"};
        references_.emplace_back(&value, at);
        return std::nullopt;
      default:
        return CheckPlain(keyword.value, value, at);
    }
  }

  static Problem CheckPlain(Value wanted, const json::value& value,
                            const std::string& at) {
    const auto unless = [&at](bool good, const char* what) -> Problem {
      if (good) return std::nullopt;
      return JsonProblem{at, std::string("must be ") + what};
    };
    switch (wanted) {
      case Value::kCount:
        return unless(value.is_int64() && value.get_int64() >= 0,
                      "a whole number, 0 or more");
      case Value::kNumber:
        return unless(value.is_number(), "a number");
      case Value::kPositive:
        return unless(value.is_number() && value.to_number<double>() > 0,
                      "a number over 0");
      case Value::kBoolean:
        return unless(value.is_bool(), "true or false");
      case Value::kNames:
        return unless(AreNames(value), "an array of strings");
      case Value::kTypes:
        return unless(AreTypes(value), "a type, or an array of types");
      case Value::kList:
        return unless(value.is_array(), "an array");
      case Value::kText:
        return unless(value.is_string(), "a string");
      default:
        return std::nullopt;
    }
  }

  Problem CheckList(const json::value& value, const std::string& at) {
    if (!value.is_array() || value.get_array().empty()) {
      return JsonProblem{at, "must be an array of schemas"};
    }
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      if (Problem problem =
              Check(value.get_array()[i], at + "/" + std::to_string(i))) {
        return problem;
      }
    }
    return std::nullopt;
  }

  Problem CheckMap(Value kind, const json::value& value,
                   const std::string& at) {
    if (!value.is_object()) return JsonProblem{at, "must be an object"};
    for (const auto& member : value.get_object()) {
      const std::string place = at + Token(member.key());
      if (kind == Value::kPatternMap) {
        if (Problem problem = CheckPattern(member.key(), place)) return problem;
      }
      if (Problem problem = Check(member.value(), place)) return problem;
    }
    return std::nullopt;
  }

  static Problem CheckNames(const json::value& value, const std::string& at) {
    const bool good =
        value.is_object() &&
        std::all_of(value.get_object().begin(), value.get_object().end(),
                    [](const auto& one) { return AreNames(one.value()); });
    if (good) return std::nullopt;
    return JsonProblem{at, "must be an object of arrays of strings"};
  }

  Problem CheckPattern(std::string_view text, const std::string& at) {
    if (patterns_.contains(text)) return std::nullopt;
    std::string problem;
    patterns_.emplace(text, Pattern(text, problem));
    if (problem.empty()) return std::nullopt;
    return JsonProblem{at, std::move(problem)};
  }

  // The schemas that are held against the same value as `schema`.
  [[nodiscard]] std::vector<const json::value*> Here(
      const json::value& schema) const {
    std::vector<const json::value*> here;
    if (!schema.is_object()) return here;
    for (const Keyword& keyword : kKeywords) {
      const json::value* value = schema.get_object().if_contains(keyword.name);
      if (value == nullptr) continue;
      if (keyword.value == Value::kHere) here.push_back(value);
      if (keyword.value == Value::kReference) {
        here.push_back(Referred(root_, value->get_string()));
      }
      if (keyword.value == Value::kHereList) {
        for (const auto& one : value->get_array()) here.push_back(&one);
      }
      if (keyword.value == Value::kHereMap) {
        for (const auto& one : value->get_object()) {
          here.push_back(&one.value());
        }
      }
    }
    return here;
  }

  // Whether a walk over Here comes back to a schema that it is in. As deep as
  // there are subschemas.
  bool Returns(const json::value& schema) {
    if (done_.contains(&schema)) return false;
    if (!inside_.insert(&schema).second) return true;
    for (const json::value* next : Here(schema)) {
      if (Returns(*next)) return true;
    }
    inside_.erase(&schema);
    done_.insert(&schema);
    return false;
  }

  const json::value& root_;
  PatternsByText& patterns_;
  std::set<const json::value*> seen_;
  std::vector<std::pair<const json::value*, std::string>> references_;
  std::set<const json::value*> inside_;
  std::set<const json::value*> done_;
};

}  // namespace

const json::value* Referred(const json::value& root,
                            std::string_view reference) {
  if (!reference.starts_with('#') ||
      reference.find('%') != std::string_view::npos) {
    return nullptr;
  }
  boost::system::error_code error;
  reference.remove_prefix(1);
  return root.find_pointer(
      json::string_view(reference.data(), reference.size()), error);
}

std::optional<JsonProblem> CheckSchema(const json::value& schema,
                                       PatternsByText& patterns) {
  Checker checker(schema, patterns);
  if (Problem problem = checker.Check(schema, "")) return problem;
  return checker.CheckReferences();
}

}  // namespace rewards::rules
