#include "rewards/code/scalar_text.h"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace rewards::code {

std::optional<Value> NumberIn(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool begins =
      !digits.empty() && is_digit(digits[0]) && is_digit(digits.back());
  if (!begins ||
      (digits[0] == '0' && digits.size() > 1 && is_digit(digits[1]))) {
    return std::nullopt;
  }
  const char* const end = digits.data() + digits.size();
  std::uint64_t whole = 0;
  const auto as_whole = std::from_chars(digits.data(), end, whole);
  if (as_whole.ec == std::errc() && as_whole.ptr == end) {
    Value value = UnsignedValue(whole);
    if (negative && whole != 0) value.text.insert(0, 1, '-');
    return value;
  }
  double real = 0;
  const auto as_real = std::from_chars(digits.data(), end, real);
  if (as_real.ec != std::errc() || as_real.ptr != end) return std::nullopt;
  return FloatValue(negative ? -real : real);
}

std::optional<std::string> WordOf(const Value& value) {
  char digits[64];
  char* const end = digits + sizeof(digits);
  switch (value.kind) {
    case Value::Kind::kNone:
      return "";
    case Value::Kind::kFalse:
      return "false";
    case Value::Kind::kTrue:
      return "true";
    case Value::Kind::kString:
      return value.text;
    case Value::Kind::kFloat:
      return std::string(digits, std::to_chars(digits, end, value.real).ptr);
    case Value::Kind::kInt: {
      const bool negative = value.text.starts_with('-');
      const char* const from = value.text.data() + (negative ? 1 : 0);
      const char* const to = value.text.data() + value.text.size();
      std::uint64_t number = 0;
      if (std::from_chars(from, to, number, 16).ec != std::errc()) {
        return std::nullopt;
      }
      return (negative ? "-" : "") +
             std::string(digits, std::to_chars(digits, end, number).ptr);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace rewards::code
