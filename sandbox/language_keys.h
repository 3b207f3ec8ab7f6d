// LanguageKeys: a language as keys and values, as languages.toml and an
// operator's [languages.NAME] write it. No state; any thread.

#ifndef SANDBOX_LANGUAGE_KEYS_H_
#define SANDBOX_LANGUAGE_KEYS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sandbox/language.h"

namespace sandbox {

using LanguageValue =
    std::variant<std::string, std::vector<std::string>, std::int64_t>;

// A key, for people.
struct LanguageKey {
  std::string_view name;
  std::string_view allowed;
  std::string_view example;  // TOML; the default where it is not required
  std::string_view help;
  bool required = false;
};
[[nodiscard]] std::span<const LanguageKey> LanguageKeys() noexcept;

// Puts `value` where `key`, one of LanguageKeys(), lives in `language`, whose
// name is set. False: it is of another type or out of range, and nothing is
// changed.
[[nodiscard]] bool PutLanguageKey(std::string_view key,
                                  const LanguageValue& value,
                                  Language* language);

// The value of `key`. Requires: one of LanguageKeys().
[[nodiscard]] LanguageValue LanguageKeyOf(std::string_view key,
                                          const Language& language);

// A language that has nothing but its name, and defaults.
[[nodiscard]] Language EmptyLanguage(std::string name);

}  // namespace sandbox

#endif  // SANDBOX_LANGUAGE_KEYS_H_
