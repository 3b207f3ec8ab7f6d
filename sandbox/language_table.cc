// The table of languages: what is built in, and what is in force.

#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "sandbox/language.h"
#include "sandbox/language_keys.h"

// Header only, and without the parts that write.
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

asm(".pushsection .rodata\n"
    "assay_languages_begin:\n"
    ".incbin \"" ASSAY_LANGUAGES
    "\"\n"
    "assay_languages_end:\n"
    ".popsection\n");
extern "C" const char assay_languages_begin[];
extern "C" const char assay_languages_end[];

namespace sandbox {
namespace {

using Table = std::vector<Language>;

LanguageValue ValueOf(const toml::node& node) {
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* text = node.as_string()) return text->get();
  std::vector<std::string> words;
  if (const auto* array = node.as_array()) {
    for (const toml::node& word : *array) {
      words.push_back(word.value_or(std::string()));
    }
  }
  return words;
}

// A defect of the file is one of this build; a test reads every key of it.
Table ReadBuiltIn() {
  const std::string_view text(
      assay_languages_begin,
      static_cast<std::size_t>(assay_languages_end - assay_languages_begin));
  toml::table parsed;
  try {
    parsed = toml::parse(text);
  } catch (const toml::parse_error&) {
    return {};
  }
  // Its own order, which toml++ does not keep.
  std::vector<std::pair<toml::source_index, Language>> read;
  for (const auto& [name, node] : parsed) {
    const toml::table* table = node.as_table();
    if (table == nullptr) continue;
    Language language = EmptyLanguage(std::string(name.str()));
    for (const auto& [key, value] : *table) {
      static_cast<void>(PutLanguageKey(key.str(), ValueOf(value), &language));
    }
    read.emplace_back(name.source().begin.line, std::move(language));
  }
  std::sort(read.begin(), read.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Table table;
  for (auto& [line, language] : read) table.push_back(std::move(language));
  return table;
}

Table Merged(const Table& own) {
  Table table = BuiltInLanguages();
  for (const Language& one : own) {
    const auto same = std::find_if(
        table.begin(), table.end(),
        [&one](const Language& other) { return other.name() == one.name(); });
    if (same == table.end()) {
      table.push_back(one);
    } else {
      *same = one;
    }
  }
  return table;
}

// Every table that was in force, and which one is.
struct Tables {
  std::mutex mutex;
  std::vector<std::unique_ptr<const Table>> kept;
  std::atomic<const Table*> now = &BuiltInLanguages();
};

Tables& AllTables() {
  static auto* const kTables = new Tables;
  return *kTables;
}

// The first of `words` that is in braces, and none that is put in.
std::string WordProblem(const std::vector<std::string>& words, bool compiles) {
  for (const std::string& word : words) {
    if (word.size() > 2 && word.front() == '{' && word.back() == '}' &&
        word.find_first_of(" ;()'\"") == std::string::npos &&
        word != "{main}" && word != "{stem}" &&
        word != (compiles ? "{sources}" : "{memory_mb}")) {
      return "no such word: " + word;
    }
  }
  return "";
}

// A relative path without detours.
bool IsHeader(const std::string& path) {
  constexpr std::size_t kMostHeader = 64;
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_./";
  return path.size() <= kMostHeader && !path.starts_with('/') &&
         !path.ends_with('/') && path.find("..") == std::string::npos &&
         path.find("//") == std::string::npos &&
         path.find_first_not_of(kAllowed) == std::string::npos;
}

bool IsName(const std::string& name) {
  constexpr std::size_t kMostName = 32;
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyz0123456789+#-_.";
  return !name.empty() && name.size() <= kMostName &&
         name.find_first_not_of(kAllowed) == std::string::npos;
}

}  // namespace

const Table& BuiltInLanguages() {
  static const auto* const kLanguages = new Table(ReadBuiltIn());
  return *kLanguages;
}

const Table& Languages() {
  return *AllTables().now.load(std::memory_order_acquire);
}

void UseLanguages(const Table& own) {
  Tables& tables = AllTables();
  const std::lock_guard lock(tables.mutex);
  Table table = Merged(own);
  if (table == *tables.now.load(std::memory_order_relaxed)) return;
  tables.kept.push_back(std::make_unique<const Table>(std::move(table)));
  tables.now.store(tables.kept.back().get(), std::memory_order_release);
}

std::string TableProblem(const Table& own) {
  const Table table = Merged(own);
  if (table.size() > kMostLanguages) {
    return table.back().name() + ": there may be " +
           std::to_string(kMostLanguages) + " languages at most";
  }
  std::set<std::string_view> names;
  for (const Language& language : table) {
    for (const std::string& name : language.names) {
      if (names.insert(name).second) continue;
      return language.name() + ".aliases: " + name +
             " is the name of another language";
    }
  }
  return "";
}

std::string LanguageProblem(const Language& language) {
  for (const std::string& name : language.names) {
    if (IsName(name)) continue;
    return "aliases: a name has 1 to 32 of a-z, 0-9, + # - _ and .";
  }
  if (!IsFileName(language.main) || language.main == kArtifact) {
    return "main: must be a file name, and not " + std::string(kArtifact);
  }
  if (language.endings.empty() ||
      std::any_of(language.endings.begin(), language.endings.end(),
                  [](const std::string& end) { return end.size() < 2; })) {
    return "endings: must be one or more, as \".py\"";
  }
  if (!IsSource(language, {.name = language.main})) {
    return "main: must have one of the endings";
  }
  if (language.run.empty() || !language.run.front().starts_with('/')) {
    return "run: must begin with an absolute path";
  }
  if (language.compiled() && !language.compile.front().starts_with('/')) {
    return "compile: must begin with an absolute path";
  }
  if (language.compiled() && language.trial.empty()) {
    return "trial: required, as it is compiled";
  }
  if (!IsHeader(language.precompiled)) {
    return "precompiled: must be a header below an include folder, as "
           "\"bits/stdc++.h\"";
  }
  std::string problem = WordProblem(language.run, false);
  if (!problem.empty()) return "run: " + problem;
  problem = WordProblem(language.compile, true);
  if (!problem.empty()) return "compile: " + problem;
  for (const std::string& folder : language.folders) {
    if (folder.size() > 1 && folder.starts_with('/')) continue;
    return "folders: must be absolute paths";
  }
  return "";
}

std::vector<std::string_view> LanguageNames() {
  std::vector<std::string_view> all;
  for (const Language& language : Languages()) {
    all.insert(all.end(), language.names.begin(), language.names.end());
  }
  return all;
}

const Language* FindLanguage(std::string_view name) {
  for (const Language& language : Languages()) {
    const auto& names = language.names;
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return &language;
    }
  }
  return nullptr;
}

std::string MissingTool(const Language& language) {
  if (language.tools.empty()) {
    const std::string& tool =
        language.compiled() ? language.compile.front() : language.run.front();
    return access(tool.c_str(), X_OK) == 0 ? "" : tool;
  }
  for (const std::string& tool : language.tools) {
    if (access(tool.c_str(), R_OK) != 0) return tool;
  }
  return "";
}

std::vector<std::string> LanguageFolders() {
  std::set<std::string> folders;
  std::error_code ignored;
  for (const Language& language : Languages()) {
    for (const std::string& pattern : language.folders) {
      glob_t found{};
      if (glob(pattern.c_str(), 0, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
          const std::string path = found.gl_pathv[i];
          if (std::filesystem::is_directory(path, ignored) &&
              access(path.c_str(), R_OK | X_OK) == 0) {
            folders.insert(path);
          }
        }
      }
      globfree(&found);
    }
  }
  return {folders.begin(), folders.end()};
}

}  // namespace sandbox
