#include "verifier/protocol/score_request.h"

#include <boost/json/array.hpp>
#include <cmath>
#include <set>
#include <stdexcept>

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr double kLargestWeight = 1e6;

std::string OverLimit(std::string_view what, std::size_t got,
                      std::string_view name, std::size_t limit,
                      std::string_view unit) {
  return std::string(what) + " has " + std::to_string(got) + " " +
         std::string(unit) + ", over limit." + std::string(name) + " = " +
         std::to_string(limit);
}

// Reads the fields of one item into `item`; the first problem stops it.
class ItemReader {
 public:
  ItemReader(const json::object& object, const Limits& limits, Item& item)
      : object_(object), limits_(limits), item_(item) {}

  void Read() {
    ReadId() && ReadKeys() && ReadPrompt() && ReadResponse() &&
        ReadTemplate() && ReadDeadline() && ReadChecks();
  }

 private:
  bool Fail(std::string pointer, std::string detail) {
    item_.error.emplace(std::move(pointer), std::move(detail));
    return false;
  }

  // Returns the string at `key`; null after Fail, or where an optional key is
  // absent.
  const json::string* String(std::string_view key, bool required) {
    const json::value* value = object_.if_contains(key);
    const std::string pointer = "/" + std::string(key);
    if (value == nullptr) {
      if (required) Fail(pointer, "required: a string");
      return nullptr;
    }
    if (!value->is_string()) Fail(pointer, "must be a string");
    return value->if_string();
  }

  bool ReadId() {
    const json::string* id = String("id", true);
    if (id == nullptr) return false;
    if (id->size() > limits_.id_bytes) {
      return Fail("/id", OverLimit("the id", id->size(), "id_bytes",
                                   limits_.id_bytes, "bytes"));
    }
    item_.id = std::string(*id);
    return true;
  }

  bool ReadKeys() {
    for (const auto& member : object_) {
      const std::string_view key = member.key();
      if (key != "id" && key != "prompt" && key != "response" &&
          key != "template" && key != "deadline_ms" && key != "checks") {
        return Fail(PointerToken(key),
                    "unknown field; an item has id, prompt, response, "
                    "template, deadline_ms and checks");
      }
    }
    return true;
  }

  bool ReadPrompt() {
    const json::string* prompt = String("prompt", false);
    if (prompt == nullptr) return !item_.error;
    if (prompt->size() > limits_.prompt_bytes) {
      return Fail("/prompt",
                  OverLimit("the prompt", prompt->size(), "prompt_bytes",
                            limits_.prompt_bytes, "bytes"));
    }
    item_.prompt = std::string(*prompt);
    return true;
  }

  bool ReadResponse() {
    const json::string* response = String("response", true);
    if (response == nullptr) return false;
    if (response->size() > limits_.response_bytes) {
      item_.too_long =
          OverLimit("the response", response->size(), "response_bytes",
                    limits_.response_bytes, "bytes");
    } else {
      item_.response = std::string(*response);
    }
    return true;
  }

  bool ReadTemplate() {
    const json::string* name = String("template", false);
    if (name != nullptr) item_.template_name = std::string(*name);
    return !item_.error;
  }

  bool ReadDeadline() {
    const json::value* value = object_.if_contains("deadline_ms");
    if (value == nullptr) return true;
    const std::int64_t* number = value->if_int64();
    if (number == nullptr || *number < 1 || *number > limits_.deadline_ms) {
      return Fail("/deadline_ms",
                  "must be a whole number of milliseconds from 1 to " +
                      std::to_string(limits_.deadline_ms) +
                      " (limit.deadline_ms)");
    }
    item_.deadline = std::chrono::milliseconds(*number);
    return true;
  }

  bool ReadChecks() {
    const json::value* value = object_.if_contains("checks");
    const json::array* checks = value ? value->if_array() : nullptr;
    if (checks == nullptr || checks->empty()) {
      return Fail("/checks", "required: an array of at least one check");
    }
    if (checks->size() > limits_.checks) {
      return Fail("/checks", OverLimit("the item", checks->size(), "checks",
                                       limits_.checks, "checks"));
    }
    for (std::size_t i = 0; i < checks->size(); ++i) {
      if (!ReadCheck((*checks)[i], "/checks/" + std::to_string(i))) {
        return false;
      }
    }
    return true;
  }

