// The numbers among values (value.h): what they are, and what equal ones have
// in common. Pure; any thread.

#ifndef REWARDS_CODE_NUMBER_VALUE_H_
#define REWARDS_CODE_NUMBER_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "rewards/code/value.h"

namespace rewards::code {

[[nodiscard]] bool IsBoolean(Value::Kind kind) noexcept;
// A boolean is one.
[[nodiscard]] bool IsNumber(Value::Kind kind) noexcept;

// Of kInt, infinite where it is over a double's range, and of kFloat; others
// have none.
[[nodiscard]] std::optional<double> RealOf(const Value& value);

// `number` in single precision, where it has that range.
[[nodiscard]] double Single(double number) noexcept;

// The digits of Value::text.
[[nodiscard]] std::string HexDigits(std::uint64_t number);

// What equal numbers have in common, and no others: of whole ones the digits,
// which have no capitals. `nan` counts those that equal nothing.
[[nodiscard]] std::string RealKey(double number, std::size_t* nan);
// Requires: IsNumber(value.kind).
[[nodiscard]] std::string NumberKey(const Value& value, std::size_t* nan);

}  // namespace rewards::code

#endif  // REWARDS_CODE_NUMBER_VALUE_H_
