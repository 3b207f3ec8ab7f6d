#include "rewards/plugin/plugin_command.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace rewards::plugin {
namespace {

namespace fs = std::filesystem;

bool IsName(std::string_view name) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= kMostPluginName &&
         letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

bool IsFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

std::string Absolute(const std::string& path) {
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal().string();
}

// `program` by an absolute path, or empty where there is none.
std::string FindProgram(const std::string& program) {
  if (program.find('/') != std::string::npos) {
    return IsFile(program) ? Absolute(program) : "";
  }
  std::string_view path = kSystemPath;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(':'), path.size());
    std::string candidate = std::string(path.substr(0, end)) + "/" + program;
    if (IsFile(candidate)) return candidate;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return "";
}

// The program that jails another, beside the one that runs.
std::string JailProgram() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored)
      .replace_filename("assay-jail")
      .string();
}

// What every jail holds anyhow.
bool IsInSystem(const fs::path& folder) {
  const std::string text = folder.string() + "/";
  return text.starts_with("/usr/") || text.starts_with("/bin/") ||
         text.starts_with("/lib/") || text.starts_with("/lib64/");
}

// The folder that `file` needs to be read: its own, and for the interpreter of
// a virtual environment of Python all of that.
fs::path FolderOf(const fs::path& file) {
  const fs::path folder = file.parent_path();
  const bool environment =
      folder.filename() == "bin" && IsFile(folder.parent_path() / "pyvenv.cfg");
  return environment ? folder.parent_path() : folder;
}

std::vector<std::string> JailArguments(const PluginOptions& options,
                                       const std::vector<fs::path>& files) {
  std::vector<std::string> folders = options.folders;
  for (const fs::path& file : files) {
    const fs::path folder = FolderOf(file);
    if (!IsInSystem(folder)) folders.push_back(folder.string());
  }
  std::sort(folders.begin(), folders.end());
  folders.erase(std::unique(folders.begin(), folders.end()), folders.end());
  std::vector<std::string> arguments;
  for (const std::string& folder : folders) {
    arguments.insert(arguments.end(), {"--ro", folder});
  }
  arguments.insert(arguments.end(),
                   {"--memory", std::to_string(options.memory_bytes),
                    "--processes", std::to_string(options.processes), "--"});
  return arguments;
}

}  // namespace

std::string OptionsProblem(const PluginOptions& options) {
  using std::chrono::milliseconds;
  if (!IsName(options.name)) {
    return "name: must be of a-z, 0-9, _ and -, begin with a letter, and have "
           "at most " +
           std::to_string(kMostPluginName) + " bytes";
  }
  if (options.command.empty() || options.command[0].empty()) {
    return "command: must name a program";
  }
  for (const std::string& word : options.command) {
    if (word.find('\0') != std::string::npos) return "command: holds a NUL";
  }
  if (options.pool < 1 || options.pool > kMostPool) {
    return "pool: must be from 1 to " + std::to_string(kMostPool);
  }
  if (options.start_timeout <= milliseconds(0)) {
    return "start_timeout: must be more than 0 ms";
  }
  if (options.deadline <= milliseconds(0)) {
    return "deadline: must be more than 0 ms";
  }
  for (const std::string& folder : options.folders) {
    if (!folder.starts_with('/') || folder == "/") {
      return "folders: must be absolute paths, and not /";
    }
  }
  return "";
}

std::string ResolveCommand(const PluginOptions& options,
                           PluginCommand& command) {
  const std::string program = FindProgram(options.command[0]);
  if (program.empty()) {
    return "command: there is no program " + options.command[0];
  }
  if (access(program.c_str(), X_OK) != 0) {
    return "command: " + program + " may not be executed";
  }
  std::vector<fs::path> files = {program};
  std::vector<std::string> arguments(options.command.begin() + 1,
                                     options.command.end());
  for (std::string& argument : arguments) {
    if (argument.starts_with('-') || !IsFile(argument)) continue;
    argument = Absolute(argument);
    files.emplace_back(argument);
    break;
  }
  command = {program, std::move(arguments), options.jailed};
  if (!options.jailed) return "";
  command.program = JailProgram();
  if (access(command.program.c_str(), X_OK) != 0) {
    return "there is no " + command.program +
           " to jail it with; install it, or declare jailed = false";
  }
  std::vector<std::string> wrapped = JailArguments(options, files);
  wrapped.push_back(program);
  wrapped.insert(wrapped.end(), command.arguments.begin(),
                 command.arguments.end());
  command.arguments = std::move(wrapped);
  return "";
}

}  // namespace rewards::plugin
