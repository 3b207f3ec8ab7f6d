// PluginCommand: what is executed for a plugin. A plain value; any thread.

#ifndef REWARDS_PLUGIN_PLUGIN_COMMAND_H_
#define REWARDS_PLUGIN_PLUGIN_COMMAND_H_

#include <string>
#include <vector>

#include "rewards/plugin/plugin_options.h"

namespace rewards::plugin {

struct PluginCommand {
  std::string program{};  // an absolute path
  std::vector<std::string> arguments{};
  bool jailed = true;  // `program` is assay-jail
};

// What is wrong with `options`, with the name of the field, or empty. Reads
// nothing but `options`.
[[nodiscard]] std::string OptionsProblem(const PluginOptions& options);

// Finds the program and its script, now, and wraps them in assay-jail, which
// lies beside the program that runs. Returns what is missing, or empty, with
// `command` set. Requires: OptionsProblem is empty.
[[nodiscard]] std::string ResolveCommand(const PluginOptions& options,
                                         PluginCommand& command);

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_COMMAND_H_
