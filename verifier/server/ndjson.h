// Ndjson: when results are streamed, and how they look on the wire.
// Thread-safe: no state, no I/O.

#ifndef VERIFIER_SERVER_NDJSON_H_
#define VERIFIER_SERVER_NDJSON_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace verifier::server {

// True where an Accept field prefers application/x-ndjson: it names it with a
// quality over 0 that is not below the one it gives application/json.
[[nodiscard]] bool PrefersNdjson(std::string_view accept);

// The status line and fields of a stream. `chunked`: for HTTP/1.1; else the end
// of the connection is the end of the stream.
[[nodiscard]] std::string StreamHead(std::string_view request_id, bool chunked,
                                     bool keep_alive);

// `text` as one chunk (RFC 9112, section 7.1). Requires: not empty.
[[nodiscard]] std::string Chunk(std::string_view text);

// Ends a chunked body.
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

// The line that says a stream is whole.
[[nodiscard]] std::string DoneLine(std::size_t items);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_NDJSON_H_
