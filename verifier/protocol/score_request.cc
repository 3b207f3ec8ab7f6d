#include "verifier/protocol/score_request.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <cstdint>
#include <set>
#include <string_view>

namespace verifier::protocol {
namespace {

namespace json = boost::json;

constexpr std::uint64_t Size(std::size_t size) { return size; }

constexpr Field kId{
    .name = "id",
    .required = true,
    .help = "Any text; comes back with the result. Unique in one request.",
    .subject = "the id",
    .limit = {"id_bytes", [](const Limits& l) { return Size(l.id_bytes); },
              "bytes"}};
constexpr Field kPrompt{
    .name = "prompt",
    .help = "What the model was asked; some checkers look at it.",
    .subject = "the prompt",
    .limit = {"prompt_bytes",
              [](const Limits& l) { return Size(l.prompt_bytes); }, "bytes"}};
constexpr Field kResponse{
    .name = "response",
    .required = true,
    .help = "What the model answered. A longer one earns 0 (unreadable).",
    .subject = "the response",
    .limit = {"response_bytes",
              [](const Limits& l) { return Size(l.response_bytes); }, "bytes"}};
constexpr Field kTemplate{
    .name = "template",
    .help =
        "Where the reasoning of the response ends, for every check. By "
        "default the profile's, else r1.",
    .default_value = "\"r1\""};
constexpr Field kProfile{
    .name = "profile",
    .help =
        "A composition of checks that the operator declared. The item's "
        "checks are merged with it by the name of their checker."};
constexpr Field kDeadline{
    .name = "deadline_ms",
    .type = FieldType::kWhole,
    .help = "Budget of execution, not of the queue.",
    .limit = {"deadline_ms",
              [](const Limits& l) {
                return static_cast<std::uint64_t>(l.deadline_ms);
              },
              "milliseconds"},
    .least = 1,
    .default_value = "10000"};

constexpr Field kChecker{.name = "checker",
                         .required = true,
                         .help = "One of GET /v1/checkers.",
                         .must_be = "the name of a checker"};
constexpr Field kWeight{
    .name = "weight",
    .type = FieldType::kNumber,
    .help =
        "The reward is the sum of weight x score. By default the "
        "profile's, else 1.",
    .least = -1e6,
    .most = 1e6,
    .default_value = "1"};
constexpr std::array kCheckFields = {kChecker, kWeight};
constexpr ObjectType kCheck{
    .name = "Check",
    .help = "One checker with its parameters: the fields of its schema.",
    .fields = kCheckFields};

constexpr Field kOneCheck{.type = FieldType::kObject, .object = &kCheck};
constexpr Field kChecks{
    .name = "checks",
    .type = FieldType::kArray,
    .help = "What to judge the response by. Needed without a profile.",
    .must_be = "an array of at least one check",
    .subject = "the item",
    .limit = {"checks", [](const Limits& l) { return Size(l.checks); },
              "checks"},
    .least = 1,
    .entries = &kOneCheck};

constexpr std::array kItemFields = {kId,       kPrompt,  kResponse, kTemplate,
                                    kDeadline, kProfile, kChecks};
constexpr std::array kChecksOrProfile = {kChecks.name, kProfile.name};
constexpr ObjectType kItem{
    .name = "Item",
    .help =
        "One response to score. An item that is not as described comes "
        "back with status invalid; the others are still scored.",
    .fields = kItemFields,
    .allowed =
        "an item has id, prompt, response, template, deadline_ms, profile "
        "and checks",
    .any_of = kChecksOrProfile};

constexpr Field kOneItem{.type = FieldType::kObject, .object = &kItem};
constexpr Field kItems{
    .name = "items",
    .type = FieldType::kArray,
    .required = true,
    .help = "What to score.",
    .must_be = "an array of items",
    .subject = "the request",
    .limit = {"items", [](const Limits& l) { return Size(l.items); }, "items"},
    .entries = &kOneItem};
constexpr std::array kRequestFields = {kItems};
constexpr ObjectType kRequest{.name = "ScoreRequest",
                              .fields = kRequestFields,
                              .allowed = "the body is {\"items\": [...]}"};

// Whatever a checker reads from it.
constexpr Field kGold{
    .name = "gold",
    .subject = "the gold",
    .limit = {"gold_bytes", [](const Limits& l) { return Size(l.gold_bytes); },
              "bytes"}};

// Reads the fields of one item into `item`; the first problem stops it.
class ItemReader {
 public:
  ItemReader(const json::object& object, const Limits& limits, Item& item)
      : limits_(limits), item_(item), fields_(object, limits) {}

  void Read() {
    ReadId() && fields_.OnlyFieldsOf(kItem) && ReadTexts() && ReadDeadline() &&
        ReadChecks();
    if (fields_.error()) item_.error = std::move(fields_.error());
  }

