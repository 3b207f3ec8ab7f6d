// FieldReader: the fields of one JSON object, held against their description.
// The first problem is kept and stops the reading. Used by one thread.
//
//   FieldReader reader(object, limits);
//   const json::string* id = reader.Text(kId);
//   if (reader.error()) ...

#ifndef VERIFIER_PROTOCOL_FIELD_READER_H_
#define VERIFIER_PROTOCOL_FIELD_READER_H_

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "verifier/protocol/field.h"

namespace verifier::protocol {

// A place and what is wrong there.
struct FieldError {
  FieldError() = default;
  FieldError(std::string pointer_in, std::string detail_in)
      : pointer(std::move(pointer_in)), detail(std::move(detail_in)) {}

  std::string pointer;  // JSON pointer, e.g. "/checks/0/gold" of an item
  std::string detail;   // what is wrong and what is allowed
};

class FieldReader {
 public:
  // Borrows all three. `place` is the pointer of `object`.
  FieldReader(const boost::json::object& object, const Limits& limits,
              std::string_view place = {})
      : object_(object), limits_(limits), place_(place) {}

  // The value of a field; null where it is absent, or after an error: it is
  // required and absent, or of another type, or over its bounds or its limit.
  [[nodiscard]] const boost::json::string* Text(const Field& field);
  [[nodiscard]] const boost::json::array* Array(const Field& field);
  [[nodiscard]] const boost::json::object* Object(const Field& field);

  // As Text, whatever its length.
  [[nodiscard]] const boost::json::string* LongText(const Field& field);

  // The same for numbers; none where it is absent, or after an error.
  [[nodiscard]] std::optional<std::int64_t> Whole(const Field& field);
  [[nodiscard]] std::optional<double> Number(const Field& field);

  // False, with an error, where the object has a field that `type` has not.
  bool OnlyFieldsOf(const ObjectType& type);

  // False, with an error, where `size` is over the limit of `field`.
  bool Within(const Field& field, std::size_t size);

  // Keeps an error at `pointer`, from the object. Always false.
  bool Fail(std::string_view pointer, std::string detail);

  [[nodiscard]] std::optional<FieldError>& error() { return error_; }
  [[nodiscard]] const std::optional<FieldError>& error() const {
    return error_;
  }

  // The error is that of Within.
  [[nodiscard]] bool over_limit() const { return over_limit_; }

 private:
  // The value, or null; an error where it is required and absent.
  const boost::json::value* Find(const Field& field);
  void WrongType(const Field& field);

  const boost::json::object& object_;
  const Limits& limits_;
  std::string_view place_;
  std::optional<FieldError> error_{};
  bool over_limit_ = false;
};

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_FIELD_READER_H_
