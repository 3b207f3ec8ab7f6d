// ScalarText: single values as text, for languages that tell them apart less
// than others do. Pure; any thread.

#ifndef REWARDS_CODE_SCALAR_TEXT_H_
#define REWARDS_CODE_SCALAR_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "rewards/code/value.h"

namespace rewards::code {

// The number that `text` is, as JSON writes numbers; of a double's range.
[[nodiscard]] std::optional<Value> NumberIn(std::string_view text);

// `value` as a shell has it: true, false, decimal digits; nothing is no text.
// No container has one.
[[nodiscard]] std::optional<std::string> WordOf(const Value& value);

}  // namespace rewards::code

#endif  // REWARDS_CODE_SCALAR_TEXT_H_
