#include "datasets/record.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "datasets/line_reader.h"

namespace datasets {

std::optional<boost::json::object> ParseObject(std::string_view text,
                                               std::string* error) {
  boost::json::parse_options options;
  options.max_depth = kMaxRecordDepth;
  boost::json::error_code code;
  boost::json::value value = boost::json::parse(text, code, {}, options);
  if (code) {
    *error = "not JSON: " + code.message();
    return std::nullopt;
  }
  if (!value.is_object()) {
    *error = "must be a JSON object";
    return std::nullopt;
  }
  return std::move(value.get_object());
}

std::optional<std::string> RequiredString(const boost::json::object& record,
                                          std::string_view key,
                                          std::string* error) {
  const boost::json::value* value = record.if_contains(key);
  if (value != nullptr && value->is_string()) {
    return std::string(value->get_string());
  }
  *error = '"' + std::string(key) + "\" must be a string";
  return std::nullopt;
}

std::string OptionalText(const boost::json::object& record,
                         std::string_view key) {
  const boost::json::value* value = record.if_contains(key);
  if (value == nullptr) return {};
  if (value->is_string()) return std::string(value->get_string());
  return value->is_int64() ? std::to_string(value->get_int64()) : std::string();
}

std::optional<FileError> ForEachLine(const std::string& path,
                                     const TakeRecord& take) {
  FileResult<LineReader> reader = LineReader::Open(path);
  if (!reader) return reader.error();
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) return more.error();
    if (!*more) return std::nullopt;
    if (reader->line().find_first_not_of(" \t") == std::string::npos) continue;
    std::string error;
    const auto record = ParseObject(reader->line(), &error);
    if (!record) return reader->Error(error);
    if (auto wrong = take(*record, reader->number())) {
      return reader->Error(*std::move(wrong));
    }
  }
}

}  // namespace datasets
