// Record: one JSON object of a data file, its fields read with errors that
// people can act on. Used by the readers of this folder.

#ifndef DATASETS_RECORD_H_
#define DATASETS_RECORD_H_

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "datasets/file_error.h"

namespace datasets {

// Deepest nesting of a record.
inline constexpr std::size_t kMaxRecordDepth = 32;

// Longest file that holds one JSON array, in bytes. Over it: an error.
inline constexpr std::size_t kMaxArrayBytes = 256 * 1024 * 1024;

// Parses one line. On failure `error` says why and nothing is returned.
[[nodiscard]] std::optional<boost::json::object> ParseObject(
    std::string_view text, std::string* error);

// The string at `key`, or nothing with `error` set.
[[nodiscard]] std::optional<std::string> RequiredString(
    const boost::json::object& record, std::string_view key,
    std::string* error);

// The string or number at `key` as text, a whole number without a point; empty
// where there is neither.
[[nodiscard]] std::string OptionalText(const boost::json::object& record,
                                       std::string_view key);

// What a reader does with one record at `line`: nothing, or what is wrong.
using TakeRecord = std::function<std::optional<std::string>(
    const boost::json::object& record, std::size_t line)>;

// Calls `take` for every line of `path` that is not blank. Stops at the first
// error, which it returns.
[[nodiscard]] std::optional<FileError> ForEachLine(const std::string& path,
                                                   const TakeRecord& take);

// The same for a file that is one JSON array of objects, and for lines as well:
// its first character decides. In an array `line` is the number of the element,
// an error's line stays 0, and its text names the element.
[[nodiscard]] std::optional<FileError> ForEachRecord(const std::string& path,
                                                     const TakeRecord& take);

}  // namespace datasets

#endif  // DATASETS_RECORD_H_
