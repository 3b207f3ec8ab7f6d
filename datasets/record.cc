#include "datasets/record.h"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <utility>

#include "datasets/line_reader.h"

namespace datasets {
namespace {

// As short as it reads back the same, a whole number without a point.
std::string NumberText(double number) {
  std::array<char, 400> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                 std::chars_format::fixed);
  return {text.data(), end.ptr};
}

// True where the first character of the file that is not space opens an array.
FileResult<bool> IsArray(const std::string& path) {
  FileResult<LineReader> reader = LineReader::Open(path);
  if (!reader) return reader.error();
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) return more.error();
    if (!*more) return false;
    const std::size_t first = reader->line().find_first_not_of(" \t");
    if (first != std::string::npos) return reader->line()[first] == '[';
  }
}

FileResult<std::string> ReadWhole(const std::string& path) {
  FileResult<LineReader> reader = LineReader::Open(path);
  if (!reader) return reader.error();
  std::string text;
  while (true) {
    const FileResult<bool> more = reader->Next();
    if (!more) return more.error();
    if (!*more) return text;
    if (text.size() + reader->line().size() > kMaxArrayBytes) {
      return FileError{path, 0,
                       "longer than the limit of " +
                           std::to_string(kMaxArrayBytes) + " bytes"};
    }
    text += reader->line();
    text += '\n';
  }
}

// Calls `take` for every element of the array that `path` is.
std::optional<FileError> ForEachElement(const std::string& path,
                                        const TakeRecord& take) {
  const FileResult<std::string> text = ReadWhole(path);
  if (!text) return text.error();
  boost::json::error_code code;
  const boost::json::value value = boost::json::parse(*text, code);
  if (code) return FileError{path, 0, "not JSON: " + code.message()};
  std::size_t number = 0;
  for (const boost::json::value& element : value.as_array()) {
    const std::string place = "element " + std::to_string(++number) + ": ";
    const boost::json::object* record = element.if_object();
    if (record == nullptr) {
      return FileError{path, 0, place + "must be a JSON object"};
    }
    if (auto wrong = take(*record, number)) {
      return FileError{path, 0, place + *wrong};
    }
  }
  return std::nullopt;
}

}  // namespace

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
  if (value->is_int64()) return std::to_string(value->get_int64());
  return value->is_double() ? NumberText(value->get_double()) : std::string();
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

std::optional<FileError> ForEachRecord(const std::string& path,
                                       const TakeRecord& take) {
  const FileResult<bool> array = IsArray(path);
  if (!array) return array.error();
  return *array ? ForEachElement(path, take) : ForEachLine(path, take);
}

}  // namespace datasets
