// What a plugin and Assay say to each other, one JSON object a line.
// Thread-safe: no state.
//
//   plugin  {"assay_plugin": 1, "version": "1", "summary": "...", "schema": {}}
//   Assay   {"id": "7", "prompt": "", "response": "...", "template": "r1",
//            "params": {}}
//   plugin  {"id": "7", "score": 0.5, "detail": {"reason": "..."}}
//
// README.md has every field. What a plugin says is believed only where it fits
// to the letter; nothing here throws but std::bad_alloc.

#ifndef REWARDS_PLUGIN_PLUGIN_PROTOCOL_H_
#define REWARDS_PLUGIN_PLUGIN_PROTOCOL_H_

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "rewards/checker.h"
#include "rewards/verdict.h"

namespace rewards::plugin {

inline constexpr int kProtocolVersion = 1;

// Bytes of a version, of a summary, and of a `detail` as JSON.
inline constexpr std::size_t kMostVersionBytes = 64;
inline constexpr std::size_t kMostSummaryBytes = 500;
inline constexpr std::size_t kMostDetailBytes = std::size_t{64} << 10;

// Levels of nesting in a line of a plugin.
inline constexpr std::size_t kMostLineDepth = 16;

// Reads strict JSON (RFC 8259, no key twice, every number finite). None, with
// why in `error`, for any other text. Must be callable from any thread.
using JsonReader = std::function<std::optional<boost::json::value>(
    std::string_view text, std::string& error)>;

// What a plugin says of itself in its first line.
struct PluginDescription {
  std::string version{};
  std::string summary{};
  boost::json::object schema{};

  friend bool operator==(const PluginDescription&,
                         const PluginDescription&) = default;
};

// The description in `line`; none, with what is wrong in `error`.
[[nodiscard]] std::optional<PluginDescription> ReadDescription(
    std::string_view line, const JsonReader& read, std::string& error);

// The line, with its end, that asks for `submission`. `params` is JSON.
[[nodiscard]] std::string ItemLine(std::string_view id,
                                   const Submission& submission,
                                   std::string_view params);

// The verdict that `line` gives on the item `id`; none, with what is wrong in
// `error`.
[[nodiscard]] std::optional<Verdict> ReadAnswer(std::string_view line,
                                                std::string_view id,
                                                const JsonReader& read,
                                                std::string& error);

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_PROTOCOL_H_
