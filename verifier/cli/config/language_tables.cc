#include "verifier/cli/config/language_tables.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>
#include <utility>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

std::vector<std::string_view> KeyNames() {
  std::vector<std::string_view> names;
  for (const PluginKey& key : LanguageTableKeys()) names.push_back(key.name);
  return names;
}

// None: of a type that no key has.
std::optional<engine::LanguageValue> ValueOf(const Given& given) {
  switch (given.type) {
    case Given::Type::kString:
      return given.text;
    case Given::Type::kInteger:
      return given.integer;
    case Given::Type::kArray:
      break;
    default:
      return std::nullopt;
  }
  std::vector<std::string> words;
  for (const Given& word : given.elements) {
    if (word.type != Given::Type::kString) return std::nullopt;
    words.push_back(word.text);
  }
  return words;
}

// The built-in one, or one without anything.
Language Beginning(const std::string& name) {
  for (const Language& one : engine::BuiltInLanguages()) {
    if (one.name() == name) return one;
  }
  return engine::EmptyLanguage(name);
}

}  // namespace

std::span<const PluginKey> LanguageTableKeys() {
  static const auto* const kAll = [] {
    auto* all = new std::vector<PluginKey>;
    for (const engine::LanguageKey& key : engine::LanguageKeys()) {
      all->push_back(
          {key.name, key.allowed, key.example, key.help, key.required});
    }
    return all;
  }();
  return *kAll;
}

boost::json::value LanguageJson(std::string_view key,
                                const Language& language) {
  const engine::LanguageValue value = engine::LanguageKeyOf(key, language);
  if (const auto* text = std::get_if<std::string>(&value)) {
    return boost::json::value(*text);
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  const auto& words = std::get<std::vector<std::string>>(value);
  return boost::json::array(words.begin(), words.end());
}

void LanguageTables::Read(const Node& section, ErrorList& errors) {
  if (!section.is_table) {
    return errors.Add(section.value,
                      "languages: expected tables [languages.NAME], got " +
                          Shown(section.given));
  }
  for (const Node& table : section.members) ReadOne(table, errors);
}

void LanguageTables::ReadOne(const Node& table, ErrorList& errors) {
  if (!table.is_table) {
    return errors.Add(table.value, "languages." + Printable(table.name, 80) +
                                       ": expected a table [languages.NAME], "
                                       "got " +
                                       Shown(table.given));
  }
  auto found = languages_.find(table.name);
  if (found == languages_.end()) {
    found = languages_.emplace(table.name, Beginning(table.name)).first;
  }
  first_.emplace(table.name, errors.TextOf(table.key));
  for (const Node& node : table.members) ReadKey(node, found->second, errors);
}

void LanguageTables::ReadKey(const Node& node, Language& language,
                             ErrorList& errors) {
  const std::string path = language.name() + "." + node.name;
  const auto keys = LanguageTableKeys();
  const auto key = std::find_if(
      keys.begin(), keys.end(),
      [&node](const PluginKey& one) { return one.name == node.name; });
  if (key == keys.end()) {
    return errors.Add(node.key, UnknownKey("languages." + language.name(),
                                           node.name, KeyNames()));
  }
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  origins_[path] = errors.TextOf(node.value);
  const auto value = ValueOf(given);
  if (value && engine::PutLanguageKey(key->name, *value, &language)) return;
  errors.Add(node.value, "languages." + Printable(path, 160) + ": expected " +
                             std::string(key->allowed) + ", got " +
                             Shown(given));
}

void LanguageTables::AddProblem(const std::string& name,
                                const std::string& problem,
                                ErrorList& errors) const {
  const auto origin =
      origins_.find(name + "." + problem.substr(0, problem.find(':')));
  errors.Add(origin == origins_.end() ? first_.at(name) : origin->second,
             "languages." + Printable(name, 80) + "." + problem);
}

std::vector<Language> LanguageTables::Finish(ErrorList& errors) {
  std::vector<Language> list;
  for (auto& [name, language] : languages_) {
    const std::string problem = engine::CodeLanguageProblem(language);
    if (!problem.empty() && errors.empty()) AddProblem(name, problem, errors);
    list.push_back(std::move(language));
  }
  const std::string problem = engine::TableProblem(list);
  if (!problem.empty() && errors.empty()) {
    errors.Add(std::string(kLanguages), "languages." + problem);
  }
  return list;
}

}  // namespace verifier::cli::config
