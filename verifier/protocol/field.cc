#include "verifier/protocol/field.h"

namespace verifier::protocol {
namespace {

std::string Whole(double number) {
  return std::to_string(static_cast<std::int64_t>(number));
}

std::string NumberFrom(const Field& field, const Limits& limits) {
  std::string text =
      field.type == FieldType::kWhole ? "a whole number" : "a number";
  if (!field.limit.unit.empty()) text += " of " + std::string(field.limit.unit);
  if (field.least > -kUnbounded) text += " from " + Whole(field.least);
  if (field.limit.value != nullptr) {
    return text + " to " + std::to_string(field.limit.value(limits)) +
           " (limit." + std::string(field.limit.name) + ")";
  }
  if (field.most < kUnbounded) text += " to " + Whole(field.most);
  return text;
}

}  // namespace

std::string MustBe(const Field& field, const Limits& limits) {
  if (!field.must_be.empty()) return std::string(field.must_be);
  switch (field.type) {
    case FieldType::kString:
      return "a string";
    case FieldType::kWhole:
    case FieldType::kNumber:
      return NumberFrom(field, limits);
    case FieldType::kBoolean:
      return "true or false";
    case FieldType::kArray:
      return "an array";
    case FieldType::kObject:
      break;
  }
  return "an object";
}

std::string OverLimit(const Field& field, std::size_t got,
                      const Limits& limits) {
  return std::string(field.subject) + " has " + std::to_string(got) + " " +
         std::string(field.limit.unit) + ", over limit." +
         std::string(field.limit.name) + " = " +
         std::to_string(field.limit.value(limits));
}

}  // namespace verifier::protocol
