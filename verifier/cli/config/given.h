// Given: one value as a source gives it, before anybody knows whether it fits.
// Plain values; thread-safe: no state.

#ifndef VERIFIER_CLI_CONFIG_GIVEN_H_
#define VERIFIER_CLI_CONFIG_GIVEN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/cli/config/keys.h"

namespace verifier::cli::config {

struct Given {
  enum class Type {
    kText,     // of a flag or a variable: any value is written so
    kString,   // of a file, in quotes
    kInteger,  // `integer`
    kBoolean,  // `boolean`
    kArray,    // `elements`
    kOther,    // anything else; `text` says what
  };

  Type type = Type::kOther;
  std::string text{};  // the text itself, or what it is: "a table"
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<Given> elements{};
};

// `given` for an error: `the string "8"`, `7`, `an array`. Safe to print.
[[nodiscard]] std::string Shown(const Given& given);

// Reads `given` as a number of `key` into `number`. Returns what is wrong,
// "expected ..., got ...", or an empty string.
[[nodiscard]] std::string ReadNumber(const Key& key, const Given& given,
                                     std::uint64_t& number);

// Puts `given` where `key` lives in `settings`. Returns what is wrong with it,
// then nothing is changed; or an empty string.
[[nodiscard]] std::string Put(const Key& key, const Given& given,
                              Settings& settings);

// Reads "ADDR:PORT" into `options`. Returns what is wrong with it, or empty.
// Only loopback addresses are good: there is no token and no TLS yet.
[[nodiscard]] std::string PutListen(const std::string& text,
                                    server::ServerOptions& options);

// "; did you mean NAME?", or an empty string.
[[nodiscard]] std::string DidYouMean(
    std::string_view word, const std::vector<std::string_view>& names);

// "a, b, c".
[[nodiscard]] std::string Joined(const std::vector<std::string_view>& names);

// What is wrong with key `name` of `table`, "languages.awk", which has `names`:
// "unknown key languages.awk.rum; did you mean run?; allowed: main, run".
[[nodiscard]] std::string UnknownKey(
    std::string_view table, std::string_view name,
    const std::vector<std::string_view>& names);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_GIVEN_H_
