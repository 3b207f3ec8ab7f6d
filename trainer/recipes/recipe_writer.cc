#include "trainer/recipes/recipe_writer.h"

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

std::optional<std::string> ResumeConflict(const Recipe& old,
                                          const Recipe& now) {
  static const std::set<std::string> free{"verifier", "checkpoint", "guard"};
  const auto bound = [](const Recipe& recipe) {
    Lines lines = AllValues(recipe);
    std::erase_if(lines, [](const auto& line) {
      return free.contains(TableOf(line.first));
    });
    return lines;
  };
  const Lines before = bound(old);
  const Lines after = bound(now);
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
    if (before[i] == after[i]) continue;
    return before[i].first == after[i].first
               ? before[i].first + " was " + before[i].second + " and is " +
                     after[i].second
               : "the stages differ: " + before[i].first + " and " +
                     after[i].first;
  }
  if (before.size() != after.size()) return "the stages differ";
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
