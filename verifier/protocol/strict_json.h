// ParseStrictJson: JSON (RFC 8259) without the freedoms that can change a
// reward. Thread-safe: no state.
//
// Refused, beside what is not JSON: duplicate keys; numbers that are not
// finite, underflow to zero, or lose precision (an integer outside 64 bits,
// more than 17 significant digits); invalid UTF-8 and lone surrogates; a byte
// order mark; text after the value; nesting or objects over the limits.
//
// Boost.JSON 1.81 alone accepts 1e999 as infinity, 2^64 as a double and the
// last of two equal keys, and rounds some decimals wrongly: its parser splits
// the text here, and this file decides.

#ifndef VERIFIER_PROTOCOL_STRICT_JSON_H_
#define VERIFIER_PROTOCOL_STRICT_JSON_H_

#include <boost/assert/source_location.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace verifier::protocol {

struct JsonLimits {
  std::size_t depth = 32;       // levels of nesting
  std::size_t members = 1'024;  // keys of one object
  // Values of any kind: each takes 24 bytes or more, whatever its text took.
  std::size_t values = 4'000'000;
};

// Where and why a text was refused.
struct JsonError {
  JsonError() = default;
  JsonError(std::size_t offset_in, std::string pointer_in,
            std::string detail_in)
      : offset(offset_in),
        pointer(std::move(pointer_in)),
        detail(std::move(detail_in)) {}

  std::size_t offset =
      0;                // bytes from the start of the text, at or just past it
  std::string pointer;  // JSON pointer (RFC 6901) of the value being read
  std::string detail;   // one sentence; never the peer's own text
};

// What result<T, JsonError>::value() does with an error: a defect of the
// caller.
[[noreturn]] void throw_exception_from_error(const JsonError& error,
                                             const boost::source_location&);

// Returns the value of `text`, or the first error. Time linear in the text, but
// for n log n in the keys of one object. Throws std::bad_alloc only. The value
// lives in `storage`; a monotonic resource makes one that is read once and
// dropped cheaper.
[[nodiscard]] boost::system::result<boost::json::value, JsonError>
ParseStrictJson(std::string_view text, const JsonLimits& limits = {},
                boost::json::storage_ptr storage = {});

// `token` as one reference token of a JSON pointer, with its slash.
[[nodiscard]] std::string PointerToken(std::string_view token);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_STRICT_JSON_H_
