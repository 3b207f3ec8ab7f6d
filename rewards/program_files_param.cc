#include "rewards/program_files_param.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "rewards/param_schema.h"

namespace rewards {
namespace {

using boost::json::array;
using boost::json::object;
using sandbox::ProgramFile;

// Nothing unpacks one, and as text it would not be what it was.
bool IsArchive(std::string_view name) {
  constexpr std::array<std::string_view, 10> kEndings = {
      ".zip", ".tar", ".tgz", ".gz",  ".bz2",
      ".xz",  ".zst", ".7z",  ".rar", ".jar"};
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::any_of(
      kEndings.begin(), kEndings.end(),
      [&lower](std::string_view end) { return lower.ends_with(end); });
}

ParamResult<ProgramFile> FileOf(const boost::json::value& value,
                                std::span<const std::string_view> taken) {
  const object* file = value.if_object();
  if (file == nullptr) return ParamError("", "must be an object");
  if (file->contains("base64")) {
    return ParamError("/base64", "is not taken here: \"content\" is the text");
  }
  if (auto error = UnknownKey(*file, {"name", "content"})) return *error;
  auto name = StringParam(*file, "name");
  if (!name) return name.error();
  if (std::find(taken.begin(), taken.end(), *name) != taken.end()) {
    return ParamError("/name", kNameIsTaken);
  }
  if (IsArchive(*name)) {
    return ParamError("/name", "is an archive's: list the files in it instead");
  }
  auto content = StringParam(*file, "content");
  if (!content) return content.error();
  return ProgramFile{.name = *std::move(name), .content = *std::move(content)};
}

}  // namespace

ParamResult<std::vector<ProgramFile>> ProgramFilesOf(
    const boost::json::value& value, std::span<const std::string_view> taken) {
  const array* items = value.if_array();
  if (items == nullptr || items->empty() || items->size() > kMaxProgramFiles) {
    return ParamError("", "must be an array of 1 to " +
                              std::to_string(kMaxProgramFiles) + " files");
  }
  std::vector<ProgramFile> files;
  for (std::size_t i = 0; i < items->size(); ++i) {
    auto file = FileOf((*items)[i], taken);
    if (!file) return Below("/" + std::to_string(i), file.error());
    files.push_back(*std::move(file));
  }
  if (sandbox::TotalBytes(files) >
      static_cast<std::int64_t>(kMaxProgramBytes)) {
    return ParamError("", "must be of at most " +
                              std::to_string(kMaxProgramBytes) + " bytes");
  }
  return files;
}

object ProgramFilesSchema() {
  const object text = {{"type", "string"}, {"maxLength", kMaxProgramBytes}};
  return {{"type", "array"},
          {"minItems", 1},
          {"maxItems", kMaxProgramFiles},
          {"items",
           ClosedSchema({{"name", {{"type", "string"}}}, {"content", text}},
                        {"name", "content"})}};
}

}  // namespace rewards
