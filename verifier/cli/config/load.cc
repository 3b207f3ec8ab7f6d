#include "verifier/cli/config/load.h"

#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>

#include "verifier/cli/config/document.h"
#include "verifier/cli/config/given.h"
#include "verifier/cli/config/keys.h"
#include "verifier/cli/config/variables.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

constexpr std::string_view kPrefix = "ASSAY_";
constexpr const char* kConfigVariable = "ASSAY_CONFIG";

std::vector<std::string_view> SectionNames() {
  std::vector<std::string_view> names;
  for (const Section& section : Sections()) names.push_back(section.name);
  names.push_back(kPlugins);
  names.push_back(SectionOf(RemoteKind::kHttp));
  names.push_back(SectionOf(RemoteKind::kJudge));
  names.push_back(kTemplates);
  names.push_back(kProfiles);
  names.push_back(kLanguages);
  return names;
}

std::vector<std::string_view> KeyNames(std::string_view section) {
  std::vector<std::string_view> names;
  for (const Key& key : Keys()) {
    if (key.section == section) names.push_back(key.name);
  }
  return names;
}

// "; did you mean SECTION.KEY?" for a key that stands in another section.
std::string ElsewhereOr(std::string_view name, const std::string& otherwise) {
  for (const Key& key : Keys()) {
    if (key.name == name) return "; did you mean " + PathOf(key) + '?';
  }
  return otherwise;
}

// The merge of one Load.
class Merge {
 public:
  Merge()
      : plugins_(engine::BuiltInNames()),
        http_(RemoteKind::kHttp, engine::BuiltInNames()),
        judges_(RemoteKind::kJudge, engine::BuiltInNames()) {
    loaded_.origins.assign(Keys().size(), "default");
  }

  void File(const std::string& path) {
    if (path.empty()) {
      return errors_.Add(kConfigVariable, "the name of the file is empty");
    }
    errors_.StartFile(path);
    Node root;
    const FileError error = ReadDocument(path, root);
    if (!error.what.empty()) return errors_.Add(error.place, error.what);
    loaded_.files.push_back(path);
    for (const Node& node : root.members) ReadSection(node);
  }

  void Variable(const NameAndText& variable) {
    const auto& [name, text] = variable;
    const std::string shown = Printable(name, 100);
    if (const Key* key = KeyOfVariable(name)) {
      Set(*key, {Given::Type::kText, text}, shown, "");
    } else if (!IsOfOthers(name)) {
      errors_.Add(shown, UnknownVariable(name));
    }
  }

  void Flag(const NameAndText& flag) {
    for (const Key& key : Keys()) {
      if (key.flag == flag.first) {
        Set(key, {Given::Type::kText, flag.second}, flag.first, "");
      }
    }
  }

  void EndFiles() {
    errors_.EndFiles();
    loaded_.settings.plugins = plugins_.Finish(errors_);
    loaded_.plugin_origins = plugins_.TakeOrigins();
    for (RemoteTables* tables : {&http_, &judges_}) AddRemotes(*tables);
    AddTemplatesAndProfiles();
    loaded_.settings.languages = languages_.Finish(errors_);
    loaded_.language_origins = languages_.origins();
  }

  LoadResult Finish() {
    if (errors_.empty()) {
      Together("limit", "held_bytes", "limit", "body_bytes",
               "the largest body could never be read");
      Together("limit", "queue_items", "limit", "items",
               "the largest request could never be taken");
    }
    if (!errors_.empty()) return errors_.Take();
    // It was good when it was set.
    static_cast<void>(
        PutListen(loaded_.settings.listen, loaded_.settings.server));
    return std::move(loaded_);
  }

 private:
  void AddRemotes(RemoteTables& tables) {
    Settings& settings = loaded_.settings;
    std::vector<std::string> others;
    for (const auto& one : settings.plugins) others.push_back(one.name);
    for (const auto& one : settings.remotes) others.push_back(one.name);
    for (RemoteOptions& one : tables.Finish(others, errors_)) {
      settings.remotes.push_back(std::move(one));
    }
    loaded_.remote_origins.insert(tables.origins().begin(),
                                  tables.origins().end());
  }

  void AddTemplatesAndProfiles() {
    Settings& settings = loaded_.settings;
    std::vector<std::string> others;
    for (const auto& one : settings.plugins) others.push_back(one.name);
    for (const auto& one : settings.remotes) others.push_back(one.name);
    settings.templates = templates_.Finish(errors_);
    settings.profiles = profiles_.Finish(settings.templates, others, errors_);
    loaded_.template_origins = templates_.origins();
    loaded_.profile_origins = profiles_.origins();
  }

  void ReadSection(const Node& section) {
    const std::vector<std::string_view> names = SectionNames();
    const std::string shown = Printable(section.name, 80);
    if (section.name == kPlugins) return plugins_.Read(section, errors_);
    if (section.name == SectionOf(RemoteKind::kHttp)) {
      return http_.Read(section, errors_);
    }
    if (section.name == SectionOf(RemoteKind::kJudge)) {
      return judges_.Read(section, errors_);
    }
    if (section.name == kTemplates) return templates_.Read(section, errors_);
    if (section.name == kProfiles) return profiles_.Read(section, errors_);
    if (section.name == kLanguages) return languages_.Read(section, errors_);
    if (std::find(names.begin(), names.end(), section.name) == names.end()) {
      const bool table = section.is_table;
      const std::string near = DidYouMean(section.name, names);
      return errors_.Add(section.key,
                         table ? "unknown section [" + shown + "]" + near +
                                     "; allowed: " + Joined(names)
                               : "unknown key " + shown +
                                     ElsewhereOr(section.name, near) +
                                     "; allowed: sections " + Joined(names));
    }
    if (!section.is_table) {
      return errors_.Add(section.value, shown + ": expected a table [" + shown +
                                            "], got " + Shown(section.given));
    }
    for (const Node& node : section.members) ReadKey(section.name, node);
  }

