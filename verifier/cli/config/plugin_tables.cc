#include "verifier/cli/config/plugin_tables.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <chrono>

#include "verifier/cli/terminal.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli::config {
namespace {

constexpr const char* kTimeAllowed =
    "milliseconds from 1 to 86400000, as 4000 or \"4s\"";

constexpr std::array<PluginKey, 8> kPluginKeys = {{
    {"command", "an array of strings, the program first",
     R"(["/usr/bin/python3", "/opt/checkers/units.py"])",
     "the program and its arguments, never a shell; a program without a slash "
     "is looked up in /usr/local/bin, /usr/bin and /bin",
     true},
    {"pool", "a whole number from 1 to 64 (processes)", "1",
     "processes kept running, each with one item in its hands at a time"},
    {"start_timeout_ms", kTimeAllowed, "\"10s\"",
     "for its first line after a start"},
    {"deadline_ms", kTimeAllowed, "\"5s\"",
     "for one item; past it the process is killed and started again"},
    {"jailed", "true or false", "true",
     "in a jail of its own; false: as the user of assayd, with all it may do"},
    {"folders", "an array of absolute paths, not /", "[]",
     "in its jail: folders that it may read beside the system's and its own"},
    {"memory_bytes", "bytes from 16777216 to 68719476736, as 65536 or \"64K\"",
     "\"512M\"", "in its jail: memory of one process"},
    {"processes", "a whole number from 1 to 256 (processes)", "1",
     "in its jail: processes at once; 1: it cannot fork"},
}};

// What a number of a plugin may be.
constexpr Key NumberKey(Kind kind, std::uint64_t least, std::uint64_t most) {
  return {kPlugins, "", "", kind, "processes", nullptr, least, most, true, ""};
}
constexpr Key kTime = NumberKey(Kind::kMilliseconds, 1, 86'400'000);
constexpr Key kPool = NumberKey(Kind::kCount, 1, kMostPool);
constexpr Key kProcesses = NumberKey(Kind::kCount, 1, 256);
constexpr Key kMemory =
    NumberKey(Kind::kBytes, std::uint64_t{16} << 20, std::uint64_t{64} << 30);

std::vector<std::string_view> KeyNames() {
  std::vector<std::string_view> names;
  for (const PluginKey& key : kPluginKeys) names.push_back(key.name);
  return names;
}

std::string PutCommand(const Given& given, std::vector<std::string>& command) {
  const std::string expected =
      "expected " + std::string(kPluginKeys[0].allowed) + ", got ";
  if (given.type != Given::Type::kArray) return expected + Shown(given);
  if (given.elements.empty()) return expected + "an empty array";
  if (given.elements.size() > kCommandWords) {
    return "has " + std::to_string(given.elements.size()) + " words; at most " +
           std::to_string(kCommandWords);
  }
  std::vector<std::string> words;
  for (const Given& word : given.elements) {
    if (word.type != Given::Type::kString) {
      return expected + Shown(word) + " in it";
    }
    if (word.text.find('\0') != std::string::npos) return "has a NUL in a word";
    if (word.text.size() > kCommandWordBytes) {
      return "has a word of " + std::to_string(word.text.size()) +
             " bytes; at most " + std::to_string(kCommandWordBytes);
    }
    words.push_back(word.text);
  }
  if (words[0].empty()) return "the program is an empty string";
  command = std::move(words);
  return {};
}

// `number` where `given` is one that `key` takes.
template <typename Number>
std::string PutNumber(const Key& key, const Given& given, Number& number) {
  std::uint64_t read = 0;
  std::string wrong = ReadNumber(key, given, read);
  if (wrong.empty()) number = Number(static_cast<std::int64_t>(read));
  return wrong;
}

std::string PutFolders(const Given& given, std::vector<std::string>& folders) {
  const std::string expected =
      "expected an array of absolute paths, not /, got ";
  if (given.type != Given::Type::kArray) return expected + Shown(given);
  if (given.elements.size() > kMostFolders) {
    return "has " + std::to_string(given.elements.size()) +
           " folders; at most " + std::to_string(kMostFolders);
  }
  std::vector<std::string> paths;
  for (const Given& path : given.elements) {
    const bool good = path.type == Given::Type::kString &&
                      path.text.starts_with('/') && path.text.size() > 1 &&
                      path.text.find('\0') == std::string::npos;
    if (!good) return expected + Shown(path) + " in it";
    paths.push_back(path.text);
  }
  folders = std::move(paths);
  return {};
}

std::string PutKey(std::string_view key, const Given& given,
                   PluginOptions& plugin) {
  if (key == "command") return PutCommand(given, plugin.command);
  if (key == "folders") return PutFolders(given, plugin.folders);
  if (key == "start_timeout_ms") {
    return PutNumber(kTime, given, plugin.start_timeout);
  }
  if (key == "deadline_ms") return PutNumber(kTime, given, plugin.deadline);
  if (key == "pool") return PutNumber(kPool, given, plugin.pool);
  if (key == "memory_bytes") {
    return PutNumber(kMemory, given, plugin.memory_bytes);
  }
  if (key == "processes") {
    return PutNumber(kProcesses, given, plugin.processes);
  }
  if (given.type != Given::Type::kBoolean) {
    return "expected true or false, got " + Shown(given);
  }
  plugin.jailed = given.boolean;
  return {};
}

}  // namespace

