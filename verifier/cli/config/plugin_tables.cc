#include "verifier/cli/config/plugin_tables.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "verifier/cli/terminal.h"
#include "verifier/protocol/json_text.h"

namespace verifier::cli::config {
namespace {

constexpr std::uint64_t kDay = 86'400'000;

constexpr std::array<PluginKey, 5> kPluginKeys = {{
    {"command", "an array of strings, the program first",
     R"(["/usr/bin/python3", "/opt/checkers/units.py"])",
     "the program and its arguments, never a shell; a program without a slash "
     "is looked up in PATH"},
    {"pool", "a whole number from 1 to 256 (processes)", "1",
     "processes kept running, each with one item in its hands at a time"},
    {"start_timeout_ms", "milliseconds from 1 to 86400000, as 4000 or \"4s\"",
     "\"10s\"", "for its first line after a start"},
    {"deadline_ms", "milliseconds from 1 to 86400000, as 4000 or \"4s\"",
     "\"5s\"", "for one item; past it the process is killed and started again"},
    {"jailed", "true or false", "true",
     "in a jail of its own; false: as the user of assayd, with all it may do"},
}};

constexpr Key kPool{"plugins", "pool", "",        Kind::kCount, "processes",
                    nullptr,   1,      kMostPool, true,         ""};
constexpr Key kTime{"plugins", "",   "", Kind::kMilliseconds, "", nullptr, 1,
                    kDay,      true, ""};

std::vector<std::string_view> KeyNames() {
  std::vector<std::string_view> names;
  for (const PluginKey& key : kPluginKeys) names.push_back(key.name);
  return names;
}

std::string Joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
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

std::string PutTime(const Given& given, std::chrono::milliseconds& time) {
  std::uint64_t number = 0;
  std::string wrong = ReadNumber(kTime, given, number);
  if (wrong.empty()) time = std::chrono::milliseconds(number);
  return wrong;
}

std::string PutKey(std::string_view key, const Given& given,
                   PluginOptions& plugin) {
  if (key == "command") return PutCommand(given, plugin.command);
  if (key == "start_timeout_ms") return PutTime(given, plugin.start_timeout);
  if (key == "deadline_ms") return PutTime(given, plugin.deadline);
  if (key == "pool") {
    std::uint64_t number = 0;
    std::string wrong = ReadNumber(kPool, given, number);
    if (wrong.empty()) plugin.pool = static_cast<std::size_t>(number);
    return wrong;
  }
  if (given.type != Given::Type::kBoolean) {
    return "expected true or false, got " + Shown(given);
  }
  plugin.jailed = given.boolean;
  return {};
}

}  // namespace

std::span<const PluginKey> PluginKeys() noexcept { return kPluginKeys; }

std::string PluginToml(std::string_view key, const PluginOptions& plugin) {
  if (key == "pool") return std::to_string(plugin.pool);
  if (key == "jailed") return plugin.jailed ? "true" : "false";
  if (key == "start_timeout_ms") {
    return std::to_string(plugin.start_timeout.count());
  }
  if (key == "deadline_ms") return std::to_string(plugin.deadline.count());
  std::string text;
  for (const std::string& word : plugin.command) {
    // A JSON string is a TOML string, but for one character.
    std::string quoted = protocol::JsonText(boost::json::value(word));
    for (auto at = quoted.find('\x7f'); at != std::string::npos;
         at = quoted.find('\x7f', at)) {
      quoted.replace(at, 1, "\\u007F");
    }
    text += (text.empty() ? "" : ", ") + quoted;
  }
  return '[' + text + ']';
}

std::string PluginTables::NameProblem(const std::string& name) const {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  if (name.empty() || name.size() > kPluginNameBytes || name[0] < 'a' ||
      name[0] > 'z' || !std::all_of(name.begin(), name.end(), is_good)) {
    return "is no name of a checker: expected a letter a-z, then up to " +
           std::to_string(kPluginNameBytes - 1) +
           " letters a-z, digits, _ and -";
  }
  if (std::find(taken_.begin(), taken_.end(), name) != taken_.end()) {
    return "is the name of a built-in checker";
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
  const std::string problem = NameProblem(table.name);
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
    return errors.Add(node.key, "unknown key plugins." + Printable(path, 160) +
                                    DidYouMean(node.name, names) +
                                    "; allowed: " + Joined(names));
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