  void ReadKey(const std::string& section, const Node& node) {
    const Key* key = FindKey(section, node.name);
    if (key == nullptr) {
      const std::vector<std::string_view> names = KeyNames(section);
      const std::string near = DidYouMean(node.name, names);
      return errors_.Add(node.key, "unknown key " + section + "." +
                                       Printable(node.name, 80) +
                                       ElsewhereOr(node.name, near) +
                                       "; allowed: " + Joined(names));
    }
    Given given = node.given;
    if (node.is_table) given.text = "a table";
    Set(*key, given, errors_.TextOf(node.value), PathOf(*key) + ": ",
        node.value);
  }

  // An error of a file is sorted by its place.
  void Set(const Key& key, const Given& given, const std::string& origin,
           const std::string& before,
           const std::optional<Place>& place = std::nullopt) {
    const std::string wrong = Put(key, given, loaded_.settings);
    if (wrong.empty()) {
      OriginOf(key) = origin;
    } else if (place) {
      errors_.Add(*place, before + wrong);
    } else {
      errors_.Add(origin, before + wrong);
    }
  }

  std::string& OriginOf(const Key& key) {
    return loaded_.origins[static_cast<std::size_t>(&key - Keys().data())];
  }

  // `small` must not be less than `large`.
  void Together(const char* section, const char* small_name,
                const char* large_section, const char* large_name,
                const std::string& why) {
    const Key& small = *FindKey(section, small_name);
    const Key& large = *FindKey(large_section, large_name);
    const std::uint64_t least = NumberOf(large, loaded_.settings);
    if (NumberOf(small, loaded_.settings) >= least) return;
    const auto with_value = [this](const Key& key) {
      return PathOf(key) + " = " + TextOf(key, loaded_.settings) + " (" +
             OriginOf(key) + ")";
    };
    const std::string& origin = OriginOf(small);
    errors_.Add(
        origin == "default" ? OriginOf(large) : origin,
        with_value(small) + " is less than " + with_value(large) + ": " + why);
  }

  Loaded loaded_;
  PluginTables plugins_;
  RemoteTables http_;
  RemoteTables judges_;
  TemplateTables templates_;
  ProfileTables profiles_;
  LanguageTables languages_;
  ErrorList errors_;
};

}  // namespace

engine::BuiltInOptions ToBuiltIn(const Settings& settings) {
  engine::BuiltInOptions options;
  if (settings.require_level != "any") options.require = settings.require_level;
  options.compiles.compile_cache_bytes = settings.compile_cache_bytes;
  options.compiles.precompiles = settings.precompiled_headers == "on";
  options.plugins = settings.plugins;
  options.remotes = settings.remotes;
  options.templates = settings.templates;
  options.profiles = settings.profiles;
  options.languages = settings.languages;
  return options;
}

std::vector<NameAndText> AssayVariables() {
  std::vector<NameAndText> variables;
  for (char** one = environ; one != nullptr && *one != nullptr; ++one) {
    const std::string_view text = *one;
    const std::size_t equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) {
      continue;
    }
    variables.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  std::sort(variables.begin(), variables.end());
  return variables;
}

std::vector<std::string> FilesOf(const Sources& sources) {
  if (!sources.files.empty()) return sources.files;
  for (const auto& [name, text] : sources.variables) {
    if (name == kConfigVariable) return {text};
  }
  if (access(sources.default_file.c_str(), F_OK) == 0) {
    return {sources.default_file};
  }
  return {};
}

LoadResult Load(const Sources& sources) {
  Merge merge;
  for (const std::string& path : FilesOf(sources)) merge.File(path);
  merge.EndFiles();
  for (const NameAndText& one : sources.variables) merge.Variable(one);
  for (const NameAndText& one : sources.flags) merge.Flag(one);
  return merge.Finish();
}

std::vector<std::string> NeedRestart(const Loaded& now, const Loaded& next) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < Keys().size(); ++i) {
    const Key& key = Keys()[i];
    const std::string before = TextOf(key, now.settings);
    const std::string after = TextOf(key, next.settings);
    if (key.reloads || before == after) continue;
    const bool gone = next.origins[i] == "default";
    lines.push_back((gone ? now.origins[i] : next.origins[i]) + ": " +
                    PathOf(key) + " changed from " + before + " to " + after +
                    ": this needs a restart");
  }
  return lines;
}

std::vector<std::string> Changes(const Settings& now, const Settings& next) {
  std::vector<std::string> changes;
  for (const Key& key : Keys()) {
    const std::string before = TextOf(key, now);
    const std::string after = TextOf(key, next);
    if (before == after) continue;
    changes.push_back(PathOf(key) + " " + before + " -> " + after);
  }
  if (!SamePlugins(now.plugins, next.plugins)) changes.emplace_back(kPlugins);
  if (!SameRemotes(now.remotes, next.remotes)) {
    changes.emplace_back("http, judges");
  }
  if (!SameTemplates(now.templates, next.templates)) {
    changes.emplace_back(kTemplates);
  }
  if (!SameProfiles(now.profiles, next.profiles)) {
    changes.emplace_back(kProfiles);
  }
  if (now.languages != next.languages) changes.emplace_back(kLanguages);
  return changes;
}

}  // namespace verifier::cli::config
