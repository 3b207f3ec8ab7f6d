// Document: a configuration file as a tree of names and values with their
// places. Thread-safe: no state.

#ifndef VERIFIER_CLI_CONFIG_DOCUMENT_H_
#define VERIFIER_CLI_CONFIG_DOCUMENT_H_

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/given.h"

namespace verifier::cli::config {

// Bytes of the largest file, and of its longest line.
inline constexpr std::size_t kFileBytes = std::size_t{1} << 20;
inline constexpr std::size_t kLineBytes = std::size_t{16} << 10;

// Lines and columns count from 1; a column is a character.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
};

struct Node {
  std::string name{};
  Place key{};    // where the name stands
  Place value{};  // where the value begins
  bool is_table = false;
  Given given{};  // what it is where it is no table
  std::vector<Node>
      members{};  // of a table, by name; six levels at most. Of an
                  // array of tables its elements, without names

  // The value where it is no table; none: it holds what JSON has not, a date or
  // a number that is not finite, or is nested deeper than 32 levels.
  std::optional<boost::json::value> json{};
};

// The value of any node as JSON, a table's too; none as Node::json.
[[nodiscard]] std::optional<boost::json::value> JsonOf(const Node& node);

struct FileError {
  Place place{};  // line 0: the file as a whole
  std::string what{};
};

// Reads the file at `path` into `root`, a table without a name. An empty file
// is an empty table, and /dev/null is no file. Returns what is wrong: it is
// missing, unreadable, no regular file, too long, no UTF-8 or no TOML; or an
// empty `what`. Blocks for the disk.
[[nodiscard]] FileError ReadDocument(const std::string& path, Node& root);

// The same from text.
[[nodiscard]] FileError ParseDocument(std::string_view text, Node& root);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_DOCUMENT_H_