std::span<const PluginKey> PluginKeys() noexcept { return kPluginKeys; }

namespace {

std::string KeyToml(std::string_view key) {
  constexpr std::string_view kBare =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  const bool bare =
      !key.empty() && key.find_first_not_of(kBare) == std::string_view::npos;
  return bare ? std::string(key) : ValueToml(boost::json::value(key));
}

}  // namespace

std::string ValueToml(const boost::json::value& value) {
  std::string text;
  if (value.is_array()) {
    for (const auto& one : value.get_array()) {
      text += (text.empty() ? "" : ", ") + ValueToml(one);
    }
    return "[" + text + "]";
  }
  if (value.is_object()) {
    for (const auto& one : value.get_object()) {
      text += (text.empty() ? "" : ", ") + KeyToml(one.key()) + " = " +
              ValueToml(one.value());
    }
    return "{" + text + "}";
  }
  // The rest of JSON is TOML, but for one character.
  text = protocol::JsonText(value);
  for (auto at = text.find('\x7f'); at != std::string::npos;
       at = text.find('\x7f', at)) {
    text.replace(at, 1, "\\u007F");
  }
  return text;
}

boost::json::value PluginJson(std::string_view key,
                              const PluginOptions& plugin) {
  if (key == "pool") return plugin.pool;
  if (key == "jailed") return plugin.jailed;
  if (key == "start_timeout_ms") return plugin.start_timeout.count();
  if (key == "deadline_ms") return plugin.deadline.count();
  if (key == "memory_bytes") return plugin.memory_bytes;
  if (key == "processes") return plugin.processes;
  const auto& words = key == "folders" ? plugin.folders : plugin.command;
  return boost::json::array(words.begin(), words.end());
}

bool SamePlugins(const std::vector<PluginOptions>& a,
                 const std::vector<PluginOptions>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const PluginOptions& one, const PluginOptions& other) {
                      return one.name == other.name &&
                             std::all_of(kPluginKeys.begin(), kPluginKeys.end(),
                                         [&](const PluginKey& key) {
                                           return PluginJson(key.name, one) ==
                                                  PluginJson(key.name, other);
                                         });
                    });
}

std::string CheckerNameProblem(const std::string& name,
                               const std::vector<std::string>& taken,
                               const std::string& what) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  if (name.empty() || name.size() > kPluginNameBytes || name[0] < 'a' ||
      name[0] > 'z' || !std::all_of(name.begin(), name.end(), is_good)) {
    return "is no name of a " + what + ": expected a letter a-z, then up to " +
           std::to_string(kPluginNameBytes - 1) +
           " letters a-z, digits, _ and -";
  }
  if (std::find(taken.begin(), taken.end(), name) != taken.end()) {
    return "is the name of a built-in " + what;
  }
  return {};
}

void PluginTables::Read(const Node& plugins, ErrorList& errors) {
  if (!plugins.is_table) {
    return errors.Add(plugins.value,
                      "plugins: expected tables "
                      "[plugins.NAME], got " +
                          Shown(plugins.given));
  }
  for (const Node& table : plugins.members) ReadOne(table, errors);
}

void PluginTables::ReadOne(const Node& table, ErrorList& errors) {
  const std::string shown = "plugins." + Printable(table.name, 80);
  if (!table.is_table) {
    return errors.Add(table.value, shown +
                                       ": expected a table [plugins.NAME]"
                                       ", got " +
                                       Shown(table.given));
  }
  const std::string problem = CheckerNameProblem(table.name, taken_);
  if (!problem.empty()) return errors.Add(table.key, shown + ": " + problem);
  PluginOptions& plugin = plugins_[table.name];
  plugin.name = table.name;
  first_.emplace(table.name, errors.TextOf(table.key));
  for (const Node& node : table.members) ReadKey(node, plugin, errors);
}

void PluginTables::ReadKey(const Node& node, PluginOptions& plugin,
                           ErrorList& errors) {
  const std::string path = plugin.name + "." + node.name;
  const std::vector<std::string_view> names = KeyNames();
  if (std::find(names.begin(), names.end(), node.name) == names.end()) {
    return errors.Add(node.key,
                      UnknownKey("plugins." + plugin.name, node.name, names));
  }
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  // Named at once, so that a wrong command is not called a missing one, too.
  origins_[path] = errors.TextOf(node.value);
  const std::string wrong = PutKey(node.name, given, plugin);
  if (!wrong.empty()) errors.Add(node.value, "plugins." + path + ": " + wrong);
}

std::vector<PluginOptions> PluginTables::Finish(ErrorList& errors) {
  std::vector<PluginOptions> list;
  for (auto& [name, plugin] : plugins_) {
    if (!origins_.contains(name + ".command")) {
      errors.Add(first_[name], "plugins." + name + " has no command");
    }
    list.push_back(std::move(plugin));
  }
  if (list.size() > kMostPlugins) {
    errors.Add(std::string(kPlugins), std::to_string(list.size()) +
                                          " plugins; at most " +
                                          std::to_string(kMostPlugins));
  }
  return list;
}

}  // namespace verifier::cli::config
