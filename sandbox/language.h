// Language: how programs of one language are compiled and run. Plain values
// that come from languages.toml and from the operator (language_keys.h); any
// thread.
//
// Words of `compile` and `run` are passed as they are, but for
//   {sources}     every file of the language
//   {main}        the file that is run
//   {stem}        its name without the ending
// written such that no file name can be taken for an option, and, of `run`,
//   {memory_mb}   RunLimits::memory_bytes, anywhere in a word.

#ifndef SANDBOX_LANGUAGE_H_
#define SANDBOX_LANGUAGE_H_

#include <boost/system/result.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/limits.h"
#include "sandbox/program.h"

namespace sandbox {

// The file that a compiler leaves, and that then runs. Nobody else's name.
inline constexpr std::string_view kArtifact = "a.out";

// Of one table.
inline constexpr std::size_t kMostLanguages = 64;

struct Language {
  // What requests call it; the first is its name.
  std::vector<std::string> names{};
  // What people write behind a fence of Markdown, in lower case.
  std::vector<std::string> tags{};
  // How the first line of code of a program begins (RE2), and what begins a
  // comment: answers come without a fence too. Empty: those are no program.
  std::string opening{};
  std::string comment{};
  // The name of a lone source, and of the file that is run among several.
  std::string main{};
  // Ends of the names of source files, e.g. ".cc".
  std::vector<std::string> endings{};
  // Program::language of the compiler.
  std::string counted_compile{};
  // argv. `compile` is empty where nothing is compiled; else it leaves
  // kArtifact in /w.
  std::vector<std::string> compile{};
  std::vector<std::string> run{};
  // A header that is compiled once where compile is g++'s or gcc's, as a
  // program that begins by including it would name it; empty: none.
  std::string precompiled{};
  // Of one compile.
  RunLimits compile_limits = {.cpu = std::chrono::seconds(10),
                              .wall = std::chrono::seconds(60),
                              .memory_bytes = 1024 * kMiB,
                              .output_bytes = 64 * kKiB,
                              .file_bytes = 64 * kMiB,
                              .returned_bytes = 32 * kMiB,
                              .processes = 8};
  // What its run time, and its compiler, take beside the program.
  RuntimeNeeds needs{};
  RuntimeNeeds compile_needs{};
  // Files without which this machine has not got the language; none: the first
  // word of `compile`, or else of `run`.
  std::vector<std::string> tools{};
  // Folders outside /usr that the tools read, in every jail where they are
  // there; `*` and `?` as in a shell.
  std::vector<std::string> folders{};
  // The packages of Debian that bring the tools, for people.
  std::string packages{};
  // A small whole program that prints a version: a machine that cannot compile
  // it can compile nothing.
  std::string trial{};

  [[nodiscard]] const std::string& name() const { return names.front(); }
  [[nodiscard]] bool compiled() const { return !compile.empty(); }

  friend bool operator==(const Language&, const Language&) = default;
};

// The table in force, in its order; never empty. Pointers into it stay good: a
// table that was replaced is kept.
[[nodiscard]] const std::vector<Language>& Languages();

// What languages.toml says.
[[nodiscard]] const std::vector<Language>& BuiltInLanguages();

// The built-in languages, with those of `own` that have the name of one in its
// place, and the others behind them. Requires: no TableProblem. What runs goes
// on as it began; jails that exist keep their folders.
void UseLanguages(const std::vector<Language>& own);

// Why UseLanguages(own) has no good table, "NAME.KEY: what" or "NAME: what", or
// empty: two languages of one name, too many of them.
[[nodiscard]] std::string TableProblem(const std::vector<Language>& own);

// What is wrong with `language` by itself, "KEY: what", or empty.
[[nodiscard]] std::string LanguageProblem(const Language& language);

// Every name of every language, for messages.
[[nodiscard]] std::vector<std::string_view> LanguageNames();

// By any of its names; null: there is none.
[[nodiscard]] const Language* FindLanguage(std::string_view name);

// The first of its tools that this machine has not got, or empty: it is on.
// Looks at the disk.
[[nodiscard]] std::string MissingTool(const Language& language);

// The folders of all languages that are there, sorted, each once. Looks at the
// disk.
[[nodiscard]] std::vector<std::string> LanguageFolders();

// What keeps `files` from being a program of `language`, or empty: a name that
// is none, two of one name, kArtifact, nothing to compile, or no telling which
// file to run (`main`, or the only one with one of the endings, or the only
// one).
[[nodiscard]] std::string SourceProblem(const Language& language,
                                        const std::vector<ProgramFile>& files);

// `words` (compile or run) with {sources}, {main} and {stem} put in. Requires:
// no SourceProblem.
[[nodiscard]] std::vector<std::string> CommandLine(
    const Language& language, const std::vector<std::string>& words,
    const std::vector<ProgramFile>& files);

// True where the name of `file` has one of the endings.
[[nodiscard]] bool IsSource(const Language& language, const ProgramFile& file);

}  // namespace sandbox

#endif  // SANDBOX_LANGUAGE_H_