 private:
  bool ok() { return !fields_.error(); }

  bool ReadId() {
    const json::string* id = fields_.Text(kId);
    if (id != nullptr) item_.id = std::string(*id);
    return ok();
  }

  bool ReadTexts() {
    const json::string* prompt = fields_.Text(kPrompt);
    if (prompt != nullptr) item_.prompt = std::string(*prompt);
    const json::string* response = ok() ? fields_.LongText(kResponse) : nullptr;
    if (response == nullptr) return false;
    if (response->size() > limits_.response_bytes) {
      item_.too_long = OverLimit(kResponse, response->size(), limits_);
    } else {
      item_.response = std::string(*response);
    }
    const json::string* name = fields_.Text(kTemplate);
    if (name != nullptr) item_.template_name.emplace(*name);
    const json::string* profile = ok() ? fields_.Text(kProfile) : nullptr;
    if (profile != nullptr) item_.profile = std::string(*profile);
    if (profile != nullptr && profile->empty()) {
      return fields_.Fail("/profile", "must not be empty");
    }
    return ok();
  }

  bool ReadDeadline() {
    if (const auto deadline = fields_.Whole(kDeadline)) {
      item_.deadline = std::chrono::milliseconds(*deadline);
    }
    return ok();
  }

  bool ReadChecks() {
    const json::array* checks = fields_.Array(kChecks);
    if (ok() && checks == nullptr && item_.profile.empty()) {
      return fields_.Fail("/checks",
                          "required: an array of at least one check, or a "
                          "profile");
    }
    for (std::size_t i = 0; checks != nullptr && i < checks->size(); ++i) {
      if (!ReadCheck((*checks)[i], "/checks/" + std::to_string(i))) {
        return false;
      }
    }
    return ok();
  }

  bool ReadCheck(const json::value& value, const std::string& place) {
    const json::object* check = value.if_object();
    if (check == nullptr) return fields_.Fail(place, "must be an object");
    FieldReader fields(*check, limits_, place);
    CheckSpec spec;
    const json::string* name = fields.Text(kChecker);
    if (name != nullptr) spec.checker = std::string(*name);
    if (!fields.error()) spec.weight = fields.Number(kWeight);
    if (fields.error() || !CheckGold(*check, fields)) {
      fields_.error() = std::move(fields.error());
      return false;
    }
    spec.params.reserve(check->size());
    for (const auto& member : *check) {
      if (member.key() != kChecker.name && member.key() != kWeight.name) {
        spec.params.emplace(member.key(), member.value());
      }
    }
    item_.checks.push_back(std::move(spec));
    return true;
  }

  // Holds a `gold`, a string or an array of strings, against its limit.
  bool CheckGold(const json::object& check, FieldReader& fields) {
    const json::value* gold = check.if_contains(kGold.name);
    if (gold == nullptr) return true;
    std::size_t bytes = 0;
    if (const json::string* text = gold->if_string()) bytes = text->size();
    if (const json::array* golds = gold->if_array()) {
      for (const json::value& one : *golds) {
        if (const json::string* text = one.if_string()) bytes += text->size();
      }
    }
    return fields.Within(kGold, bytes);
  }

  const Limits& limits_;
  Item& item_;
  FieldReader fields_;
};

}  // namespace

const ObjectType& ScoreRequestType() { return kRequest; }
const ObjectType& CheckType() { return kCheck; }

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
  // Items are copied out of it; it goes at once.
  json::monotonic_resource memory;
  const auto parsed = ParseStrictJson(
      body, {limits.json_depth, limits.json_members, limits.json_values},
      &memory);
  if (!parsed) return NotJson(parsed.error());
  const json::object* envelope = parsed->if_object();
  if (envelope == nullptr) {
    return RequestError(400, "", "the body must be {\"items\": [...]}");
  }
  FieldReader fields(*envelope, limits);
  const json::array* array =
      fields.OnlyFieldsOf(kRequest) ? fields.Array(kItems) : nullptr;
  if (array == nullptr) return Refusal(fields);
  std::vector<Item> items;
  items.reserve(array->size());
  std::set<std::string_view> ids;  // of `items`, which stay where they are
  for (const json::value& one : *array) {
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
  if (item.template_name) object["template"] = *item.template_name;
  object["deadline_ms"] = item.deadline.count();
  if (!item.profile.empty()) object["profile"] = item.profile;
  if (item.checks.empty() && !item.profile.empty()) return object;
  json::array& checks = object["checks"].emplace_array();
  for (const CheckSpec& spec : item.checks) {
    json::object check;
    check["checker"] = spec.checker;
    if (spec.weight) check["weight"] = *spec.weight;
    for (const auto& member : spec.params) {
      check[member.key()] = member.value();
    }
    checks.push_back(std::move(check));
  }
  return object;
}

}  // namespace verifier::protocol
