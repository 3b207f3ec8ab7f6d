// Errors: all that is wrong with a configuration, in the order a reader looks:
// file by file, then variables, then flags. Not thread-safe.

#ifndef VERIFIER_CLI_CONFIG_ERRORS_H_
#define VERIFIER_CLI_CONFIG_ERRORS_H_

#include <boost/assert/source_location.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "verifier/cli/config/document.h"

namespace verifier::cli::config {

// The errors as lines: "FILE:LINE:COL: what; did you mean X?; allowed: ...",
// "ASSAY_LIMIT_ITEMS: what", "--limit-items: what". Never empty; no line feeds.
struct ConfigErrors {
  std::vector<std::string> lines{};
};

// What result::value() does with an error: a defect of the caller. Throws
// std::logic_error.
[[noreturn]] void throw_exception_from_error(const ConfigErrors& errors,
                                             const boost::source_location&);

class ErrorList {
 public:
  // Errors that come are of this file.
  void StartFile(const std::string& path);
  // Errors that come are of no file.
  void EndFiles();

  void Add(const Place& place, const std::string& what);
  void Add(const std::string& place, const std::string& what);

  [[nodiscard]] bool empty() const noexcept { return errors_.empty(); }
  [[nodiscard]] ConfigErrors Take();

  // "FILE:LINE:COL" in the file that was started last.
  [[nodiscard]] std::string TextOf(const Place& place) const;

 private:
  struct Error {
    std::size_t file;
    Place place;
    std::string text;
  };

  std::string path_;
  std::size_t file_ = 0;
  std::vector<Error> errors_;
};

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_ERRORS_H_
