#include "verifier/cli/config/document.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

// Header only, and without the parts that write.
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

namespace json = boost::json;

// Profiles: root, profiles, NAME, checks, one check, its gate.
constexpr std::size_t kLevels = 6;
// Levels of a value that is taken as JSON, as in a request.
constexpr std::size_t kJsonLevels = 32;

Place PlaceOf(const toml::source_position& at) { return {at.line, at.column}; }

const char* NameOf(toml::node_type type) {
  switch (type) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time";
    case toml::node_type::date_time:
      return "a date and time";
    default:
      return "something else";
  }
}

Given ToGiven(const toml::node& node) {
  Given given;
  if (const auto* text = node.as_string()) {
    given.type = Given::Type::kString;
    given.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    given.type = Given::Type::kInteger;
    given.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    given.type = Given::Type::kBoolean;
    given.boolean = boolean->get();
  } else if (const auto* number = node.as_floating_point()) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                   number->get());
    given.text = "the number " + std::string(digits.data(), end.ptr);
  } else if (const auto* array = node.as_array()) {
    given.type = Given::Type::kArray;
    for (const toml::node& element : *array) {
      // Arrays of arrays are for nobody: what they hold is not looked at.
      given.elements.push_back(element.is_array() ? Given{} : ToGiven(element));
      if (element.is_array()) given.elements.back().text = "an array";
    }
  } else {
    given.text = NameOf(node.type());
  }
  return given;
}

// `levels` that may still be opened: dotted keys nest as deep as a line is
// long, and every level is a call.
std::optional<json::value> ToJson(const toml::node& node, std::size_t levels) {
  if (levels == 0) return std::nullopt;
  if (const auto* text = node.as_string()) return json::value(text->get());
  if (const auto* integer = node.as_integer()) return integer->get();
  if (const auto* boolean = node.as_boolean()) return boolean->get();
  if (const auto* number = node.as_floating_point()) {
    if (!std::isfinite(number->get())) return std::nullopt;
    return number->get();
  }
  if (const auto* array = node.as_array()) {
    json::array all;
    for (const toml::node& element : *array) {
      auto one = ToJson(element, levels - 1);
      if (!one) return std::nullopt;
      all.push_back(*std::move(one));
    }
    return all;
  }
  const auto* table = node.as_table();
  if (table == nullptr) return std::nullopt;
  json::object all;
  for (const auto& [key, value] : *table) {
    auto one = ToJson(value, levels - 1);
    if (!one) return std::nullopt;
    all[key.str()] = *std::move(one);
  }
  return all;
}

bool HoldsTables(const toml::array& array) {
  return !array.empty() &&
         std::all_of(array.begin(), array.end(),
                     [](const toml::node& one) { return one.is_table(); });
}

void Fill(const toml::table& table, std::size_t levels, Node& out);

// The elements of an array of tables.
void FillArray(const toml::array& array, std::size_t levels, Node& out) {
  for (const toml::node& element : array) {
    Node node;
    node.key = node.value = PlaceOf(element.source().begin);
    Fill(*element.as_table(), levels, node);
    out.members.push_back(std::move(node));
  }
}

void Fill(const toml::table& table, std::size_t levels, Node& out) {
  out.is_table = true;
  for (const auto& [key, value] : table) {
    Node node;
    node.name = key.str();
    node.key = PlaceOf(key.source().begin);
    node.value = PlaceOf(value.source().begin);
    const toml::table* inner = value.as_table();
    if (inner != nullptr && levels > 1) {
      Fill(*inner, levels - 1, node);
    } else {
      node.given = ToGiven(value);
      node.json = ToJson(value, kJsonLevels);
      const toml::array* array = value.as_array();
      if (array != nullptr && levels > 1 && HoldsTables(*array)) {
        FillArray(*array, levels - 1, node);
      }
    }
    out.members.push_back(std::move(node));
  }
}

FileError TooLongALine(std::string_view text) {
  std::size_t number = 1;
  for (std::size_t start = 0; start < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (end - start > kLineBytes) {
      return {
          {number, 1},
          "the line is longer than " + std::to_string(kLineBytes) + " bytes"};
    }
    start = end + 1;
  }
  return {};
}

FileError Whole(std::string what) { return {{}, std::move(what)}; }

// What open file `fd` holds; else what is wrong.
FileError ReadAll(int fd, std::string& text) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return Whole(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) return Whole("is a directory");
  const bool null = S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3);
  if (!S_ISREG(status.st_mode) && !null) return Whole("is no regular file");
  text.resize(kFileBytes + 1);
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = read(fd, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Whole(std::strerror(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kFileBytes) {
    return Whole("is longer than " + std::to_string(kFileBytes) +
                 " bytes, the limit of a configuration file");
  }
  text.resize(size);
  return {};
}

}  // namespace

std::optional<json::value> JsonOf(const Node& node) {
  if (!node.is_table) return node.json;
  json::object all;
  for (const Node& member : node.members) {
    auto one = JsonOf(member);
    if (!one) return std::nullopt;
    all[member.name] = *std::move(one);
  }
  return all;
}

FileError ParseDocument(std::string_view text, Node& root) {
  FileError error = TooLongALine(text);
  if (!error.what.empty()) return error;
  try {
    Fill(toml::parse(text), kLevels, root);
  } catch (const toml::parse_error& thrown) {
    error.place = PlaceOf(thrown.source().begin);
    error.what = Printable(thrown.description(), 300);
  }
  return error;
}

FileError ReadDocument(const std::string& path, Node& root) {
  // Not blocking: the other end of a pipe may never come.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return Whole(std::strerror(errno));
  std::string text;
  FileError error = ReadAll(fd, text);
  close(fd);
  return error.what.empty() ? ParseDocument(text, root) : error;
}

}  // namespace verifier::cli::config
