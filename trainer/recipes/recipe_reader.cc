#include "trainer/recipes/recipe_reader.h"

#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

#include "trainer/recipes/recipe_check.h"
#include "trainer/recipes/recipe_keys.h"
#include "trainer/recipes/recipe_value.h"
#include "verifier/protocol/nearest_name.h"

namespace trainer {
namespace {

constexpr std::size_t kMaxName = 64;

bool IsOneOf(char c, std::string_view set) {
  return set.find(c) != std::string_view::npos;
}

bool IsRunName(std::string_view name) {
  static constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !name.empty() && name.size() <= kMaxName && !IsOneOf(name[0], ".-") &&
         name.find_first_not_of(kLetters) == std::string_view::npos;
}

bool IsStageName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && name[0] != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") ==
             std::string_view::npos;
}

bool IsRecipeTable(std::string_view name) {
  return std::find(std::begin(kRecipeTables), std::end(kRecipeTables), name) !=
         std::end(kRecipeTables);
}

std::string KindNames() {
  std::string names;
  for (const std::string_view kind : kStageKinds) {
    names += (names.empty() ? " \"" : ", \"") + std::string(kind) + '"';
  }
  return names;
}

std::string DidYouMean(std::string_view word,
                       const std::vector<std::string_view>& names) {
  const std::string_view near = verifier::protocol::NearestName(word, names);
  return near.empty() ? std::string()
                      : "; did you mean " + std::string(near) + '?';
}

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  RecipeResult Read(std::string_view text,
                    std::span<const std::string> overrides) {
    toml::table file;
    try {
      file = toml::parse(text, path_);
    } catch (const toml::parse_error& error) {
      Add(Place(error.source().begin), std::string(error.description()));
      return RecipeErrors{lines_()};
    }
    for (const std::string& one : overrides) Override(file, one);
    ApplyProfile(file);
    Recipe recipe;
    ReadTop(file, recipe);
    ReadTables(file, recipe);
    if (errors_.empty()) CheckWhole(file, recipe);
    if (!errors_.empty()) return RecipeErrors{lines_()};
    return recipe;
  }

 private:
  struct Where {
    std::size_t line = 0;
    std::size_t column = 0;
    std::string text{};
  };

  Where Place(const toml::source_position& at) const {
    return {at.line, at.column,
            path_ + ':' + std::to_string(at.line) + ':' +
                std::to_string(at.column)};
  }
  Where PlaceOf(const std::string& key, const toml::source_region& at) const {
    // A table that only overrides made has no place in the file.
    const auto found = overridden_.lower_bound(key);
    if (found != overridden_.end() &&
        (*found == key ||
         (at.begin.line == 0 && found->starts_with(key + '.')))) {
      return {std::size_t{1} << 40, 0, "--set " + *found};
    }
    return Place(at.begin);
  }
  void Add(Where where, const std::string& what) {
    errors_.emplace_back(std::move(where), what);
  }
  std::vector<std::string> lines_() {
    std::stable_sort(errors_.begin(), errors_.end(),
                     [](const auto& a, const auto& b) {
                       return std::pair(a.first.line, a.first.column) <
                              std::pair(b.first.line, b.first.column);
                     });
    std::vector<std::string> lines;
    for (const auto& [where, what] : errors_) {
      lines.push_back(where.text + ": " + what);
    }
    return lines;
  }