  bool ReadCheck(const json::value& value, const std::string& pointer) {
    const json::object* check = value.if_object();
    if (check == nullptr) return Fail(pointer, "must be an object");
    const json::value* name = check->if_contains("checker");
    if (name == nullptr || !name->is_string()) {
      return Fail(pointer + "/checker", "required: the name of a checker");
    }
    CheckSpec spec;
    spec.checker = std::string(name->get_string());
    if (const json::value* weight = check->if_contains("weight")) {
      if (!weight->is_number() ||
          std::abs(weight->to_number<double>()) > kLargestWeight) {
        return Fail(pointer + "/weight",
                    "must be a number from -1000000 to 1000000");
      }
      spec.weight = weight->to_number<double>();
    }
    if (!CheckGold(*check, pointer)) return false;
    spec.params.reserve(check->size());
    for (const auto& member : *check) {
      if (member.key() != "checker" && member.key() != "weight") {
        spec.params.emplace(member.key(), member.value());
      }
    }
    item_.checks.push_back(std::move(spec));
    return true;
  }

  // Holds a `gold`, a string or an array of strings, against its limit.
  bool CheckGold(const json::object& check, const std::string& pointer) {
    const json::value* gold = check.if_contains("gold");
    if (gold == nullptr) return true;
    std::size_t bytes = 0;
    if (const json::string* text = gold->if_string()) bytes = text->size();
    if (const json::array* golds = gold->if_array()) {
      for (const json::value& one : *golds) {
        if (const json::string* text = one.if_string()) bytes += text->size();
      }
    }
    if (bytes <= limits_.gold_bytes) return true;
    return Fail(pointer + "/gold", OverLimit("the gold", bytes, "gold_bytes",
                                             limits_.gold_bytes, "bytes"));
  }

  const json::object& object_;
  const Limits& limits_;
  Item& item_;
};

}  // namespace

Item ParseItem(const json::value& value, const Limits& limits) {
  Item item;
  if (const json::object* object = value.if_object()) {
    ItemReader(*object, limits, item).Read();
  } else {
    item.error.emplace("", "an item must be an object");
  }
  return item;
}

boost::system::result<std::vector<Item>, RequestError> ParseScoreRequest(
    std::string_view body, const Limits& limits) {
  auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values});
  if (!parsed) {
    return RequestError(400, parsed.error().pointer,
                        parsed.error().detail + " (at byte " +
                            std::to_string(parsed.error().offset) + ")");
  }
  const json::object* envelope = parsed->if_object();
  if (envelope == nullptr) {
    return RequestError(400, "", "the body must be {\"items\": [...]}");
  }
  for (const auto& member : *envelope) {
    if (member.key() != "items") {
      return RequestError(400, PointerToken(member.key()),
                          "unknown field; the body is {\"items\": [...]}");
    }
  }
  const json::value* value = envelope->if_contains("items");
  if (value == nullptr || !value->is_array()) {
    return RequestError(400, "/items", "required: an array of items");
  }
  const json::array& array = value->get_array();
  if (array.size() > limits.items) {
    return RequestError(
        413, "/items",
        OverLimit("the request", array.size(), "items", limits.items, "items"));
  }
  std::vector<Item> items;
  items.reserve(array.size());
  std::set<std::string> ids;
  for (const json::value& one : array) {
    items.push_back(ParseItem(one, limits));
    Item& item = items.back();
    if (item.id && !ids.insert(*item.id).second) {
      item.error.emplace("/id", "ids must be unique in one request");
    }
  }
  return items;
}

json::object ToJson(const Item& item) {
  json::object object;
  object["id"] = item.id.value_or("");
  if (!item.prompt.empty()) object["prompt"] = item.prompt;
  object["response"] = item.response;
  object["template"] = item.template_name;
  object["deadline_ms"] = item.deadline.count();
  json::array& checks = object["checks"].emplace_array();
  for (const CheckSpec& spec : item.checks) {
    json::object check;
    check["checker"] = spec.checker;
    check["weight"] = spec.weight;
    for (const auto& member : spec.params) {
      check[member.key()] = member.value();
    }
    checks.push_back(std::move(check));
  }
  return object;
}

void throw_exception_from_error(const RequestError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.pointer + ": " + error.detail);
}

}  // namespace verifier::protocol
