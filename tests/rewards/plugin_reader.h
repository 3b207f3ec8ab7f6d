// StrictReader: the reader of lines that the engine gives to plugins.

#ifndef TESTS_REWARDS_PLUGIN_READER_H_
#define TESTS_REWARDS_PLUGIN_READER_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/plugin/plugin_protocol.h"
#include "verifier/protocol/strict_json.h"

namespace rewards::plugin {

inline JsonReader StrictReader() {
  return [](std::string_view text,
            std::string& error) -> std::optional<boost::json::value> {
    verifier::protocol::JsonLimits limits;
    limits.depth = kMostLineDepth;
    auto value = verifier::protocol::ParseStrictJson(text, limits);
    if (value) return std::move(*value);
    error = value.error().detail;
    return std::nullopt;
  };
}

}  // namespace rewards::plugin

#endif  // TESTS_REWARDS_PLUGIN_READER_H_
