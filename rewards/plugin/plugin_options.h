// PluginOptions: one external checker, as an operator declares it. Plain values;
// any thread.

#ifndef REWARDS_PLUGIN_PLUGIN_OPTIONS_H_
#define REWARDS_PLUGIN_PLUGIN_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace rewards::plugin {

struct PluginOptions {
  // Wire name of the checker: [a-z][a-z0-9_-]*, up to 64 bytes, not one of the
  // built-in ones.
  std::string name{};

  // The program and its arguments; a program without a slash is looked up in
  // PATH once, at the start. Never a shell.
  std::vector<std::string> command{};

  // Processes kept running, each with one item in its hands at a time.
  std::size_t pool = 1;

  // For the schema line after a start; then for one item, within the item's own
  // deadline. Past it the process is killed and started again.
  std::chrono::milliseconds start_timeout{10'000};
  std::chrono::milliseconds deadline{5'000};

  // Runs in a jail of its own (no network, no files but the system's and
  // `command`'s folder, read only). False: as this user, with all it may do.
  bool jailed = true;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_OPTIONS_H_
