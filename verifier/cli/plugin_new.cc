#include "verifier/cli/plugin_new.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "verifier/cli/command_line.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/plugin_templates.h"
#include "verifier/engine/built_in.h"

namespace verifier::cli {
namespace {

constexpr const char* kNext =
    "wrote {file}\n"
    "It works as it is (at most `most` words); make it yours. Then:\n"
    "\n"
    "{build}"
    "  assay plugin test -- {command}\n"
    "\n"
    "and declare it in the configuration of assayd:\n"
    "\n"
    "  [plugins.{name}]\n"
    "  command = [{words}]\n"
    "\n"
    "Items ask for it with {{\"checker\": \"{name}\", \"most\": 50}}.\n";

std::string Named(std::string_view text, const std::string& name) {
  std::string named;
  while (!text.empty()) {
    const std::size_t at = text.find(kTemplateName);
    named += text.substr(0, at);
    if (at == std::string_view::npos) break;
    named += name;
    text.remove_prefix(at + kTemplateName.size());
  }
  return named;
}

// Returns 0, or errno. A file that is there stays as it is.
int WriteNewFile(const std::string& path, std::string_view text) {
  const int fd =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) return errno;
  int error = WriteAll(fd, text);
  if (close(fd) != 0 && error == 0) error = errno;
  if (error != 0) unlink(path.c_str());
  return error;
}

}  // namespace

int WriteNewPlugin(const NewPlugin& plugin) {
  engine::PluginOptions options;
  options.name = plugin.name;
  options.command = {"x"};
  const std::string problem = engine::PluginProblem(options);
  if (!problem.empty()) {
    Complain(Printable(plugin.name, 60) + ": " + problem);
    return kExitUsage;
  }
  const bool python = plugin.language == "python";
  std::error_code error;
  const std::filesystem::path folder =
      std::filesystem::absolute(plugin.folder, error).lexically_normal();
  const std::string stem = (folder / plugin.name).string();
  const std::string file = stem + (python ? ".py" : ".cc");
  const int failure = WriteNewFile(
      file, Named(python ? kPythonPlugin : kCxxPlugin, plugin.name));
  if (failure != 0) {
    Complain("cannot write " + Printable(file, 300) + ": " +
             std::strerror(failure));
    return failure == ENOSPC ? kExitResources : kExitUsage;
  }
  const std::string build =
      python ? ""
             : fmt::format("  g++ -std=c++20 -O2 {} -o {} -lboost_json\n", file,
                           stem);
  return Print(
      fmt::format(kNext, fmt::arg("file", file), fmt::arg("build", build),
                  fmt::arg("command", python ? "python3 " + file : stem),
                  fmt::arg("name", plugin.name),
                  fmt::arg("words", python ? "\"python3\", \"" + file + "\""
                                           : "\"" + stem + "\"")),
      kExitOk);
}

}  // namespace verifier::cli
