#include "rewards/code/number_value.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace rewards::code {
namespace {

using Kind = Value::Kind;

// A whole number as kInt has it. Requires: `number` is finite and whole.
std::string WholeHex(double number) {
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(number), &exponent);
  constexpr int kBits = std::numeric_limits<double>::digits;
  auto mantissa = static_cast<std::uint64_t>(std::ldexp(fraction, kBits));
  exponent -= kBits;
  if (exponent < 0) {
    mantissa >>= std::min(-exponent, 63);
    exponent = 0;
  }
  std::string digits = HexDigits(mantissa << (exponent % 4));
  digits.append(static_cast<std::size_t>(exponent / 4), '0');
  return std::signbit(number) && mantissa != 0 ? "-" + digits : digits;
}

}  // namespace

bool IsNumber(Value::Kind kind) noexcept {
  return kind >= Kind::kFalse && kind <= Kind::kComplex;
}

bool IsBoolean(Value::Kind kind) noexcept {
  return kind == Kind::kFalse || kind == Kind::kTrue;
}

double Single(double number) noexcept {
  if (!(std::fabs(number) <= std::numeric_limits<float>::max())) return number;
  return static_cast<double>(static_cast<float>(number));
}

std::optional<double> RealOf(const Value& value) {
  switch (value.kind) {
    case Kind::kFloat:
      return value.real;
    case Kind::kInt: {
      double number = 0;
      const char* const end = value.text.data() + value.text.size();
      const auto read = std::from_chars(value.text.data(), end, number,
                                        std::chars_format::hex);
      if (read.ec == std::errc()) return number;
      return std::numeric_limits<double>::infinity();
    }
    default:
      return std::nullopt;
  }
}

std::string HexDigits(std::uint64_t number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + 16, number, 16).ptr;
  return {digits, end};
}

std::string RealKey(double number, std::size_t* nan) {
  if (std::isnan(number)) return "N" + std::to_string((*nan)++);
  if (std::isinf(number)) return number < 0 ? "-I" : "I";
  if (number == std::trunc(number)) return WholeHex(number);
  return "F" + HexDigits(std::bit_cast<std::uint64_t>(number));
}

std::string NumberKey(const Value& value, std::size_t* nan) {
  switch (value.kind) {
    case Kind::kFalse:
      return "0";
    case Kind::kTrue:
      return "1";
    case Kind::kInt:
      return value.text;
    case Kind::kFloat:
      return RealKey(value.real, nan);
    default:
      break;
  }
  std::string key = RealKey(value.real, nan);
  if (value.imag != 0) key += "," + RealKey(value.imag, nan);
  return key;
}

}  // namespace rewards::code
