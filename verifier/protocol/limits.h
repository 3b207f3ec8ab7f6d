// Limits: how much one request may bring. Plain values; any thread.
//
// Every limit is configurable (assayd --limit-...), and an error that comes
// from one names it, its value and its unit.

#ifndef VERIFIER_PROTOCOL_LIMITS_H_
#define VERIFIER_PROTOCOL_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace verifier::protocol {

struct Limits {
  // Envelope: over one of these the whole request is refused.
  std::size_t body_bytes = std::size_t{64} << 20;  // 413
  std::size_t items = 10'000;                      // 413
  std::size_t json_depth = 32;                     // 400, levels of nesting
  std::size_t json_members = 1'024;                // 400, keys of one object
  std::size_t json_values = 4'000'000;             // 400, values of any kind

  // Item: over one of these the item is `invalid`, the others are answered.
  std::size_t id_bytes = 256;
  std::size_t prompt_bytes = std::size_t{4} << 20;
  std::size_t gold_bytes = std::size_t{256} << 10;  // all golds of one check
  std::size_t checks = 16;                          // checks of one item
  std::int64_t deadline_ms = 600'000;               // largest `deadline_ms`

  // Answer: over it every check says `unreadable`, since a response that is too
  // long is the answer's doing and must earn 0, not null.
  std::size_t response_bytes = std::size_t{4} << 20;

  // Program (POST /v1/execute): over one of these it does not run. 413.
  std::size_t program_bytes = std::size_t{16} << 20;  // code, or all files
  std::size_t program_files = 64;
  std::size_t stdin_bytes = std::size_t{16} << 20;
  std::size_t args = 256;
  std::size_t arg_bytes = std::size_t{64} << 10;  // all arguments together
  std::size_t want_files = 64;

  // What comes back of it: the wanted files together, and each output stream.
  std::size_t returned_bytes = std::size_t{16} << 20;
};

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_LIMITS_H_
