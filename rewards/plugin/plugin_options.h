// PluginOptions: one external checker, as an operator declares it. Plain
// values; any thread.

#ifndef REWARDS_PLUGIN_PLUGIN_OPTIONS_H_
#define REWARDS_PLUGIN_PLUGIN_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rewards::plugin {

inline constexpr const char* kSystemPath = "/usr/local/bin:/usr/bin:/bin";

// Most processes of one plugin, and bytes of its name.
inline constexpr std::size_t kMostPool = 64;
inline constexpr std::size_t kMostPluginName = 64;

struct PluginOptions {
  // Wire name of the checker: [a-z][a-z0-9_-]*, up to 64 bytes, not one of the
  // built-in ones.
  std::string name{};

  // The program and its arguments, without a shell. A program without a slash
  // is looked up in /usr/local/bin, /usr/bin and /bin (kSystemPath). The first
  // argument that names a file, e.g. the script of an interpreter, is handed
  // over by its absolute path; any other as it is.
  std::vector<std::string> command{};

  // Processes kept running, each with one item in its hands at a time. 1 to
  // kMostPool.
  std::size_t pool = 1;

  // For the schema line after a start; then for one item, within the item's own
  // deadline. Past it the process is killed and started again.
  std::chrono::milliseconds start_timeout{10'000};
  std::chrono::milliseconds deadline{5'000};

  // Runs in a jail of its own (assay-jail): no network, and no files but the
  // system's, those beside the program and its script, and `folders`, read
  // only. False: as this user, with all it may do.
  bool jailed = true;

  // What the rest means to a jailed one. Further folders to read, by absolute
  // paths; memory of one process; processes at once (1: it cannot fork).
  std::vector<std::string> folders{};
  std::int64_t memory_bytes = std::int64_t{512} << 20;
  int processes = 1;
};

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_OPTIONS_H_
