// Field, ObjectType: what the wire's objects look like, said once. The parsers
// hold a request against them (FieldReader), and /openapi.json is made from
// them (SchemaOf): the two cannot drift. Plain constants; any thread.

#ifndef VERIFIER_PROTOCOL_FIELD_H_
#define VERIFIER_PROTOCOL_FIELD_H_

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "verifier/protocol/limits.h"

namespace verifier::protocol {

enum class FieldType {
  kString,
  kWhole,  // a whole number, int64
  kNumber,
  kBoolean,
  kArray,
  kObject,
};

struct ObjectType;

// A limit that an operator may set; errors name it as limit.NAME.
struct FieldLimit {
  std::string_view name{};
  std::uint64_t (*value)(const Limits&) = nullptr;  // null: no limit
  std::string_view unit{};
};

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

struct Field {
  std::string_view name{};
  FieldType type = FieldType::kString;
  bool required = false;
  bool nullable = false;    // of an answer: null where nobody knows
  std::string_view help{};  // for people

  // What an error says of a value that is none: "must be " and this. Empty: by
  // the type, e.g. "a string".
  std::string_view must_be{};

  // How an error about the limit begins: "the id" has 300 bytes, over ...
  std::string_view subject{};

  // The most bytes of a string, entries of an array, or units of a whole
  // number.
  FieldLimit limit{};

  // Bounds of a number; the entries of an array, where they are fixed.
  double least = -kUnbounded;
  double most = kUnbounded;

  std::string_view default_value{};             // JSON text; empty: none
  std::span<const std::string_view> choices{};  // of a string; empty: any
  const Field* entries = nullptr;               // of an array
  const ObjectType* object = nullptr;           // of an object; null: any
};

struct ObjectType {
  std::string_view name{};  // in /openapi.json: #/components/schemas/NAME
  std::string_view help{};
  std::span<const Field> fields{};

  // What an error about an unknown field says after "unknown field; ". Empty:
  // other fields are allowed.
  std::string_view allowed{};

  // Fields of which an object has at least one. Empty: there is no such rule.
  std::span<const std::string_view> any_of{};
};

// What a value of `field` must be, e.g. "a whole number of milliseconds from 1
// to 600000 (limit.deadline_ms)".
[[nodiscard]] std::string MustBe(const Field& field, const Limits& limits);

// "SUBJECT has GOT UNIT, over limit.NAME = VALUE". Requires: a limit.
[[nodiscard]] std::string OverLimit(const Field& field, std::size_t got,
                                    const Limits& limits);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_FIELD_H_
