#include "sandbox/language.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace sandbox {
namespace {

using std::chrono::seconds;

constexpr std::size_t kNone = std::string::npos;

// By path: a python3 on the PATH may live where the jailed user cannot read.
Language Python() {
  return {.names = {"python"},
          .tags = {"python", "python3", "py"},
          .opening =
              R"re((?:import|from)\s+[\w.]+|(?:async\s+)?def\s+\w+\s*\(|@\w)re"
              R"re(|class\s+\w+\s*[:(]|(?:for|while|if|with)\b.*:|try\s*:)re"
              R"re(|[A-Za-z_][\w.]*(?:\s*,\s*\*?\w+)*\s*(?:[-+*/]?=[^=]|\())re",
          .comment = "#",
          .main = "main.py",
          .endings = {".py"},
          .run = {"/usr/bin/python3", "{main}"}};
}

// As judges compile. ONLINE_JUDGE keeps programs from reading from files.
// Warnings would only use up the room for errors; without -pipe these would
// hold the random names of temporary files.
Language Cpp() {
  return {.names = {"cpp", "c++"},
          .tags = {"cpp", "c++", "cc", "cxx", "cplusplus"},
          .opening =
              R"re(#\s*(?:include|define|pragma|if)|/\*|using\s+\w.*;)re"
              R"re(|template\s*<|(?:struct|class|enum|namespace)\s+\w+.*[;{])re"
              R"re(|(?:int|signed|auto|void)\s+main\s*\(|import\s+\w+;)re",
          .comment = "//",
          .main = "main.cc",
          .endings = {".cc", ".cpp", ".cxx"},
          .counted_compile = "cpp-compile",
          .compile = {"/usr/bin/g++", "-O2", "-std=gnu++20", "-w",
                      "-fmax-errors=20", "-DONLINE_JUDGE", "-pipe", "-o",
                      std::string(kArtifact), "{sources}"},
          .run = {"/w/" + std::string(kArtifact)},
          .compile_limits = {.cpu = seconds(10),
                             .wall = seconds(20),
                             .memory_bytes = 1024 * kMiB,
                             .output_bytes = 64 * kKiB,
                             .file_bytes = 64 * kMiB,
                             .returned_bytes = 32 * kMiB,
                             .processes = 8},
          .trial = "#include <cstdio>\nint main() { std::puts(\"\"); }\n"};
}

bool EndsLike(const std::string& name, const std::vector<std::string>& ends) {
  return std::any_of(ends.begin(), ends.end(), [&name](const std::string& end) {
    return name.ends_with(end);
  });
}

// No option, and no list of options.
std::string AsFile(const std::string& name) {
  const bool other = name.starts_with('-') || name.starts_with('@');
  return other ? "./" + name : name;
}

// The only file of `files` that is a source, or kNone.
std::size_t OnlySource(const Language& language,
                       const std::vector<ProgramFile>& files) {
  std::size_t found = kNone;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!IsSource(language, files[i])) continue;
    if (found != kNone) return kNone;
    found = i;
  }
  return found;
}

// The file that is run, or kNone where there is no telling.
std::size_t Main(const Language& language,
                 const std::vector<ProgramFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].name == language.main) return i;
  }
  return files.size() == 1 ? 0 : OnlySource(language, files);
}

}  // namespace

const std::vector<Language>& Languages() {
  static const auto* const kLanguages =
      new std::vector<Language>{Python(), Cpp()};
  return *kLanguages;
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

bool IsSource(const Language& language, const ProgramFile& file) {
  return EndsLike(file.name, language.endings);
}

std::string SourceProblem(const Language& language,
                          const std::vector<ProgramFile>& files) {
  std::set<std::string_view> names;
  for (const ProgramFile& file : files) {
    if (!IsFileName(file.name)) {
      return "a file name has 1 to 255 bytes and no slash";
    }
    if (language.compiled() && file.name == kArtifact) {
      return std::string(kArtifact) + " is the compiled program's name";
    }
    if (!names.insert(file.name).second) return "two files have one name";
  }
  if (!language.compiled() && Main(language, files) == kNone) {
    return "which file is the program? name it " + language.main;
  }
  const bool any = std::any_of(files.begin(), files.end(), [&](const auto& f) {
    return IsSource(language, f);
  });
  if (language.compiled() && !any) {
    std::string ends;
    for (const std::string& end : language.endings) {
      ends += (ends.empty() ? "" : ", ") + end;
    }
    return "no file to compile: their names end in " + ends;
  }
  return "";
}

std::vector<std::string> CommandLine(const Language& language,
                                     const std::vector<std::string>& words,
                                     const std::vector<ProgramFile>& files) {
  std::vector<std::string> line;
  for (const std::string& word : words) {
    if (word == "{main}") {
      line.push_back(AsFile(files[Main(language, files)].name));
    } else if (word == "{sources}") {
      for (const ProgramFile& file : files) {
        if (IsSource(language, file)) line.push_back(AsFile(file.name));
      }
    } else {
      line.push_back(word);
    }
  }
  return line;
}

}  // namespace sandbox
