// The files that a remote checker's declaration names. Thread-safe: no state.

#ifndef REWARDS_HTTP_REMOTE_FILES_H_
#define REWARDS_HTTP_REMOTE_FILES_H_

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "rewards/plugin/plugin_protocol.h"

namespace rewards::http {

// Bytes of a schema file.
inline constexpr std::size_t kMostSchemaBytes = std::size_t{1} << 20;

// The JSON Schema in the file at `path`; none, with what is wrong in `problem`,
// where it is none that describes parameters. Blocks for the disk.
[[nodiscard]] std::optional<boost::json::object> ReadSchemaFile(
    const std::string& path, const plugin::JsonReader& read,
    std::string& problem);

// The API key in the file at `path`: its one line, without white space around
// it. None, with what is wrong in `problem`, which never shows what is in the
// file. Blocks for the disk.
[[nodiscard]] std::optional<std::string> ReadKeyFile(const std::string& path,
                                                     std::string& problem);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_REMOTE_FILES_H_
