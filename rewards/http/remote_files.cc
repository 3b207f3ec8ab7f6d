#include "rewards/http/remote_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "rewards/http/remote_options.h"
#include "rewards/plugin/parameter_schema.h"

namespace rewards::http {
namespace {

// All of the file at `path`, of at most `most` bytes.
std::optional<std::string> ReadFile(const std::string& path, std::size_t most,
                                    std::string& problem) {
  std::error_code error;
  // Nothing else: the other end of a pipe may never come.
  const bool regular = std::filesystem::is_regular_file(path, error);
  std::ifstream file;
  if (regular) file.open(path, std::ios::binary);
  if (!regular || !file) {
    problem = "cannot read " + path + ": " +
              (error     ? error.message()
               : regular ? "it cannot be opened"
                         : "it is no regular file");
    return std::nullopt;
  }
  std::string text(most + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > most || file.bad()) {
    problem = file.bad()
                  ? "cannot read " + path
                  : path + " has over " + std::to_string(most) + " bytes";
    return std::nullopt;
  }
  return text;
}

}  // namespace

std::optional<boost::json::object> ReadSchemaFile(
    const std::string& path, const plugin::JsonReader& read,
    std::string& problem) {
  const auto text = ReadFile(path, kMostSchemaBytes, problem);
  if (!text) return std::nullopt;
  std::string error;
  auto value = read(*text, error);
  if (value && value->is_object()) {
    error = plugin::SchemaProblem(value->get_object());
    if (error.empty()) return std::move(value->get_object());
  } else if (value) {
    error = "no JSON object";
  }
  problem = path + " holds no JSON Schema of parameters: " + error;
  return std::nullopt;
}

std::optional<std::string> ReadKeyFile(const std::string& path,
                                       std::string& problem) {
  auto text = ReadFile(path, kMostKeyBytes, problem);
  if (!text) return std::nullopt;
  constexpr const char* kSpace = " \t\r\n";
  text->erase(text->find_last_not_of(kSpace) + 1);
  text->erase(0, std::min(text->find_first_not_of(kSpace), text->size()));
  const bool good = !text->empty() &&
                    std::all_of(text->begin(), text->end(),
                                [](char c) { return c > ' ' && c < '\x7f'; });
  if (good) return text;
  problem = path + " holds no API key: expected one line of visible ASCII";
  return std::nullopt;
}

}  // namespace rewards::http
