// Keys: every key of the configuration, described once. Flags, environment
// variables, files, --help, `assay config` and examples/assayd.toml all come
// from this table. Constant; any thread.
//
// A key `limit.items` is `items` in the table [limit] of a file, the variable
// ASSAY_LIMIT_ITEMS, and the flag that its row names.

#ifndef VERIFIER_CLI_CONFIG_KEYS_H_
#define VERIFIER_CLI_CONFIG_KEYS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "verifier/cli/config/settings.h"

namespace verifier::cli::config {

enum class Kind {
  kCount,         // a whole number of `unit`
  kBytes,         // a whole number, or "64K"
  kMilliseconds,  // a whole number, or "4s"
  kWord,          // one of `words`
  kAddress,       // ADDR:PORT
};

// Where a key's value lives in a Settings.
using Slot = std::variant<unsigned*, std::size_t*, std::int64_t*,
                          std::chrono::milliseconds*, std::string*>;

struct Key {
  std::string_view section;
  std::string_view name;
  std::string_view flag;  // with its dashes
  Kind kind;
  std::string_view unit;  // of a kCount, for people
  Slot (*slot)(Settings&);
  std::uint64_t least;  // of numbers, inclusive
  std::uint64_t most;
  bool reloads;           // SIGHUP can change it; else it takes a restart
  std::string_view help;  // one line
  std::span<const std::string_view> words = {};
};

struct Section {
  std::string_view name;
  std::string_view title;  // for people
};

// In the order of the file; keys of one section stand together.
[[nodiscard]] std::span<const Key> Keys() noexcept;
[[nodiscard]] std::span<const Section> Sections() noexcept;

// "limit.items" and "ASSAY_LIMIT_ITEMS".
[[nodiscard]] std::string PathOf(const Key& key);
[[nodiscard]] std::string VariableOf(const Key& key);

// The row with this path, or null.
[[nodiscard]] const Key* FindKey(std::string_view section,
                                 std::string_view name) noexcept;

// The value as a number. Requires: a kind that is a number.
[[nodiscard]] std::uint64_t NumberOf(const Key& key, const Settings& settings);

// The value as text, as a flag would have it: "67108864", "127.0.0.1:8790".
[[nodiscard]] std::string TextOf(const Key& key, const Settings& settings);

// The value as TOML, sizes and times short where that is exact: "64M".
[[nodiscard]] std::string TomlOf(const Key& key, const Settings& settings);

// What the value may be, for people: "a whole number from 1 to 256 (threads)".
[[nodiscard]] std::string AllowedText(const Key& key);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_KEYS_H_
