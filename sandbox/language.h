// Language: how programs of one language are compiled and run. Plain values
// that language.cc lists in one table; any thread.
//
// Words of `compile` and `run` are passed as they are, but for
//   {sources}   every file of the language
//   {main}      the file that is run
// written such that no file name can be taken for an option.

#ifndef SANDBOX_LANGUAGE_H_
#define SANDBOX_LANGUAGE_H_

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/limits.h"
#include "sandbox/program.h"

namespace sandbox {

// The file that a compiler leaves, and that then runs. Nobody else's name.
inline constexpr std::string_view kArtifact = "a.out";

struct Language {
  // What requests call it; the first is its name.
  std::vector<std::string> names{};
  // What people write behind a fence of Markdown, in lower case.
  std::vector<std::string> tags{};
  // How the first line of code of a program begins (RE2), and what begins a
  // comment: answers come without a fence too.
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
  // Of one compile.
  RunLimits compile_limits{};
  // The smallest whole program: a machine that cannot compile it can compile
  // nothing.
  std::string trial{};

  [[nodiscard]] const std::string& name() const { return names.front(); }
  [[nodiscard]] bool compiled() const { return !compile.empty(); }
  // Without it the machine has not got the language.
  [[nodiscard]] const std::string& tool() const {
    return compiled() ? compile.front() : run.front();
  }
};

// In the order of the table. Never empty.
[[nodiscard]] const std::vector<Language>& Languages();

// Every name of every language, for messages.
[[nodiscard]] std::vector<std::string_view> LanguageNames();

// By any of its names; null: there is none.
[[nodiscard]] const Language* FindLanguage(std::string_view name);

// What keeps `files` from being a program of `language`, or empty: a name that
// is none, two of one name, kArtifact, nothing to compile, or no telling which
// file to run (`main`, or the only one with one of the endings, or the only
// one).
[[nodiscard]] std::string SourceProblem(const Language& language,
                                        const std::vector<ProgramFile>& files);

// `words` (compile or run) with {sources} and {main} put in. Requires: no
// SourceProblem.
[[nodiscard]] std::vector<std::string> CommandLine(
    const Language& language, const std::vector<std::string>& words,
    const std::vector<ProgramFile>& files);

// True where the name of `file` has one of the endings.
[[nodiscard]] bool IsSource(const Language& language, const ProgramFile& file);

}  // namespace sandbox

#endif  // SANDBOX_LANGUAGE_H_