  void Override(toml::table& file, const std::string& text) {
    const Where here{std::size_t{1} << 40, 0, "--set " + text};
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Add(here, "expected KEY=VALUE");
    }
    std::string key = text.substr(0, equals);
    const std::string value = text.substr(equals + 1);
    // Names of stages keep theirs.
    const std::size_t point = key.find('.');
    std::replace(key.begin() + static_cast<std::ptrdiff_t>(
                                   point == std::string::npos ? 0 : point),
                 key.end(), '-', '_');
    toml::table parsed;
    try {
      parsed = toml::parse("value = " + value);
    } catch (const toml::parse_error&) {
      parsed = toml::table{{"value", value}};
    }
    if (parsed.size() != 1) return Add(here, "expected one value");
    toml::table* table = &file;
    if (point != std::string::npos) {
      const std::string name = key.substr(0, point);
      if (!file.contains(name)) file.insert(name, toml::table{});
      table = file[name].as_table();
      if (table == nullptr) return Add(here, name + " is no table");
    }
    overridden_.insert(key);
    const std::string last =
        point == std::string::npos ? key : key.substr(point + 1);
    parsed["value"].visit([&](const auto& node) {
      using Node = std::remove_cvref_t<decltype(node)>;
      if constexpr (toml::is_node<Node>) table->insert_or_assign(last, node);
    });
  }

  // Lays the values of [profiles.NAME] over the file's, under --set's.
  void ApplyProfile(toml::table& file) {
    const toml::node* chosen = file.get("profile");
    const toml::node* given = file.get("profiles");
    const toml::table* profiles = given ? given->as_table() : nullptr;
    if (given != nullptr && profiles == nullptr) {
      Add(PlaceOf("profiles", given->source()),
          "profiles: expected tables [profiles.NAME]");
    }
    if (chosen != nullptr) {
      const auto name = chosen->value_exact<std::string>();
      const toml::node* profile =
          name && profiles != nullptr ? profiles->get(*name) : nullptr;
      if (profile == nullptr || !profile->is_table()) {
        Add(PlaceOf("profile", chosen->source()),
            "profile: there is no table [profiles." + name.value_or("NAME") +
                ']');
      } else {
        LayOver(file, *profile->as_table(), "");
      }
    }
    file.erase("profile");
    file.erase("profiles");
  }

  void LayOver(toml::table& under, const toml::table& over,
               const std::string& prefix) {
    for (const auto& [key, node] : over) {
      const std::string path = prefix + std::string(key.str());
      const toml::table* inner = node.as_table();
      if (inner != nullptr && prefix.empty()) {
        if (!under.contains(key.str())) {
          under.insert(key, toml::table{});
        }
        if (toml::table* table = under[key.str()].as_table()) {
          LayOver(*table, *inner, path + '.');
        }
        continue;
      }
      if (overridden_.contains(path)) continue;
      node.visit([&](const auto& value) {
        using Node = std::remove_cvref_t<decltype(value)>;
        if constexpr (toml::is_node<Node>) under.insert_or_assign(key, value);
      });
    }
  }

  void ReadTop(toml::table& file, Recipe& recipe) {
    std::vector<RecipeKey> keys{
        {"name", &recipe.name, "of the run's folder"},
        {"seed", &recipe.seed, "of everything random", 0, 9.2e18}};
    for (const RecipeKey& key : keys) {
      if (const toml::node* node = file.get(key.name)) {
        ReadValue(std::string(key.name), *node, key);
      }
    }
    if (!IsRunName(recipe.name)) {
      Add(PlaceOf("name", file.get("name")->source()),
          "name: expected 1 to 64 letters, digits, '.', '_' and '-', not '.' "
          "or '-' first");
    }
    const toml::node* stages = file.get("stages");
    if (stages == nullptr) {
      return Add(Where{1, 1, path_ + ":1:1"},
                 "stages is missing: the names of the stages in order");
    }
    const toml::array* list = stages->as_array();
    if (list == nullptr || list->empty()) {
      return Add(PlaceOf("stages", stages->source()),
                 "stages: expected a list of names that is not empty, got " +
                     Got(*stages));
    }
    for (const toml::node& node : *list) ReadStage(file, node, recipe);
  }

  void ReadStage(toml::table& file, const toml::node& node, Recipe& recipe) {
    const Where here = PlaceOf("stages", node.source());
    const auto name = node.value_exact<std::string>();
    if (!name) return Add(here, "stages: expected names, got " + Got(node));
    if (!IsStageName(*name) || IsRecipeTable(*name) || *name == "name" ||
        *name == "seed" || *name == "stages" || *name == "new" ||
        *name == "profile" || *name == "profiles") {
      return Add(here, "stages: \"" + *name +
                           "\" cannot be a stage: expected a-z, 0-9, '_' and "
                           "'-', and no name of another meaning");
    }
    if (!stages_.insert(*name).second) {
      return Add(here, "stages: \"" + *name + "\" is there twice");
    }
    toml::table* table = file[*name].as_table();
    if (table == nullptr) {
      return Add(here, "stages: there is no table [" + *name + ']');
    }
    std::string kind = *name;
    if (const toml::node* given = table->get("kind")) {
      kind = given->value_exact<std::string>().value_or("");
    }
    if (std::find(std::begin(kStageKinds), std::end(kStageKinds), kind) ==
        std::end(kStageKinds)) {
      const toml::node* given = table->get("kind");
      return Add(
          PlaceOf(*name + ".kind", given ? given->source() : table->source()),
          *name + ".kind: expected one of" + KindNames() +
              (given ? ", got " + Got(*given) : std::string()));
    }
    Stage stage = MakeStage(kind, *name);
    ReadKeys(*name, *table, StageKeys(stage), "kind");
    recipe.stages.push_back(std::move(stage));
  }

  void ReadTables(toml::table& file, Recipe& recipe) {
    for (const auto& [key, node] : file) {
      const std::string name(key.str());
      if (name == "name" || name == "seed" || name == "stages" ||
          stages_.contains(name)) {
        continue;
      }
      const Where here = PlaceOf(name, key.source());
      if (!IsRecipeTable(name)) {
        std::vector<std::string_view> names{"name", "seed", "stages"};
        names.insert(names.end(), std::begin(kRecipeTables),
                     std::end(kRecipeTables));
        names.insert(names.end(), stages_.begin(), stages_.end());
        Add(here, (node.is_table() ? "the table [" + name +
                                         "] is neither in stages nor known"
                                   : "unknown key " + name) +
                      DidYouMean(name, names));
      } else if (const toml::table* table = node.as_table()) {
        ReadKeys(name, *table, TableKeys(recipe, name), {});
      } else {
        Add(here, name + ": expected a table [" + name + ']');
      }
    }
  }

  void ReadKeys(const std::string& table_name, const toml::table& table,
                const std::vector<RecipeKey>& keys, std::string_view besides) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (name == besides) continue;
      const std::string path = table_name + '.' + name;
      const auto found =
          std::find_if(keys.begin(), keys.end(),
                       [&](const RecipeKey& k) { return k.name == name; });
      if (found != keys.end()) {
        ReadValue(path, node, *found);
        continue;
      }
      std::vector<std::string_view> names;
      for (const RecipeKey& k : keys) names.push_back(k.name);
      Add(PlaceOf(path, key.source()),
          "unknown key " + path + DidYouMean(name, names));
    }
  }

  void ReadValue(const std::string& path, const toml::node& node,
                 const RecipeKey& key) {
    if (TakeValue(node, key)) return;
    std::string what =
        path + ": expected " + AllowedText(key) + ", got " + Got(node);
    if (std::holds_alternative<std::chrono::milliseconds*>(key.value) &&
        node.is_number()) {
      const std::string number = Got(node);
      what += ": \"" + number + "s\" or \"" + number + "ms\"?";
    }
    const std::string got = node.value<std::string>().value_or("");
    if (!key.words.empty()) what += DidYouMean(got, key.words);
    Add(PlaceOf(path, node.source()), what);
  }

  void CheckWhole(const toml::table& file, const Recipe& recipe) {
    const auto at = [&](const std::string& table, const std::string& key) {
      const toml::node* node = file.get(table);
      if (const toml::table* inside = node ? node->as_table() : nullptr) {
        const toml::node* value = inside->get(key);
        return PlaceOf(table + '.' + key,
                       value ? value->source() : inside->source());
      }
      return Where{1, 1, path_ + ":1:1"};
    };
    for (const RecipeFault& fault : CheckRecipe(recipe)) {
      Add(at(fault.table, fault.key), fault.what);
    }
  }

  std::string path_;
  std::vector<std::pair<Where, std::string>> errors_;
  std::set<std::string> overridden_;
  std::set<std::string> stages_;
};

}  // namespace

void throw_exception_from_error(const RecipeErrors& errors,
                                const boost::source_location&) {
  throw std::logic_error("RecipeErrors: " + errors.lines.at(0));
}

RecipeResult ParseRecipe(std::string_view text, const std::string& path,
                         std::span<const std::string> overrides) {
  return Reader(path).Read(text, overrides);
}

RecipeResult ReadRecipe(const std::string& path,
                        std::span<const std::string> overrides) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file) {
    text.resize(kMaxRecipeBytes + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof()) {
    return RecipeErrors{
        {path +
         (text.size() > kMaxRecipeBytes
              ? ": larger than " + std::to_string(kMaxRecipeBytes) + " bytes"
              : ": cannot be read")}};
  }
  return ParseRecipe(text, path, overrides);
}

}  // namespace trainer
