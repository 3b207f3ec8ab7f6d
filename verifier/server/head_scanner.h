// HeadScanner: finds the end of a request's head in bytes as they come, and
// refuses what no honest client sends. Not thread-safe; no I/O.
//
// Works on raw bytes, before any parser: Beast 1.81 unfolds folded lines and
// accepts more. What it says depends on the bytes alone, never on how they were
// split.

#ifndef VERIFIER_SERVER_HEAD_SCANNER_H_
#define VERIFIER_SERVER_HEAD_SCANNER_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "verifier/server/problem.h"
#include "verifier/server/server_options.h"

namespace verifier::server {

class HeadScanner {
 public:
  // Borrows `options`.
  explicit HeadScanner(const ServerOptions& options) : options_(options) {}

  // Looks at the bytes of `text` that it has not seen yet; `text` is all that
  // came so far. Returns the reason to refuse:
  //   400  a control character, a line that does not end in CRLF, a folded line
  //   414  a request line over uri_bytes
  //   431  a head over header_bytes, or more than header_fields fields
  // or none; size() then says whether the head is complete.
  [[nodiscard]] std::optional<Problem> Scan(std::string_view text);

  // Bytes of the head, with its last empty line; 0: not complete yet.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::optional<Problem> Byte(char c);
  std::optional<Problem> TooLong() const;

  const ServerOptions& options_;
  std::size_t seen_ = 0;
  std::size_t size_ = 0;
  std::size_t lines_ = 0;       // complete ones
  std::size_t line_bytes_ = 0;  // of the line being read
  char last_ = '\0';
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_HEAD_SCANNER_H_
