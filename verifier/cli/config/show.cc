#include "verifier/cli/config/show.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

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

// Where a key of a declaration comes from.
std::string OriginOf(const std::map<std::string, std::string>& origins,
                     const std::string& path) {
  const auto found = origins.find(path);
  return found == origins.end() ? "default" : found->second;
}

// A name as a key of TOML: some languages have one that must be quoted.
std::string NameToml(const std::string& name) {
  constexpr std::string_view kQuoted = "+#.";
  const bool quoted = name.find_first_of(kQuoted) != std::string::npos;
  return quoted ? '"' + name + '"' : name;
}

// A table that declares something, with the value and origin of every key.
struct Declaration {
  std::string_view section;
  std::string name;
  std::vector<std::pair<std::string_view, json::value>> values{};
  std::vector<std::string> origins{};
};

std::vector<Declaration> Declarations(const Loaded& loaded) {
  std::vector<Declaration> all;
  for (const PluginOptions& plugin : loaded.settings.plugins) {
    Declaration& one = all.emplace_back(Declaration{kPlugins, plugin.name});
    for (const PluginKey& key : PluginKeys()) {
      one.values.emplace_back(key.name, PluginJson(key.name, plugin));
      one.origins.push_back(OriginOf(
          loaded.plugin_origins, plugin.name + '.' + std::string(key.name)));
    }
  }
  for (const RemoteOptions& remote : loaded.settings.remotes) {
    Declaration& one =
        all.emplace_back(Declaration{SectionOf(remote.kind), remote.name});
    for (const PluginKey& key : RemoteKeys(remote.kind)) {
      one.values.emplace_back(key.name, RemoteJson(key.name, remote));
      one.origins.push_back(OriginOf(
          loaded.remote_origins, std::string(one.section) + '.' + remote.name +
                                     '.' + std::string(key.name)));
    }
  }
  for (const Template& tmpl : loaded.settings.templates) {
    Declaration& one = all.emplace_back(Declaration{kTemplates, tmpl.name});
    for (const PluginKey& key : TemplateKeys()) {
      one.values.emplace_back(key.name, TemplateJson(key.name, tmpl));
      one.origins.push_back(OriginOf(loaded.template_origins,
                                     tmpl.name + '.' + std::string(key.name)));
    }
  }
  for (const Profile& profile : loaded.settings.profiles) {
    Declaration& one = all.emplace_back(Declaration{kProfiles, profile.name});
    for (const PluginKey& key : ProfileKeys()) {
      one.values.emplace_back(key.name, ProfileJson(key.name, profile));
      one.origins.push_back(OriginOf(
          loaded.profile_origins, profile.name + '.' + std::string(key.name)));
    }
  }
  for (const Language& language : loaded.settings.languages) {
    Declaration& one =
        all.emplace_back(Declaration{kLanguages, language.name()});
    for (const PluginKey& key : LanguageTableKeys()) {
      one.values.emplace_back(key.name, LanguageJson(key.name, language));
      one.origins.push_back(
          OriginOf(loaded.language_origins,
                   language.name() + '.' + std::string(key.name)));
    }
  }
  return all;
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

// A section of tables [SECTION.NAME], each a checker, a template or a profile.
struct DeclaredSection {
  std::string_view name;
  std::string_view help;
  std::span<const PluginKey> keys;
  json::value (*default_of)(std::string_view key);
};

template <RemoteKind kKind>
json::value RemoteDefault(std::string_view key) {
  return RemoteJson(key, {.kind = kKind});
}

std::array<DeclaredSection, 6> DeclaredSections() {
  return {
      {{kPlugins,
        "Checkers of your own, each a program that is asked by lines of JSON. "
        "NAME is the checker's name in items: a letter a-z, then letters, "
        "digits, _ and -. Files are the only source of plugins; they change on "
        "SIGHUP.",
        PluginKeys(), [](std::string_view key) { return PluginJson(key, {}); }},
       {SectionOf(RemoteKind::kHttp),
        "Checkers that are servers elsewhere, asked by HTTP as plugins are by "
        "lines. NAME as above; they change on SIGHUP.",
        RemoteKeys(RemoteKind::kHttp), RemoteDefault<RemoteKind::kHttp>},
       {SectionOf(RemoteKind::kJudge),
        "Checkers that are language models behind an OpenAI-compatible server. "
        "NAME as above; they change on SIGHUP.",
        RemoteKeys(RemoteKind::kJudge), RemoteDefault<RemoteKind::kJudge>},
       {kTemplates,
        "Think-tag templates of your own. NAME is what an item says as its "
        "\"template\", as above; they change on SIGHUP.",
        TemplateKeys(),
        [](std::string_view key) { return TemplateJson(key, {}); }},
       {kProfiles,
        "Checks composed under a name. NAME is what an item says as its "
        "\"profile\", as above; they change on SIGHUP.",
        ProfileKeys(),
        [](std::string_view key) { return ProfileJson(key, {}); }},
       {kLanguages,
        "Languages of programs. NAME is what a request says as its "
        "\"language\", of a-z, 0-9, + # - _ and .; a built-in one of that "
        "name is changed key by key. They change on SIGHUP, but for folders, "
        "which take a restart.",
        LanguageTableKeys(), [](std::string_view key) {
          return LanguageJson(key, engine::EmptyLanguage("name"));
        }}}};
}

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
  for (const Declaration& one : Declarations(loaded)) {
    text += "\n[" + std::string(one.section) + "." + NameToml(one.name) + "]\n";
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      const auto& [key, value] = one.values[i];
      AddLine(text, std::string(key) + " = " + ValueToml(value),
              origins ? one.origins[i] : "");
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
  for (const DeclaredSection& section : DeclaredSections()) {
    all[section.name].emplace_object();
  }
  for (const Declaration& one : Declarations(loaded)) {
    json::object& table =
        all[one.section].as_object()[one.name].emplace_object();
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      const auto& [key, value] = one.values[i];
      table[key] = WithOrigin(value, one.origins[i], origins);
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
         " by flag; plugins: " +
         std::to_string(loaded.settings.plugins.size()) +
         (loaded.settings.remotes.empty()
              ? ""
              : ", servers: " +
                    std::to_string(loaded.settings.remotes.size())) +
         (loaded.settings.templates.empty()
              ? ""
              : ", templates: " +
                    std::to_string(loaded.settings.templates.size())) +
         (loaded.settings.profiles.empty()
              ? ""
              : ", profiles: " +
                    std::to_string(loaded.settings.profiles.size())) +
         (loaded.settings.languages.empty()
              ? ""
              : ", languages: " +
                    std::to_string(loaded.settings.languages.size()));
}

bool IsSection(std::string_view name) {
  const auto sections = Sections();
  const auto declared = DeclaredSections();
  return std::any_of(declared.begin(), declared.end(),
                     [name](const auto& one) { return one.name == name; }) ||
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
  for (const DeclaredSection& one : DeclaredSections()) {
    if (!Wants(section, one.name)) continue;
    for (const PluginKey& key : one.keys) {
      text += std::string(one.name) + ".NAME." + std::string(key.name) + " = " +
              std::string(key.example) + '\n' + Wrapped(key.help, "    ") +
              Wrapped(key.allowed, "    ");
    }
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
  for (const DeclaredSection& declared : DeclaredSections()) {
    if (!Wants(section, declared.name)) continue;
    for (const PluginKey& key : declared.keys) {
      json::object& one =
          all[std::string(declared.name) + ".NAME." + std::string(key.name)]
              .emplace_object();
      one["allowed"] = key.allowed;
      if (!key.required) one["default"] = declared.default_of(key.name);
      one["reloads"] = true;
      one["help"] = key.help;
    }
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
  for (const DeclaredSection& one : DeclaredSections()) {
    if (!Wants(section, one.name)) continue;
    text += (text.empty() ? "" : "\n") + Wrapped(one.help, "# ") + "#[" +
            std::string(one.name) + ".NAME]\n";
    for (const PluginKey& key : one.keys) {
      text += '\n' + Wrapped(key.help, "# ") + Wrapped(key.allowed, "# ") +
              '#' + std::string(key.name) + " = " + std::string(key.example) +
              '\n';
    }
  }
  return text;
}

}  // namespace verifier::cli::config
