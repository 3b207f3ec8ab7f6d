// ReadFile: a whole file or pipe, up to a limit. Thread-safe: no state.

#ifndef VERIFIER_CLI_READ_FILE_H_
#define VERIFIER_CLI_READ_FILE_H_

#include <cstddef>
#include <optional>
#include <string>

namespace verifier::cli {

// Reads `path` ("-": standard input) to its end. None, with the reason in
// `error`: it cannot be read, or has more than `most` bytes. Blocks as the file
// does.
[[nodiscard]] std::optional<std::string> ReadFile(const std::string& path,
                                                  std::size_t most,
                                                  std::string& error);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_READ_FILE_H_
