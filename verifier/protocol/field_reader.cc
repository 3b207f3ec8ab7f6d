#include "verifier/protocol/field_reader.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "verifier/protocol/strict_json.h"

namespace verifier::protocol {

namespace json = boost::json;

const json::value* FieldReader::Find(const Field& field) {
  const json::value* value = object_.if_contains(field.name);
  if (value == nullptr && field.required) {
    Fail(PointerToken(field.name), "required: " + MustBe(field, limits_));
  }
  return value;
}

void FieldReader::WrongType(const Field& field) {
  const bool said = field.required && !field.must_be.empty();
  Fail(PointerToken(field.name),
       (said ? "required: " : "must be ") + MustBe(field, limits_));
}

const json::string* FieldReader::LongText(const Field& field) {
  const json::value* value = Find(field);
  if (value == nullptr) return nullptr;
  if (!value->is_string()) WrongType(field);
  return value->if_string();
}

const json::string* FieldReader::Text(const Field& field) {
  const json::string* text = LongText(field);
  if (text == nullptr || !Within(field, text->size())) return nullptr;
  const auto& choices = field.choices;
  if (!choices.empty() &&
      std::find(choices.begin(), choices.end(), *text) == choices.end()) {
    WrongType(field);
    return nullptr;
  }
  return text;
}

const json::array* FieldReader::Array(const Field& field) {
  const json::value* value = Find(field);
  if (value == nullptr) return nullptr;
  const json::array* array = value->if_array();
  if (array == nullptr || static_cast<double>(array->size()) < field.least) {
    WrongType(field);
    return nullptr;
  }
  return Within(field, array->size()) ? array : nullptr;
}

const json::object* FieldReader::Object(const Field& field) {
  const json::value* value = Find(field);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) WrongType(field);
  return value->if_object();
}

std::optional<std::int64_t> FieldReader::Whole(const Field& field) {
  const json::value* value = Find(field);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  const bool limited = field.limit.value != nullptr;
  const double most =
      limited ? static_cast<double>(field.limit.value(limits_)) : field.most;
  if (number != nullptr && static_cast<double>(*number) >= field.least &&
      static_cast<double>(*number) <= most) {
    return *number;
  }
  WrongType(field);
  return std::nullopt;
}

std::optional<double> FieldReader::Number(const Field& field) {
  const json::value* value = Find(field);
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) {
    const auto number = value->to_number<double>();
    if (number >= field.least && number <= field.most) return number;
  }
  WrongType(field);
  return std::nullopt;
}

bool FieldReader::OnlyFieldsOf(const ObjectType& type) {
  for (const auto& member : object_) {
    const std::string_view key = member.key();
    const auto known =
        std::find_if(type.fields.begin(), type.fields.end(),
                     [key](const Field& field) { return field.name == key; });
    if (known != type.fields.end()) continue;
    return Fail(PointerToken(key),
                "unknown field; " + std::string(type.allowed));
  }
  return true;
}

bool FieldReader::Within(const Field& field, std::size_t size) {
  if (field.limit.value == nullptr || size <= field.limit.value(limits_)) {
    return true;
  }
  over_limit_ = !error_;
  return Fail(PointerToken(field.name), OverLimit(field, size, limits_));
}

bool FieldReader::Fail(std::string_view pointer, std::string detail) {
  if (!error_) {
    error_.emplace(std::string(place_) + std::string(pointer),
                   std::move(detail));
  }
  return false;
}

}  // namespace verifier::protocol
