#include "verifier/cli/config/show.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <cstddef>

#include "verifier/cli/config/keys.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

namespace json = boost::json;

constexpr std::size_t kOriginColumn = 40;
constexpr std::size_t kWidth = 78;

bool Wants(std::string_view section, std::string_view one) {
  return section.empty() || section == one;
}

bool IsText(const Key& key) {
  return key.kind == Kind::kWord || key.kind == Kind::kAddress;
}

std::string KindName(Kind kind) {
  switch (kind) {
    case Kind::kCount:
      return "count";
    case Kind::kBytes:
      return "bytes";
    case Kind::kMilliseconds:
      return "milliseconds";
    case Kind::kWord:
      return "word";
    case Kind::kAddress:
      return "address";
  }
  return "";
}

// `text` in lines of at most kWidth characters that begin with `before`.
std::string Wrapped(std::string_view text, const std::string& before) {
  std::string lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    if (!line.empty() &&
        before.size() + line.size() + 1 + word.size() > kWidth) {
      lines += before + line + '\n';
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return lines + before + line + '\n';
}

void AddLine(std::string& text, std::string line, const std::string& origin) {
  if (!origin.empty()) {
    if (line.size() < kOriginColumn) line.resize(kOriginColumn, ' ');
    line += "  # " + origin;
  }
  text += line + '\n';
}

json::value ValueJson(const Key& key, const Settings& settings) {
  if (IsText(key)) return json::value(TextOf(key, settings));
  return json::value(NumberOf(key, settings));
}

// Where a plugin's key comes from.
std::string OriginOf(const Loaded& loaded, const PluginOptions& plugin,
                     std::string_view key) {
  const auto found =
      loaded.plugin_origins.find(plugin.name + '.' + std::string(key));
  return found == loaded.plugin_origins.end() ? "default" : found->second;
}

json::value WithOrigin(json::value value, const std::string& origin,
                       bool origins) {
  if (!origins) return value;
  return json::object{{"value", std::move(value)}, {"origin", origin}};
}

// "flag --limit-items, variable ASSAY_LIMIT_ITEMS, changes on SIGHUP".
std::string Ways(const Key& key) {
  return "flag " + std::string(key.flag) + ", variable " + VariableOf(key) +
         (key.reloads ? ", changes on SIGHUP" : ", takes a restart");
}

constexpr std::string_view kHead =
    "# The configuration of assayd: every key, at its default. Made by\n"
    "#   assay config schema --toml\n"
    "#\n"
    "# Read from --config FILE (again and again: later files win), else from\n"
    "# the file that ASSAY_CONFIG names, else from /etc/assay/assayd.toml. A\n"
    "# flag wins over a variable, a variable over a file. Sizes are bytes or\n"
    "# \"64K\", \"256M\", \"1G\"; times milliseconds or \"250ms\", \"4s\", "
    "\"10m\".\n"
    "# assayd --check-config says whether all of it is good.\n";

constexpr std::string_view kPluginsHelp =
    "Checkers of your own, each a program that is asked by lines of JSON. NAME "
    "is the checker's name in items: a letter a-z, then letters, digits, _ and "
    "-. Files are the only source of plugins; they change on SIGHUP.";

}  // namespace

std::string EffectiveToml(const Loaded& loaded, bool origins) {
  std::string text;
  std::string_view section;
  for (std::size_t i = 0; i < Keys().size(); ++i) {
    const Key& key = Keys()[i];
    if (key.section != section) {
      text +=
          (section.empty() ? "[" : "\n[") + std::string(key.section) + "]\n";
      section = key.section;
    }
    AddLine(text, std::string(key.name) + " = " + TomlOf(key, loaded.settings),
            origins ? loaded.origins[i] : "");
  }
  for (const PluginOptions& plugin : loaded.settings.plugins) {
    text += "\n[plugins." + plugin.name + "]\n";
    for (const PluginKey& key : PluginKeys()) {
      AddLine(text,
              std::string(key.name) + " = " + PluginToml(key.name, plugin),
              origins ? OriginOf(loaded, plugin, key.name) : "");
    }
  }
  return text;
}

