// Show: the configuration in effect, and what a configuration may say, as text
// and as JSON. Thread-safe: no state, no I/O.

#ifndef VERIFIER_CLI_CONFIG_SHOW_H_
#define VERIFIER_CLI_CONFIG_SHOW_H_

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "verifier/cli/config/load.h"

namespace verifier::cli::config {

// Every key with its value, as a file that says the same; with `origins` each
// line says where its value comes from.
[[nodiscard]] std::string EffectiveToml(const Loaded& loaded, bool origins);

// {"limit": {"items": 10000, ...}, ..., "plugins": {...},
// "http": {...}, "judges": {...}, "templates": {...}, "profiles": {...}}; with
// `origins` each value is {"value", "origin"}.
[[nodiscard]] boost::json::object EffectiveJson(const Loaded& loaded,
                                                bool origins);

// "10 keys of FILE, 1 of the environment, 2 flags, 1 plugin; the rest is
// default".
[[nodiscard]] std::string Tally(const Loaded& loaded);

// True for a section, those of declared tables included.
[[nodiscard]] bool IsSection(std::string_view name);

// Every key of `section` (empty: of all), for people: value, default, help,
// flag and variable.
[[nodiscard]] std::string SchemaText(std::string_view section);

// The same as JSON: {"limit.items": {"type", "unit", "least", "most", "words",
// "default", "flag", "variable", "reloads", "help"}}.
[[nodiscard]] boost::json::object SchemaJson(std::string_view section);

// The same as a file with every key commented out, at its default.
[[nodiscard]] std::string SchemaToml(std::string_view section);

}  // namespace verifier::cli::config

#endif  // VERIFIER_CLI_CONFIG_SHOW_H_
