// NearestName: "did you mean?". Thread-safe: no state.

#ifndef VERIFIER_PROTOCOL_NEAREST_NAME_H_
#define VERIFIER_PROTOCOL_NEAREST_NAME_H_

#include <span>
#include <string_view>

namespace verifier::protocol {

// The name nearest to `word` by edit distance (Levenshtein), where it is at
// most a third of the word's length, rounded up, away; else an empty view.
// Words over 64 bytes are near nothing. Borrows from `names`.
[[nodiscard]] std::string_view NearestName(
    std::string_view word, std::span<const std::string_view> names);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_NEAREST_NAME_H_
