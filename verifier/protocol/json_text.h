// JsonText: a JSON value as text, one line, the same bytes on every machine.
// Thread-safe: no state.

#ifndef VERIFIER_PROTOCOL_JSON_TEXT_H_
#define VERIFIER_PROTOCOL_JSON_TEXT_H_

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace verifier::protocol {

// Appends `value` to `out`: members in their order, no spaces, doubles in the
// shortest form that reads back the same, with a point or an exponent (1.0,
// 2.1, 1e+30). A double that is not finite becomes null: JSON has no such
// number. Recurses as deep as the value: for values of ours or of
// ParseStrictJson.
void AppendJson(const boost::json::value& value, std::string& out);

// Appends `text` in quotes, escaped. Bytes that are not UTF-8 become U+FFFD,
// one each: the result is always valid.
void AppendJsonString(std::string_view text, std::string& out);

// True where all of `text` is well-formed UTF-8 (RFC 3629).
[[nodiscard]] bool IsUtf8(std::string_view text) noexcept;

// AppendJson to an empty string.
[[nodiscard]] std::string JsonText(const boost::json::value& value);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_JSON_TEXT_H_
