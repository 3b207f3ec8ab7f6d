// Base64 (RFC 4648, section 4), for bytes that are not UTF-8. Thread-safe: no
// state.

#ifndef VERIFIER_PROTOCOL_BASE64_H_
#define VERIFIER_PROTOCOL_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace verifier::protocol {

// With padding, without line breaks.
[[nodiscard]] std::string ToBase64(std::string_view bytes);

// None where `text` is not what ToBase64 writes for any bytes: another
// character, no padding, bits that are left over.
[[nodiscard]] std::optional<std::string> FromBase64(std::string_view text);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_BASE64_H_