json::object EffectiveJson(const Loaded& loaded, bool origins) {
  json::object all;
  for (std::size_t i = 0; i < Keys().size(); ++i) {
    const Key& key = Keys()[i];
    if (!all.contains(key.section)) all[key.section].emplace_object();
    all[key.section].as_object()[key.name] =
        WithOrigin(ValueJson(key, loaded.settings), loaded.origins[i], origins);
  }
  json::object& plugins = all[kPlugins].emplace_object();
  for (const PluginOptions& plugin : loaded.settings.plugins) {
    json::object& one = plugins[plugin.name].emplace_object();
    for (const PluginKey& key : PluginKeys()) {
      one[key.name] = WithOrigin(PluginJson(key.name, plugin),
                                 OriginOf(loaded, plugin, key.name), origins);
    }
  }
  return all;
}

std::string Tally(const Loaded& loaded) {
  std::size_t flags = 0;
  std::size_t variables = 0;
  std::size_t files = 0;
  for (const std::string& origin : loaded.origins) {
    if (origin == "default") continue;
    ++(origin.starts_with("--")       ? flags
       : origin.starts_with("ASSAY_") ? variables
                                      : files);
  }
  std::string text;
  for (const std::string& file : loaded.files) {
    text += (text.empty() ? "" : ", ") + Printable(file, 500);
  }
  return (text.empty() ? "no file" : text) +
         "; keys set: " + std::to_string(files) + " by file, " +
         std::to_string(variables) + " by variable, " + std::to_string(flags) +
         " by flag; plugins: " + std::to_string(loaded.settings.plugins.size());
}

bool IsSection(std::string_view name) {
  const auto sections = Sections();
  return name == kPlugins ||
         std::any_of(sections.begin(), sections.end(),
                     [name](const Section& one) { return one.name == name; });
}

std::string SchemaText(std::string_view section) {
  const Settings defaults;
  std::string text;
  for (const Key& key : Keys()) {
    if (!Wants(section, key.section)) continue;
    text += PathOf(key) + " = " + TomlOf(key, defaults) + '\n' +
            Wrapped(key.help, "    ") + Wrapped(AllowedText(key), "    ") +
            Wrapped(Ways(key), "    ");
  }
  if (!Wants(section, kPlugins)) return text;
  for (const PluginKey& key : PluginKeys()) {
    text += "plugins.NAME." + std::string(key.name) + " = " +
            std::string(key.example) + '\n' + Wrapped(key.help, "    ") +
            Wrapped(key.allowed, "    ");
  }
  return text;
}

json::object SchemaJson(std::string_view section) {
  const Settings defaults;
  json::object all;
  for (const Key& key : Keys()) {
    if (!Wants(section, key.section)) continue;
    json::object& one = all[PathOf(key)].emplace_object();
    one["type"] = KindName(key.kind);
    if (!key.unit.empty()) one["unit"] = key.unit;
    if (!IsText(key)) {
      one["least"] = key.least;
      one["most"] = key.most;
    }
    if (!key.words.empty()) {
      one["words"] = json::array(key.words.begin(), key.words.end());
    }
    one["default"] = ValueJson(key, defaults);
    one["flag"] = key.flag;
    one["variable"] = VariableOf(key);
    one["reloads"] = key.reloads;
    one["help"] = key.help;
  }
  if (!Wants(section, kPlugins)) return all;
  for (const PluginKey& key : PluginKeys()) {
    json::object& one =
        all["plugins.NAME." + std::string(key.name)].emplace_object();
    one["allowed"] = key.allowed;
    if (key.name != "command") one["default"] = PluginJson(key.name, {});
    one["reloads"] = true;
    one["help"] = key.help;
  }
  return all;
}

std::string SchemaToml(std::string_view section) {
  const Settings defaults;
  std::string text = section.empty() ? std::string(kHead) : "";
  for (const Section& one : Sections()) {
    if (!Wants(section, one.name)) continue;
    text += (text.empty() ? "# " : "\n# ") + std::string(one.title) + ".\n[" +
            std::string(one.name) + "]\n";
    for (const Key& key : Keys()) {
      if (key.section != one.name) continue;
      text += '\n' + Wrapped(key.help, "# ") + Wrapped(AllowedText(key), "# ") +
              Wrapped(Ways(key), "# ") + '#' + std::string(key.name) + " = " +
              TomlOf(key, defaults) + '\n';
    }
  }
  if (!Wants(section, kPlugins)) return text;
  text += (text.empty() ? "" : "\n") + Wrapped(kPluginsHelp, "# ") +
          "#[plugins.NAME]\n";
  for (const PluginKey& key : PluginKeys()) {
    text += '\n' + Wrapped(key.help, "# ") + Wrapped(key.allowed, "# ") + '#' +
            std::string(key.name) + " = " + std::string(key.example) + '\n';
  }
  return text;
}

}  // namespace verifier::cli::config
