#include "trainer/recipes/recipe_writer.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "trainer/recipes/recipe_keys.h"

namespace trainer {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;  // path, value

// Every key and its value, in the order of the file.
Lines AllValues(const Recipe& recipe) {
  Recipe copy = recipe;  // keys are bound to values that may change
  std::string stages;
  for (const Stage& stage : copy.stages) {
    stages += (stages.empty() ? "\"" : ", \"") + stage.name + '"';
  }
  Lines lines{{"name", '"' + copy.name + '"'},
              {"seed", std::to_string(copy.seed)},
              {"stages", '[' + stages + ']'}};
  for (Stage& stage : copy.stages) {
    lines.emplace_back(stage.name + ".kind",
                       std::string("\"") + StageKind(stage) + '"');
    for (const RecipeKey& key : StageKeys(stage)) {
      lines.emplace_back(stage.name + '.' + std::string(key.name),
                         ValueText(key));
    }
  }
  for (const std::string_view table : kRecipeTables) {
    for (const RecipeKey& key : TableKeys(copy, table)) {
      lines.emplace_back(std::string(table) + '.' + std::string(key.name),
                         ValueText(key));
    }
  }
  return lines;
}

std::string TableOf(const std::string& path) {
  const std::size_t point = path.find('.');
  return point == std::string::npos ? std::string() : path.substr(0, point);
}

void AddSchema(std::string& text, const std::string& title,
               const std::vector<RecipeKey>& keys) {
  text += "[" + title + "]\n";
  for (const RecipeKey& key : keys) {
    text += std::string(key.name) + " = " + ValueText(key) + "  # " +
            std::string(key.meaning) + "; " + AllowedText(key) + '\n';
  }
  text += '\n';
}

}  // namespace

std::string ToToml(const Recipe& recipe) {
  std::string text;
  std::string table;
  for (const auto& [path, value] : AllValues(recipe)) {
    if (TableOf(path) != table) {
      table = TableOf(path);
      text += "\n[" + table + "]\n";
    }
    const std::size_t begin = table.empty() ? 0 : table.size() + 1;
    text += path.substr(begin) + " = " + value + '\n';
  }
  return text;
}

std::string StageText(const Recipe& recipe, std::size_t index) {
  const Stage& stage = recipe.stages.at(index);
  const std::string sizes =
      &SizesOf(recipe, index) == &recipe.student ? "student" : "model";
  std::set<std::string> tables{stage.name, sizes, "data", "general"};
  // What is held out depends on [eval]; so does what must not be learnt.
  if (stage.evaluate || std::holds_alternative<SampleStage>(stage.options)) {
    tables.insert("eval");
  }
  std::string text;
  for (const auto& [path, value] : AllValues(recipe)) {
    if (path == "seed" || tables.contains(TableOf(path))) {
      text += path + " = " + value + '\n';
    }
  }
  return text;
}

std::optional<std::string> TextDifference(std::string_view old,
                                          std::string_view now) {
  const auto next = [](std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(line.find(" = "), line.size());
    return std::pair(
        std::string(line.substr(0, equals)),
        std::string(line.substr(std::min(equals + 3, line.size()))));
  };
  while (!old.empty() || !now.empty()) {
    const auto before = next(old);
    const auto after = next(now);
    if (before == after) continue;
    if (before.first != after.first) return "its keys are others";
    return before.first + " was " + before.second + " and is " + after.second;
  }
  return std::nullopt;
}

std::string RecipeSchema() {
  Recipe recipe;
  std::string text =
      "name = \"run\"  # of the run's folder\nseed = 0\nstages = "
      "[\"NAME\", ...]  # each a table, as below\n\n";
  for (const std::string_view kind : kStageKinds) {
    Stage stage = MakeStage(kind, std::string(kind));
    AddSchema(text, "NAME], kind = \"" + std::string(kind) + '"',
              StageKeys(stage));
  }
  for (const std::string_view table : kRecipeTables) {
    AddSchema(text, std::string(table), TableKeys(recipe, table));
  }
  text.pop_back();
  return text;
}

}  // namespace trainer
