// JsonBlock: the JSON that an answer holds. Pure; any thread; linear time.

#ifndef REWARDS_RULES_JSON_BLOCK_H_
#define REWARDS_RULES_JSON_BLOCK_H_

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace rewards::rules {

// Levels of nesting that are read.
inline constexpr std::size_t kMaxJsonDepth = 64;

// Reads `text` as one JSON value (RFC 8259); of equal keys the last counts, as
// for most readers. None where it is no JSON, deeper than kMaxJsonDepth, or
// holds a number that is not finite.
[[nodiscard]] std::optional<boost::json::value> ReadJson(std::string_view text);

// The text in `answer` that should be JSON: all of it, without white space
// around; where that is no JSON, the last closed block that a fence calls json,
// else the last one without a name. Borrows.
[[nodiscard]] std::string_view FindJson(std::string_view answer);

}  // namespace rewards::rules

#endif  // REWARDS_RULES_JSON_BLOCK_H_
